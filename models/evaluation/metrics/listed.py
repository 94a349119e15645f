"""What a list is worth, in the evaluators' words."""

from dataclasses import dataclass

import numpy as np

from models.arrays import Floats
from models.evaluation.declaration import CAPACITY, LISTED, LISTS, OWN_LENGTH, SHARES, metric
from models.figures import Figure, linear

#: Lists of so many percent of the cohort.
OF_SHARES = tuple(f"{share}" for share in SHARES)


@dataclass(frozen=True)
class Listed:
    """A list in one order of its ties, and what became of those it could have held.

    Attributes
    ----------
    share : ndarray, shape (n_rows,)
        How much of each row is listed: 1, 0, or what the visits reach of a tie.
    fell : ndarray, shape (n_rows,)
        1 fell, 0 did not.
    hits, length : ndarray, shape (n_rows,)
        What a row adds to the hits and to the length of the list.
    gap : ndarray, shape (n_rows,)
        How far below the line a household that fell was seen, share of the line; 0 where it
        was not seen below.
    lead_months : ndarray, shape (n_rows,)
        Months from the list to the first sight of the fall; NaN where none was seen.
    before : ndarray, shape (n_rows,)
        How much of the household was listed the season before; NaN in the first one.
    """

    share: Floats
    fell: Floats
    hits: Floats
    length: Floats
    gap: Floats
    lead_months: Floats
    before: Floats


@dataclass(frozen=True)
class Aftermath:
    """What is known of the rows a list is made of: the last four of `Listed`, and ``fell``."""

    fell: Floats
    gap: Floats
    lead_months: Floats
    before: Floats

    def as_handed_out(self, share: Floats) -> Listed:
        """Judge a list that stays as it was drawn up while rows are drawn again."""
        return Listed(share, self.fell, share * self.fell, share, self.gap, self.lead_months, self.before)

    def drawn_up_anew(self, share: Floats, of_all: float, marginal: float) -> Listed:
        """Judge a list of a share of all rows, drawn up anew with every draw.

        Parameters
        ----------
        share : ndarray, shape (n_rows,)
            How much of each row is listed.
        of_all : float
            Share of the rows listed.
        marginal : float
            Share who fell near the list's end: what a household more or less on it is worth.

        References
        ----------
        First-order: where the draw holds more of the listed, the list ends sooner, and the
        reverse. tests/models hold it against ranking every draw again.
        """
        hits = share * self.fell + marginal * (of_all - share)
        length = np.full(len(share), of_all)
        return Listed(share, self.fell, hits, length, self.gap, self.lead_months, self.before)


@metric(
    zh="命中率",
    en="precision",
    of="list",
    lists=LISTS,
    ties=True,
    disclosed_by=LISTED,
    aim="higher",
    compared=(*OF_SHARES, CAPACITY),
    headline=("10", CAPACITY),
    citation="EVALUATION 2",
)
def precision(listed: Listed) -> Figure:
    """Of the listed, share who fell."""
    return Figure(listed.hits, listed.length)


@metric(
    zh="召回率",
    en="recall",
    of="list",
    lists=LISTS,
    disclosed_by=LISTED,
    aim="higher",
    compared=(CAPACITY,),
    headline=(CAPACITY,),
    citation="EVALUATION 2",
)
def recall(listed: Listed) -> Figure:
    """Of those who fell, share listed."""
    return Figure(listed.hits, listed.fell)


@metric(
    zh="提升倍数",
    en="lift",
    of="list",
    lists=LISTS,
    disclosed_by=LISTED,
    aim="higher",
    citation="EVALUATION 2",
)
def lift(listed: Listed) -> Figure:
    """Precision over the base rate."""
    return _ratio(precision(listed), Figure(listed.fell, np.ones(len(listed.fell))))


@metric(
    zh="漏测率",
    en="exclusion error",
    of="list",
    lists=(CAPACITY,),
    disclosed_by=LISTED,
    aim="lower",
    headline=(CAPACITY,),
    citation="EVALUATION 2; DOMAIN 7.2",
)
def exclusion_error(listed: Listed) -> Figure:
    """Of those who fell, share not listed."""
    return Figure((1 - listed.share) * listed.fell, listed.fell)


@metric(
    zh="误报率",
    en="inclusion error",
    of="list",
    lists=(CAPACITY,),
    disclosed_by=LISTED,
    aim="lower",
    headline=(CAPACITY,),
    citation="EVALUATION 2; DOMAIN 7.2",
)
def inclusion_error(listed: Listed) -> Figure:
    """Of the listed, share who did not fall."""
    return Figure(listed.share * (1 - listed.fell), listed.share)


@metric(
    zh="未列户漏评率",
    en="omission among the unlisted",
    of="list",
    lists=(CAPACITY,),
    disclosed_by=LISTED,
    aim="lower",
    headline=(CAPACITY,),
    citation="EVALUATION 2; DOMAIN 7.2: evaluators allow 2 %",
)
def omission_rate(listed: Listed) -> Figure:
    """Of the unlisted, share who fell."""
    left = 1 - listed.share
    return Figure(left * listed.fell, left)


@metric(
    zh="按缺口加权的漏测率",
    en="gap-weighted exclusion",
    of="list",
    lists=(CAPACITY,),
    disclosed_by=LISTED,
    aim="lower",
    compared=(CAPACITY,),
    citation="EVALUATION 2",
)
def gap_weighted_exclusion(listed: Listed) -> Figure:
    """As exclusion error, each household by how far below the line it was seen at the deepest."""
    return Figure((1 - listed.share) * listed.fell * listed.gap, listed.fell * listed.gap)


@metric(
    zh="提前月数",
    en="lead time, months",
    of="list",
    lists=(CAPACITY,),
    disclosed_by=LISTED,
    digits=1,
    citation="EVALUATION 2",
)
def lead_months(listed: Listed) -> Figure:
    """Months from the list to the first sight of the fall, mean of the hits."""
    dated = np.isfinite(listed.lead_months)
    hits = listed.share * listed.fell * dated
    return Figure(hits * np.where(dated, listed.lead_months, 0), hits)


@metric(
    zh="与上季名单重合",
    en="overlap with the last list",
    of="list",
    lists=(CAPACITY,),
    disclosed_by=LISTED,
    citation="EVALUATION 2",
)
def list_overlap(listed: Listed) -> Figure:
    """Of a season's list, share that was on the season's before."""
    has_before = np.isfinite(listed.before)
    kept = np.where(has_before, listed.share * np.nan_to_num(listed.before), 0.0)
    return Figure(kept, np.where(has_before, listed.share, 0.0))


@metric(
    zh="占全部户的比例",
    en="share of the cohort",
    of="list",
    lists=(CAPACITY, OWN_LENGTH),
    disclosed_by=LISTED,
    citation="EVALUATION 2",
)
def share(listed: Listed) -> Figure:
    """Of all households, share listed."""
    return Figure(listed.share, np.ones(len(listed.share)))


def _ratio(above: Figure, below: Figure) -> Figure:
    """Divide one share by another."""
    n = len(above.part)
    value = above.value / below.value if below.value else np.nan
    if not np.isfinite(value) or value == 0:
        return linear(value, np.zeros(n))
    moved = above.part / above.part.sum() - above.whole / above.whole.sum()
    return linear(value, value * n * (moved - below.part / below.part.sum() + 1 / n))
