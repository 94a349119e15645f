"""The section ``watchlist.must_visit``: whose visits duties use, and which rules an office tightens."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from features.declaration import declared_features
from register.parameters import Section, parameter
from register.reference import AlertRule, must_visit_rules

#: What a ceiling is held against: a household's resources as a multiple of the line in force.
RESOURCES = "resources_over_line"


class TighterParameters(Section):
    """How an office narrows one must-visit rule; what is not said stays as the rule has it."""

    least: dict[str, float] = parameter("features of the rule, each with the least it is here", default={})
    resources_below: Annotated[float, Field(gt=0)] | None = parameter(
        "times the line: a household known to have more is no duty; null leaves everybody in",
        default=None,
        unit="ratio",
    )


def _narrower(tighter: dict[str, TighterParameters]) -> dict[str, TighterParameters]:
    rules = {rule.code: rule for rule in must_visit_rules()}
    for code, own in tighter.items():
        if code not in rules:
            raise ValueError(f"found {code!r}, allowed are {', '.join(rules)}; mend it")
        when = rules[code].when
        for feature, least in own.least.items():
            if feature not in when:
                raise ValueError(f"found {code}.least.{feature}, allowed are {', '.join(when)}; mend it")
            if least < when[feature]:
                raise ValueError(
                    f"found {least:g} for {code}.least.{feature}, allowed is {when[feature]:g} or more: an "
                    "office tightens a rule, whoever set it loosens it; mend it"
                )
    return tighter


def _declared(codes: tuple[str, ...]) -> tuple[str, ...]:
    rules = [rule.code for rule in must_visit_rules()]
    stray = next((code for code in codes if code not in rules), None)
    if stray:
        raise ValueError(f"found {stray!r}, allowed are {', '.join(rules)}; mend it")
    return codes


class TriedParameters(Section):
    """Ceilings that the report tries, so that an office sees what tightening would do before it decides."""

    rules: Annotated[tuple[str, ...], AfterValidator(_declared)] = parameter(
        "must-visit rules that take the ceiling", default=("medical_payment", "medical_payment_any")
    )
    resources_below: tuple[Annotated[float, Field(gt=0)], ...] = parameter(
        "times the line, each tried in turn", default=(1.5, 2.0, 3.0), unit="ratio"
    )


class MustVisitParameters(Section):
    """Households that are visited whatever their risk."""

    visits: Literal["shared", "own"] = parameter(
        "shared: must-visit households use the visits of their place first; own: theirs come on top",
        default="shared",
        who="county office",
    )
    tighter: Annotated[dict[str, TighterParameters], AfterValidator(_narrower)] = parameter(
        "rules narrowed here, such as {medical_payment: {resources_below: 2}}; rules in "
        "register/reference/alert_rules.yaml",
        default={},
        who="county office",
    )
    tried: TriedParameters = parameter("ceilings that the report tries", default=TriedParameters())


class MustVisit(AlertRule):
    """A must-visit rule as it is in force, in words that say how it was tightened."""

    resources_below: float | None = parameter("times the line: who has more is no duty", default=None)


def must_visits(section: MustVisitParameters) -> tuple[MustVisit, ...]:
    """Give the must-visit rules as an office has tightened them, in the order they are named.

    Examples
    --------
    >>> tighter = {"medical_payment_any": {"resources_below": 2}}
    >>> must_visits(MustVisitParameters.of({"tighter": tighter}))[-1].en.rpartition("; ")[2]
    'only where resources are below 2 lines'
    """
    return tuple(
        _tightened(rule, section.tighter.get(rule.code, TighterParameters())) for rule in must_visit_rules()
    )


def released_must_visits(parameters: Mapping[str, Any]) -> dict[str, MustVisit]:
    """Give the rules by code as they were when a release was made, from the parameters it holds."""
    section = MustVisitParameters.of(
        parameters.get("watchlist", {}).get("must_visit", {}), "watchlist.must_visit"
    )
    return {rule.code: rule for rule in must_visits(section)}


def _tightened(rule: AlertRule, own: TighterParameters) -> MustVisit:
    words = list(_words(rule, own))
    values = rule.model_dump() | {
        "when": {**rule.when, **own.least},
        "resources_below": own.resources_below,
        "zh": "，".join([rule.zh, *(zh for zh, _ in words)]),
        "en": "; ".join([rule.en, *(en for _, en in words)]),
    }
    return MustVisit(**values)


def _words(rule: AlertRule, own: TighterParameters) -> Iterator[tuple[str, str]]:
    tightened = {feature: least for feature, least in own.least.items() if least > rule.when[feature]}
    for one in declared_features() if tightened else ():
        if one.name in tightened:
            least = f"{tightened[one.name]:g}"
            yield f"本县从严：{one.zh}须达{least}", f"tightened here: {one.en} at least {least}"
    if own.resources_below is not None:
        yield (
            f"且资源低于监测线的{own.resources_below:g}倍",
            f"only where resources are below {own.resources_below:g} lines",
        )
