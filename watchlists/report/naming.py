"""How often the list names a cause, and how often the named ones are true: told wherever causes are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from models.evaluation.disclosure import NEAREST, SMALL, rounded
from models.names import POOLED
from watchlists.label_wording import LabelWording, Words
from watchlists.reasons.cause_sentences import NONE_NAMED
from watchlists.release.past_lists import Hindsight
from watchlists.report.cells import of_row
from watchlists.report.lookbacks import shown_visits
from watchlists.report.naming_truth import NamingTruth, naming_truth
from watchlists.report.published_evaluation import count, percent

#: What no attribution can see, whatever is measured.
LIMITS: Sequence[Words] = (
    (
        "隐性贫困（账面收入高于实际）在登记数据里看不见，多半既不在名单上，也不写明原因。",
        "The hidden poor, whose income on paper is above the real one, are mostly neither listed nor named.",
    ),
    (
        "没有登记的变故不会写成原因；写明的原因只是模型的归因，须入户核实。",
        "What is not recorded is never named; a named cause is what the model attributes, a visit must tell.",
    ),
    (
        "真实原因只有在模拟数据里才知道：对错的比例来自模拟，各地可能不同；本地以走访核实为准。",
        "True causes are known in simulated data alone; elsewhere shares may differ: visits must tell.",
    ),
)
#: Of a list by a published order (ADR 21).
NO_RULES: Words = (
    "名单按公布的排序列出，没有归因：写明的原因是触发的规则所指。",
    "Listed by a published order, nothing is attributed: causes are those the rules that speak point to.",
)


@dataclass(frozen=True)
class Naming:
    """How often causes are named, and what is known of how true they are.

    Attributes
    ----------
    listed, named : int
        Households of the list, and those of them with a named cause.
    cohort, cohort_named : int
        The same of the whole cohort.
    truth : NamingTruth or None
        How often named causes are true, measured where truth is known (the simulator); None
        of outcomes it was not measured for.
    agreement : mapping or None
        ``value, low, high`` of the share of confirmed visits whose found causes hold the attributed
        one, and ``n``; None without any that may be shown.
    """

    listed: int
    named: int
    cohort: int
    cohort_named: int
    truth: NamingTruth | None
    agreement: dict[str, Any] | None = None

    @property
    def sentences(self) -> list[Words]:
        """Tell how often causes are named, true, and as visits found them."""
        return [_named(self), *(self.truth.sentences if self.truth else ()), _agreeing(self.agreement)]

    @property
    def in_short(self) -> list[Words]:
        """Tell the same for a first screen, without silence and steps."""
        return [_named(self), *(self.truth.sentences[:1] if self.truth else ()), _agreeing(self.agreement)]


def naming_of(
    scores: pl.DataFrame, listed: pl.DataFrame, hindsight: Hindsight, wording: LabelWording
) -> Naming:
    """Count who has a named cause, and look up what visits found.

    Parameters
    ----------
    scores, listed : DataFrame
        Cohort and list of a release, with ``main_cause``.
    hindsight : Hindsight
        What visits found.
    wording : LabelWording
        What is foreseen; truth is known of falls in a register.
    """
    (n, named), (cohort, cohort_named) = (
        (len(rows), rows["main_cause"].count()) for rows in (listed, scores)
    )
    truth = None if wording.is_administrative or wording.is_survey else naming_truth()
    return Naming(n, named, cohort, cohort_named, truth, _agreement(hindsight))


def about_causes(naming: Naming | None) -> list[Words]:
    """Tell how often causes are named and true, and what none can see; None under a published order."""
    return [NO_RULES] if naming is None else [*naming.sentences, *LIMITS]


def share(part: int, whole: int) -> str:
    """Write a share in whole percent, so that it tells no more than the counts as they are published.

    Examples
    --------
    >>> share(493, 768), share(9, 38_000), share(3, 768), share(13, 30)
    ('64%', '<1%', '–', '50%')
    """
    if part <= SMALL:
        return "–"
    is_fine = whole < 100 * NEAREST  # a percent of it would tell more than a rounded count
    percent_of = 100 * min(1, (rounded(part) if is_fine else part) / whole)
    return f"{percent_of:.0f}%" if percent_of >= 1 else "<1%"


def _named(naming: Naming) -> Words:
    none = share(naming.listed - naming.named, naming.listed)
    of_list, of_all = share(naming.named, naming.listed), share(naming.cohort_named, naming.cohort)
    zh = f"名单 {naming.listed:,} 户中 {of_list} 写明了原因，{none} {NONE_NAMED[0]}；全体中写明 {of_all}。"
    en = f"Of {naming.listed:,} listed households {of_list} have a named cause and {none} {NONE_NAMED[1]}"
    return zh, f"{en}; of the whole cohort {of_all} have one."


def _agreement(hindsight: Hindsight) -> dict[str, Any] | None:
    visits = hindsight.tables["visits"].filter(pl.col("visited") > 0)
    pooled = shown_visits(visits).filter(season=POOLED) if len(visits) else visits
    rows = pooled.filter(pl.col("agreement").is_not_null()).to_dicts()
    return {**of_row(rows[0], "agreement"), "n": rows[0]["with_cause"]} if rows else None


def _agreeing(agreement: dict[str, Any] | None) -> Words:
    if agreement is None:
        return (
            "走访核实的原因还太少，不能说本地有多少一致。",
            "Visits have found too few causes yet to say how often they agree here.",
        )
    whom, among = count(agreement["n"]), percent(agreement)
    return (
        f"走访核实了原因的 {whom} 户中，写明的主要原因也在其中的占 {among}。",
        f"Of {whom} households whose causes visits found, {among} had the named one among them.",
    )
