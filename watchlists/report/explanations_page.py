"""The page of a release on its explanations: how often causes are named, how true, what raises the risk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
from markupsafe import Markup

from features.declaration import GROUPS
from register.atomic import write_text
from watchlists.label_wording import LabelWording
from watchlists.pages.cause_plots import LEGEND, followed, names_of, side_by_side
from watchlists.pages.pages import drawing, page
from watchlists.reasons.cause_sentences import CONFIDENCE, NONE_NAMED
from watchlists.report.cause_counts import WHERE, by_group, by_place, overview, words
from watchlists.report.cause_parts import (
    LEAST_BEHIND,
    dependences,
    parts_by_group,
    parts_by_place,
    raised,
)
from watchlists.report.cells import Section
from watchlists.report.highest_risk import highest_risk
from watchlists.report.missed_section import missed_section
from watchlists.report.naming import LIMITS, Naming, share
from watchlists.report.published_evaluation import count
from watchlists.report.stability_section import stability_section


@dataclass(frozen=True)
class Explained:
    """What a release says of its causes.

    Attributes
    ----------
    scores : DataFrame
        The cohort, at least one household.
    listed : DataFrame
        The list.
    explained : DataFrame
        What explains it (watchlists.reasons.release_evidence).
    stability : sequence of mapping
        From `models.attribution.stability.stability`.
    naming : Naming
        How often causes are named and true.
    missed : DataFrame
        Falls that were not listed in past seasons (watchlists.visits.missed).
    """

    scores: pl.DataFrame
    listed: pl.DataFrame
    explained: pl.DataFrame
    stability: Sequence[Mapping[str, Any]]
    naming: Naming
    missed: pl.DataFrame


def write_explanations(
    target: Path, release: Explained, season: str, wording: LabelWording, *, simulated: bool
) -> None:
    """Write ``explanations.html``.

    Parameters
    ----------
    target : Path
        The page.
    release : Explained
        What it tells; it lists by a model, not by a published order (ADR 21).
    season : str
        Of the release.
    wording : LabelWording
        What the outcome is called.
    simulated : bool
        Whether the page must say that its data are simulated.
    """
    scores, listed = release.scores, release.listed
    newcomers = int(scores[f"fresh_{GROUPS[0]}"].null_count())
    values = {
        "season": season,
        "told": wording,
        "simulated": simulated,
        "naming": release.naming,
        "no_fresh": NONE_NAMED,
        "limits": LIMITS,
        "headline": _headline(release),
        "overview": overview(scores, listed["household_id"]),
        "parts": dict(zip(("listed", "cohort"), _raised(listed, scores), strict=True)),
        "legend": LEGEND,
        "without_year": count(newcomers) if newcomers else "",
        "places": _places(release),
        "townships": by_place(scores, "township_id", within="county_id"),
        "pictures": [
            (name, fact, drawing(followed(fact[0], band)))
            for name, fact, band in dependences(listed, release.explained)
        ],
        "least": LEAST_BEHIND,
        "highest": highest_risk(scores),
        "stability": stability_section(release.stability),
        "missed": missed_section(release.missed, wording),
    }
    write_text(target, page("explanations.html", values))


def _headline(release: Explained) -> list[tuple[str, str, str, str]]:
    """Give the figures of the first screen: Chinese, English, figure, and what it is of."""
    naming = release.naming
    of_list = f"{naming.listed:,}"
    shares = [
        ("名单中写明原因", "of the list with a named cause", share(naming.named, naming.listed), of_list),
        (
            f"名单中{NONE_NAMED[0]}",
            f"of the list: {NONE_NAMED[1]}",
            share(naming.listed - naming.named, naming.listed),
            of_list,
        ),
        (
            "全体中写明原因",
            "of the cohort with a named cause",
            share(naming.cohort_named, naming.cohort),
            count(naming.cohort),
        ),
    ]
    return shares + _confidence(release.listed["main_cause_confidence"].drop_nulls(), naming.named)


def _confidence(steps: pl.Series, named: int) -> list[tuple[str, str, str, str]]:
    """Say how sure the named causes are; nothing where no forecast orders them."""
    counts = {one: int((steps == one).sum()) for one in CONFIDENCE}
    return [
        (f"主要原因{zh}", f"main causes: {en}", share(counts[one], named), count(named))
        for one, (zh, en) in CONFIDENCE.items()
        if len(steps)
    ]


def _raised(*populations: pl.DataFrame) -> list[Markup]:
    """Draw what raises the risk of each population, on one scale."""
    names, of_each = names_of([words(one) for one in GROUPS]), [raised(rows) for rows in populations]
    most = max(max(pair) for multiples in of_each for pair in multiples)
    return [drawing(side_by_side(names, multiples, most=most)) for multiples in of_each]


def _places(release: Explained) -> list[tuple[str, str, str, Section, Section]]:
    """Lay out counties, of list and cohort, and the groups of the list."""
    head = " ".join(WHERE["county_id"])
    listed, scores = release.listed, release.scores
    return [
        (
            "各县，名单",
            "Counties, the list",
            head,
            by_place(listed, "county_id"),
            parts_by_place(listed, "county_id"),
        ),
        (
            "各县，全体评估户",
            "Counties, whole cohort",
            head,
            by_place(scores, "county_id"),
            parts_by_place(scores, "county_id"),
        ),
        (
            "名单上各类户（可属多类）",
            "Groups of the list, which overlap",
            "类别 group",
            by_group(listed),
            parts_by_group(listed),
        ),
    ]
