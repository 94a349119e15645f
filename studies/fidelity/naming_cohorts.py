"""The cohorts naming is judged on: what the product says of them, whom it listed, what made them fall."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd
import polars as pl

from features.declaration import CAUSES
from features.storage import read_features
from models.arrays import Flags
from models.attribution.explanations import explain_households
from models.attribution.year_behind import a_year_behind
from models.risk.model import RiskModel
from models.risk.storage import load_model
from models.risk.training_set import feature_frame
from pipelines.stages.policy_tables import past_cohorts
from pipelines.workspace.parameters import load_params
from pipelines.workspace.workspace import HERE
from register.reference import alert_rules
from register.seasons import months_later, season_end
from studies.fidelity.naming import AT_WORK, LATER, STANDING
from studies.fidelity.prefecture import MONTHS, true_causes
from studies.oracle.oracle import pseudonym
from studies.oracle.truth import read_truth, require_falls
from watchlists.visits.capacity import Capacity
from watchlists.visits.must_visits import must_visits
from watchlists.visits.policies import Visiting, turns_under, visited, visited_cohort


@dataclass(frozen=True)
class JudgedCohort:
    """Everybody a past season could have listed, explained on its last day by its own model.

    Attributes
    ----------
    season : str
        The season.
    model : RiskModel
        Trained as of that day.
    rows : DataFrame
        One row a household: ``season``, keys, places, ``is_listed``, ``alerts`` (all departments'),
        ``fell``, ``struck`` (`studies.fidelity.naming.Truth`).
    features : DataFrame
        Feature frame of the day.
    now, earlier : pandas.DataFrame
        The households' features in the order of `rows`; those of a year before, by position.
    explained : DataFrame
        What `explain_households` says, in the order of `rows`.
    first : ndarray of bool, shape (n_households, n_causes)
        First true causes.
    """

    season: str
    model: RiskModel
    rows: pl.DataFrame
    features: pl.DataFrame
    now: pd.DataFrame
    earlier: pd.DataFrame
    explained: pl.DataFrame
    first: Flags


def judged_cohorts(threads: int = 1) -> Iterator[JudgedCohort]:
    """Read and explain the judged seasons of the last run, one after the other.

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
    built = _built(day)
    on_day = built.filter(pl.col("as_of_date") == day)
    known = _listed(scored.rename({"label": "fell"}), on_day).join(
        first_falls(falls, day), on="household_id", how="left"
    )
    dated = known.with_columns(pl.lit(day).alias("as_of_date"), pl.lit(season).alias("season"))
    rows, now = feature_frame(dated, [on_day], model.feature_names)
    earlier = a_year_behind(rows, built, model.feature_names)
    taken = pl.when(pl.col("fell").fill_null(value=False)).then(pl.col(CAUSES)).fill_null(0.0)
    truth = rows.select(taken).to_numpy()
    first = (truth > 0) & (truth >= truth.max(axis=1, keepdims=True) - 1e-12)
    struck = pl.when(pl.Series(first.any(axis=1))).then(_struck()).alias("struck")
    marked = rows.with_columns(struck).drop(CAUSES)
    explained = explain_households(model, rows, now, earlier)
    return JudgedCohort(season, model, marked, on_day, now, earlier, explained, first)


def _built(day: date) -> pl.DataFrame:
    """Read the features of a day and of a year before."""
    days = pl.select(pl.lit(day), pl.lit(day).dt.offset_by(f"-{MONTHS}mo").dt.month_end().alias("before"))
    paths = sorted(HERE.features.glob("*.parquet"))
    return pl.concat(read_features(path, days.row(0)) for path in paths)


def first_falls(falls: pl.DataFrame, day: date) -> pl.DataFrame:
    """Take each household's first fall of the 12 months after a day, of `true_causes`."""
    after = falls.filter(pl.col("fell_on") > day, pl.col("fell_on") <= months_later(day, MONTHS))
    return after.sort("fell_on").unique("household_id", keep="first", maintain_order=True)


def _struck() -> pl.Expr:
    """Say whether the first true cause had begun on the day."""
    begun = (
        pl.when(pl.col("struck_on") <= pl.col("as_of_date")).then(pl.lit(AT_WORK)).otherwise(pl.lit(LATER))
    )
    return pl.when(pl.col("struck_on").is_null()).then(pl.lit(STANDING)).otherwise(begun)


def _listed(scored: pl.DataFrame, on_day: pl.DataFrame) -> pl.DataFrame:
    """Mark whom the delivered list of the season would have named (`watchlists.visits.policies`)."""
    section = load_params().watchlist
    visiting = Visiting(Capacity.of(section.capacity), section.minimum_cover, section.must_visit)
    turns = turns_under(
        "list", visited_cohort(scored, on_day, alert_rules(), must_visits(section.must_visit)), visiting
    )
    return turns.with_columns(visited().alias("is_listed"))
