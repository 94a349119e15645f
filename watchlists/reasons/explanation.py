"""A household's explanation as one document, read from a release alone."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from features.declaration import GROUPS
from models.evaluation.disclosure import SMALL
from models.labels.label_rules import INCOME, WINDOW
from register.errors import SourceError
from register.reference import Lever
from register.reference.income_lines import YUAN
from watchlists import NOTICE_EN, NOTICE_ZH
from watchlists.label_wording import UNTESTED
from watchlists.reasons.evidence_shape import FACTS_CHANGES
from watchlists.reasons.explanation_causes import labelled, naming, parts
from watchlists.reasons.household_view import ReferenceNames
from watchlists.reasons.measures import NEEDS, unmet_needs
from watchlists.reasons.reasons import Wording, served_causes
from watchlists.reasons.row_shape import in_todays_shape
from watchlists.release.store import Release

#: Name and version of the document; docs/explanation.schema.json says what it holds.
SCHEMA = "huitou.explanation/2"
#: What to do where a household is asked for and none is found.
TAKEN = (
    "allowed are its household_id as in the list and its own number as it stands in the export, whole and "
    "with its zeros; check what was typed"
)


@dataclass(frozen=True)
class Reference:
    """Reference data an explanation is told with."""

    names: ReferenceNames
    levers: Sequence[Lever]


def explanation(
    release: Release, household_id: str, reference: Reference, gathered: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Explain one household of a release's cohort, listed or not.

    Parameters
    ----------
    release : Release
        Verified.
    household_id : str
        As it stands in the list.
    reference : Reference
        Labels, measures and levers.
    gathered : mapping, optional
        Of a household that is not listed: what a release keeps of the listed ones, gathered
        from the register it was made from.

    Returns
    -------
    dict
        What docs/explanation.schema.json says. The base and the parts, each standing and fresh,
        add up to the log-odds of the risk, and the changes since last season to the change of
        the log-odds.

    Raises
    ------
    SourceError
        When the household was not in the cohort.
    """
    score = _row(release.scores, household_id)
    if score is None:
        raise SourceError(
            f"{release.folder}/scores.parquet: no such household; {TAKEN}; or the household was not in the "
            "cohort that season"
        )
    listed, kept = (_row(frame, household_id) or {} for frame in (release.list, release.explained))
    kept = kept or dict(gathered or {})
    row = in_todays_shape({**score, **kept, **listed})
    wording = _wording(release, reference.names)
    return {
        "schema": SCHEMA,
        "season": release.season,
        **{name: row[name] for name in ("household_id", "county_id", "township_id", "village_id")},
        "as_of_date": row["as_of_date"].isoformat(),
        "label": _label(release),
        "is_simulated": release.source_kind == "simulator",
        "risk": _risk(row, release.scores),
        "list": _place(release, row, is_listed=bool(listed)),
        "records": "register" if gathered else "release" if kept else None,
        "line": {
            "resources_over_line": row.get("resources_over_line"),
            "line_a_year": row.get("line_a_year"),
            "currency": row.get("currency", YUAN),  # older releases told amounts in yuan alone
        },
        "rules": [labelled(reference.names.rules[code], code) for code in row.get("rules", [])],
        "parts": parts(row, reference.names.causes),
        **naming(row, reference.names.causes),
        "since": _since(row),
        "measures": _measures(row, wording, reference.names) if kept else [],
        "trials": _trials(row, wording, reference) if kept else [],
        "ending_help": _ending_help(release, household_id, reference.names),
        "notice": _notice(release),
    }


def _ending_help(release: Release, household_id: str, names: ReferenceNames) -> list[dict[str, Any]]:
    """Say for each measure in force what the model would say had it ended; a figure only where it is told."""
    rows = release.ending_help.filter(pl.col("household_id") == household_id).to_dicts()
    return [
        {
            **labelled(names.measures[row["measure"]], row["measure"]),
            "standing": row["standing"],
            "n_without": row["n_without"] if row["n_without"] > SMALL else None,
            "risk": row["risk_ended"] if row["standing"] == "told" else None,
        }
        for row in rows
    ]


def _notice(release: Release) -> dict[str, str]:
    """Say that a score is no decision; of a model of another place, that it is untested here too."""
    notices = [(NOTICE_ZH, NOTICE_EN)]
    if release.manifest.get("delivered_by", {}).get("is_foreign"):
        notices.append(UNTESTED)
    return {"zh": "".join(zh for zh, _ in notices), "en": " ".join(en for _, en in notices)}


