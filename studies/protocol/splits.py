"""Ways to split a cohort into who is trained on and who is judged, besides the season's end alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import polars as pl

from models.keys import KEYS
from models.places import whole
from models.risk.sampling import household_lot
from models.survey_weights import WEIGHT
from models.training.season_training import wanted_rows
from models.training.settings import ModelSettings
from pipelines.stages.seasons import KNOWN

#: The split `evaluate` judges by: the season's end alone parts past from future.
ROLLING = "rolling_origin"
#: Households judged were never trained on, at any date.
HOUSEHOLDS = "household_disjoint"
#: Regions judged were never trained on.
REGIONS = "region_held_out"
#: Rows parted by lot, whatever their date or household: shown once, to be mistrusted.
RANDOM = "random"
#: Splits that keep to what was known at the season's end.
TIMED = (ROLLING, HOUSEHOLDS, REGIONS)


@dataclass(frozen=True)
class Fold:
    """One training of a split and the rows it is judged on.

    Attributes
    ----------
    split, origin : str
        Kind of split and the season judged; ``all`` for the random one, which knows no season.
    part : int
        Which part of the split is judged.
    day : date
        Training date.
    known, known_earlier : DataFrame
        Labels as known at `day`, and a label window before it: without the part judged.
    rows : DataFrame
        What the training looks at (`models.training.season_training.wanted_rows`).
    """

    split: str
    origin: str
    part: int
    day: date
    known: pl.DataFrame
    known_earlier: pl.DataFrame
    rows: pl.DataFrame

    @property
    def trained(self) -> pl.DataFrame:
        """Rows of the cohort whose label the training sees, to fit or to calibrate on."""
        of_cohort = pl.col("trees_only").is_null()
        return self.rows.filter(of_cohort, pl.any_horizontal(pl.col("weight", "calibrates").is_not_null()))

    @property
    def judged(self) -> pl.DataFrame:
        """Rows it scores."""
        return self.rows.filter(pl.col("is_scored").is_not_null())


@dataclass(frozen=True)
class Splitting:
    """How many parts a split has, what a region is, and how its trainings draw their rows.

    Attributes
    ----------
    parts : int
        Parts of the households, the regions and the rows; each is left out once.
    region : str
        Column of the cohort that names the region.
    label_months : int
        Length of the label window.
    settings : ModelSettings
        Sampling.
    """

    parts: int
    region: str
    label_months: int
    settings: ModelSettings


def folds(
    split: str,
    origin: str,
    day: date,
    known: pl.DataFrame,
    known_earlier: pl.DataFrame,
    cohort: pl.DataFrame,
    scored: pl.DataFrame,
    splitting: Splitting,
    below: pl.DataFrame | None = None,
) -> Iterator[Fold]:
    """Leave every part out once.

    Parameters
    ----------
    split, origin, day, known, known_earlier
        As in `Fold`; labels of everybody.
    cohort : DataFrame
        `KEYS` and the region of every row, labelled or not.
    scored : DataFrame
        `KEYS` of the rows to judge.
    splitting : Splitting
        Parts and sampling.
    below : DataFrame, optional
        Labels of rows outside the cohort that trees learn from too, with the region of every row.

    Yields
    ------
    Fold
        Of parts that judge anybody and leave somebody to learn from: a survey without districts has
        no `REGIONS` to hold out. `ROLLING` has one, of everybody.
    """
    everybody = cohort if below is None else pl.concat([cohort, below], how="diagonal")
    dealt = everybody.select(*KEYS, part=_part(split, everybody, splitting))
    for part in range(1 if split == ROLLING else splitting.parts):
        inside = dealt.filter(pl.col("part") == part).select(KEYS)
        judged = scored.join(inside, on=KEYS, how="semi")
        left_out = inside.clear() if split == ROLLING else inside
        then, now = (rows.join(left_out, on=KEYS, how="anti") for rows in (known_earlier, known))
        if judged.is_empty() or now.is_empty():
            continue
        outside = (
            None
            if below is None
            else below.select(*KNOWN, pl.col(f"^{WEIGHT}$")).join(left_out, on=KEYS, how="anti")
        )
        rows = wanted_rows(now, judged, day, splitting.label_months, splitting.settings, outside)
        yield Fold(split, origin, part, day, now, then, rows)


def _part(split: str, cohort: pl.DataFrame, splitting: Splitting) -> pl.Expr | pl.Series:
    if split == ROLLING:
        return pl.lit(0)
    if split == REGIONS:
        return (whole(splitting.region).rank("dense") - 1).cast(pl.Int64) % splitting.parts
    drawn = cohort["household_id"]
    if split == RANDOM:
        drawn = cohort.select(pl.concat_str("household_id", pl.col("as_of_date").cast(pl.String))).to_series()
    return pl.Series((household_lot(drawn, split) * splitting.parts).astype("int64"))
