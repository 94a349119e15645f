"""The cohorts that naming is judged on: whom a past season listed, who fell, and what made them fall."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
import polars as pl

from features.declaration import CAUSES, declared_features
from models.arrays import Flags, Floats
from models.keys import KEYS
from models.risk.model import RiskModel
from models.risk.storage import load_model
from models.risk.training_set import feature_frame
from pipelines.stages.policy_tables import past_cohorts
from pipelines.workspace.parameters import load_params
from pipelines.workspace.workspace import HERE
from register.atomic import read_parquet
from register.reference import alert_rules
from register.seasons import months_later, season_end
from studies.fidelity.prefecture import MONTHS, true_causes
from studies.oracle.oracle import pseudonym
from studies.oracle.truth import read_truth, require_falls
from watchlists.visits.capacity import Capacity
from watchlists.visits.policies import Visiting, turns_under, visited, visited_cohort


@dataclass(frozen=True)
class JudgedCohort:
    """Everybody a past season could have listed, explained on its last day by its own model.

    Attributes
    ----------
    season : str
        The season.
    model : RiskModel
        Trained as of its last day.
    rows : DataFrame
        One row a household: keys, `village_id`, `risk`, `is_listed`, `alerts` (every
        department's), `fell` (missing where not known), `struck_on` (of the first true cause).
    now, then : pandas.DataFrame, shape (n_households, n_features)
        Their features on the day and a year before; all missing where no year lies behind.
    truth : ndarray, shape (n_households, n_causes)
        How much each necessary cause of the fall took; 0 where it was not necessary.
    """

    season: str
    model: RiskModel
    rows: pl.DataFrame
    now: pd.DataFrame
    then: pd.DataFrame
    truth: Floats

    @property
    def has_cause(self) -> Flags:
        """Mark the falls that at least one cause was necessary for."""
        return self.truth.any(axis=1)

    @property
    def first(self) -> Flags:
        """Mark each household's first true causes; several where they took as much."""
        return (self.truth >= self.truth.max(axis=1, keepdims=True) - 1e-12) & (self.truth > 0)

    @property
    def is_at_work(self) -> Flags:
        """Mark the falls whose first true cause had begun on the day."""
        begun = (pl.col("struck_on") <= pl.col("as_of_date")).fill_null(value=False)
        return self.rows.select(begun).to_series().to_numpy() & self.has_cause

    @property
    def comes_later(self) -> Flags:
        """Mark the falls whose first true cause began after the day."""
        later = (pl.col("struck_on") > pl.col("as_of_date")).fill_null(value=False)
        return self.rows.select(later).to_series().to_numpy() & self.has_cause


def judged_cohorts(threads: int = 1) -> Iterator[JudgedCohort]:
    """Read the judged seasons of the last run, one at a time.

    Raises
    ------
    ParamsError
        When the run is of a label the truth does not tell of.
    """
    training = json.loads(HERE.training.read_text(encoding="utf-8"))
    require_falls(training["label"])
    falls = true_causes(read_truth(HERE.truth, "falls", pseudonym()))
    for season, scored in past_cohorts(HERE).items():
        yield _cohort(season, scored, falls, load_model(HERE.origins / season, threads))


def _cohort(season: str, scored: pl.DataFrame, falls: pl.DataFrame, model: RiskModel) -> JudgedCohort:
    day = season_end(season)
    before = pl.select(pl.lit(day).dt.offset_by(f"-{MONTHS}mo").dt.month_end()).item()
    built = pl.concat(
        read_parquet(path).filter(pl.col("as_of_date").is_in([day, before]))
        for path in sorted(HERE.features.glob("*.parquet"))
    )
    on_day = built.filter(pl.col("as_of_date") == day)
    names = [one.name for one in declared_features()]
    known = _listed(scored.rename({"label": "fell"}), on_day).with_columns(as_of_date=pl.lit(day))
    rows, now = feature_frame(
        known.join(_first_fall(falls, season), on="household_id", how="left"), [on_day], names
    )
    earlier = rows.select("household_id").join(
        built.filter(pl.col("as_of_date") == before), on="household_id", how="left", maintain_order="left"
    )
    then = pd.DataFrame(earlier.select(names).cast(pl.Float64).to_numpy(), index=now.index, columns=names)
    truth = rows.select(pl.when("fell").then(pl.col(CAUSES)).fill_null(0.0)).to_numpy()
    return JudgedCohort(season, model, rows.drop(CAUSES), now, then, truth)


def _first_fall(falls: pl.DataFrame, season: str) -> pl.DataFrame:
    day = season_end(season)
    after = falls.filter(pl.col("fell_on") > day, pl.col("fell_on") <= months_later(day, MONTHS))
    return after.sort("fell_on").unique("household_id", keep="first", maintain_order=True)


def _listed(scored: pl.DataFrame, on_day: pl.DataFrame) -> pl.DataFrame:
    """Mark whom the delivered list of the season would have named (`watchlists.visits.policies`)."""
    section = load_params().watchlist
    visiting = Visiting(Capacity.of(section.capacity), section.minimum_cover)
    turns = turns_under("list", visited_cohort(scored, on_day, alert_rules()), visiting)
    return turns.with_columns(visited().alias("is_listed")).sort("household_id")