def _row(frame: pl.DataFrame, household_id: str) -> dict[str, Any] | None:
    rows = frame.filter(pl.col("household_id") == household_id)
    return None if rows.is_empty() else rows.row(0, named=True)


def _label(release: Release) -> dict[str, Any]:
    label = release.manifest["parameters"]["label"]
    added = {"reading": label.get("reading", WINDOW), "resources": label.get("resources", INCOME)}
    return {"outcome": label["outcome"], "months": label["months"], **added}


def _wording(release: Release, names: ReferenceNames) -> Wording:
    params = release.manifest["parameters"]["watchlist"]
    limits = (params["causes_named"], params["facts_per_cause"], params["least_multiplier"])
    return Wording(names.causes, names.rules, *limits)


def log_odds(risk: float) -> float:
    """Give the log-odds of a risk."""
    return math.log(risk) - math.log1p(-risk)


def _risk(row: Mapping[str, Any], scores: pl.DataFrame) -> dict[str, float | None]:
    """Tell the risk and the cohort's mean; of a published order what it counts, which is no probability."""
    base = row["base_margin"]
    if row["risk"] is None:
        counted = base + sum(row[f"phi_{group}"] for group in GROUPS)
        return {"value": None, "mean": None, "log_odds": counted, "base_log_odds": base}
    return {
        "value": row["risk"],
        "mean": float(scores["risk"].sort().mean()),  # type: ignore[arg-type]
        "log_odds": log_odds(row["risk"]),
        "base_log_odds": base,
    }


def _place(release: Release, row: Mapping[str, Any], *, is_listed: bool) -> dict[str, Any]:
    """Tell the place in the list, and who came last by risk where the visits are counted."""
    per = release.manifest["parameters"]["watchlist"]["capacity"]["per"]
    here = [pl.col(name) == row[name] for name in ("county_id", f"{per}_id")]
    by_risk = release.list.filter(pl.col("listed_by") == "risk", *here)
    return {
        "is_listed": is_listed,
        "rank": row.get("rank"),
        "listed_by": row.get("listed_by"),
        "chance_listed": row.get("chance_listed"),
        "change": row.get("change"),
        "why_entered": row.get("why_entered"),
        "rank_in_county": row["rank_in_county"],
        "counted_per": per,
        "lowest_risk_listed_by_risk": by_risk["risk"].min(),
    }


def _since(row: Mapping[str, Any]) -> dict[str, Any] | None:
    """Split the change of the log-odds since last season: changed facts by group, model, calibration."""
    if any(row.get(name) is None for name in ("previous_risk", "model_change", FACTS_CHANGES[0])):
        return None
    return {
        "season": row["previous_season"],
        "risk": row["previous_risk"],
        "log_odds_change": log_odds(row["risk"]) - log_odds(row["previous_risk"]),
        "facts": {group: row[f"facts_change_{group}"] for group in GROUPS},
        "model": row["model_change"],
        "calibration": row["calibration_change"],
    }


def _unmet(row: Mapping[str, Any], needs: Sequence[str]) -> list[str]:
    """Name the needs that are not met, as far as the release keeps what tells."""
    return unmet_needs(row, [need for need in needs if row.keys() >= {*NEEDS[need].reads}])


def _measures(row: Mapping[str, Any], wording: Wording, names: ReferenceNames) -> list[dict[str, Any]]:
    """List the measures that serve a named cause or a rule's, with the needs that are not met."""
    named, in_force = set(served_causes(row, wording)), row["measures_in_force"]
    return [
        {**labelled(one, code), "unmet_needs": _unmet(row, one.needs), "is_in_force": code in in_force}
        for code, one in names.measures.items()
        if named & set(one.serves)
    ]


def _trials(row: Mapping[str, Any], wording: Wording, reference: Reference) -> list[dict[str, Any]]:
    """List the help whose needs are met and that lowers the risk under the model, the most first."""
    known = {lever.code: lever for lever in reference.levers}
    lowered = [
        (one["risk"], known[one["lever"]])
        for one in row["trials"]
        if one["lever"] in known
        and log_odds(row["risk"]) - log_odds(one["risk"]) >= math.log(wording.least_multiplier)
        and not _unmet(row, reference.names.measures[known[one["lever"]].measure].needs)
    ]
    return [
        {**labelled(lever, lever.code), "measure": lever.measure, "risk": risk}
        for risk, lever in sorted(lowered, key=lambda pair: (pair[0], pair[1].code))
    ]
