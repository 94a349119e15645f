"""Must-visit rules: which department thresholds a household is over."""

from collections.abc import Sequence

import polars as pl

from register.errors import ContractError
from register.reference import AlertRule
from watchlists.visits.must_visits import RESOURCES, MustVisit


def triggered_rules(features: pl.DataFrame, rules: Sequence[AlertRule]) -> pl.DataFrame:
    """List the rules that speak for each household.

    Parameters
    ----------
    features : DataFrame
        Feature frame of one season, one row a household.
    rules : sequence of AlertRule
        In the order they shall be named; a `MustVisit` may have a ceiling on resources.

    Returns
    -------
    DataFrame
        ``household_id, rules`` (list of codes, empty if none speaks), by household. A
        missing feature triggers nothing: no record is no finding. Nor do resources that are
        not known take a household out of a rule.

    Raises
    ------
    ContractError
        When a rule names a feature the frame lacks.
    """
    for rule in rules:
        _refuse_unbuilt(rule, features.columns)
    codes = [_spoken(rule).alias(f"rule_{rule.code}") for rule in rules]
    spoken = pl.concat_list(codes).list.drop_nulls() if codes else pl.lit([], dtype=pl.List(pl.String()))
    return features.select("household_id", spoken.alias("rules")).sort("household_id")


def _refuse_unbuilt(rule: AlertRule, built: Sequence[str]) -> None:
    read = [*rule.when, *([RESOURCES] if _ceiling(rule) is not None else [])]
    for feature in read:
        if feature not in built:
            raise ContractError(
                f"alert_rules.yaml: rule {rule.code!r} reads feature {feature!r}, which is not built; "
                "name a declared feature or drop the rule"
            )


def _spoken(rule: AlertRule) -> pl.Expr:
    over = pl.all_horizontal(pl.col(feature) >= least for feature, least in rule.when.items())
    ceiling = _ceiling(rule)
    if ceiling is not None:
        over &= ~(pl.col(RESOURCES).fill_nan(None) >= ceiling).fill_null(value=False)
    return pl.when(over).then(pl.lit(rule.code))


def _ceiling(rule: AlertRule) -> float | None:
    return rule.resources_below if isinstance(rule, MustVisit) else None
