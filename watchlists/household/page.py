"""What a cadre reads of every listed household, as columns of the list."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from register.reference import Check, Measure
from register.shard import IncomeLine
from watchlists.household.checks import to_check
from watchlists.household.help_words import fitting, in_force
from watchlists.household.records import Household, Row
from watchlists.household.roster import roster
from watchlists.household.standing import income, income_fell, standing
from watchlists.household.why_now import why_now
from watchlists.reasons.cause_sentences import likeliest
from watchlists.reasons.reasons import Wording, served_causes

_TEXTS = pl.List(pl.String())
#: In the order of the sheet.
PAGE: Mapping[str, Any] = {
    "category": pl.String(),
    "monitored_group": pl.String(),
    "n_people": pl.Int64(),
    "people_zh": _TEXTS,
    "people_en": _TEXTS,
    "now_zh": _TEXTS,
    "now_en": _TEXTS,
    "standing_zh": _TEXTS,
    "standing_en": _TEXTS,
    "checks": _TEXTS,
    "help_zh": _TEXTS,
    "help_en": _TEXTS,
    "fits_zh": _TEXTS,
    "fits_en": _TEXTS,
}


def with_pages(
    listed: pl.DataFrame,
    homes: Mapping[str, Household],
    line: IncomeLine | None,
    earlier: Mapping[str, Row],
    wording: Wording,
    measures: Mapping[str, Measure],
    questions: Sequence[Check],
) -> pl.DataFrame:
    """Add `PAGE` columns to listed households.

    Parameters
    ----------
    listed : DataFrame
        With ``household_id, rules, named_causes, events, vulnerability, measures`` and the forecast.
    homes : mapping of str to Household
        Records by household.
    line : IncomeLine or None
        In force at the day.
    earlier : mapping of str to mapping
        Features of a year ago by household; absent where nothing lies behind.
    wording : Wording
        Labels of causes and rules.
    measures, questions
        Reference data.
    """
    rows = [
        _page(row, homes[row["household_id"]], line, earlier, wording, measures, questions)
        for row in listed.iter_rows(named=True)
    ]
    return listed.hstack(pl.DataFrame(rows, schema=PAGE))


def _page(
    row: Row,
    home: Household,
    line: IncomeLine | None,
    earlier: Mapping[str, Row],
    wording: Wording,
    measures: Mapping[str, Measure],
    questions: Sequence[Check],
) -> dict[str, Any]:
    fell = income_fell(home, line, earlier.get(row["household_id"]))
    now = why_now(row, home, wording.causes, wording.rules, fell)
    points = {
        "people": roster(home),
        "now": now,
        "standing": [income(home, line), *standing(home, row["vulnerability"])],
        "help": in_force(home, measures),
        "fits": fitting(home, row["measures"], measures),
    }
    return {
        "category": home.facts.get("category"),
        "monitored_group": _monitored_group(home),
        "n_people": len(home.people) or None,
        "checks": to_check(home, served_causes(row, wording) or likeliest(row), questions),
        **{
            f"{name}_{tongue}": [wording.worded(sentence[place]) for sentence in sentences]
            for name, sentences in points.items()
            for place, tongue in enumerate(("zh", "en"))
        },
    }


def _monitored_group(home: Household) -> str | None:
    """Give the group a household was last identified in; None where it never was."""
    groups: list[str | None] = [
        row["group"] for row in home.records["monitoring"] if row["event"] == "identified"
    ]
    return groups[-1] if groups else None
