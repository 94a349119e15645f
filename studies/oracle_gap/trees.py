"""The product's trees on what a run built: with more households to learn from, or told the states besides.

Of a run whose register is true and timely. As of each judged season's end they learn from the
same rows as `pipelines.stages.train` would; the first counties are scored. What the stage does beyond
that (logistic member, choice of the kind, calibration) changes no ranking where trees are chosen.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import polars as pl

from features.declaration import declared_features
from features.storage import read_features
from models.keys import KEYS
from models.labels.cohort import cohort
from models.labels.labels import labels
from models.risk.model import RiskModel
from models.risk.training_set import (
    feature_frame,
    monotone_directions,
    sample_by_label,
    training_set_of,
)
from models.training.settings import ModelSettings
from pipelines.workspace.parameters import Parameters
from register.seasons import season_end, seasons_between
from register.store import Register
from simulator.settings import SimulatorParameters
from simulator.timeline import Timeline
from studies.oracle_gap.state import states

#: So heavy a penalty that the logistic member, which is not looked at, is found at once.
UNUSED = 1e12


def trees_of(
    folder: Path,
    params: Parameters,
    counties: int,
    seasons: Sequence[str],
    name: str,
    *,
    told_states: bool = False,
) -> pl.DataFrame:
    """Train as of the end of each season and score the cohort of the first counties.

    Parameters
    ----------
    folder : Path
        A run with its register and features.
    params : mapping
        Its parameters.
    counties : int
        How many counties are scored.
    seasons : sequence of str
        The seasons judged.
    name : str
        Column of the scores.
    told_states : bool
        Whether the states of all households are among the features.

    Returns
    -------
    DataFrame
        `KEYS` and log-odds.
    """
    days = [season_end(one) for one in seasons_between(params.features.first_season, params.season)]
    settings = params.simulator
    known = _known(Register(folder / "artifacts" / "register"), params, days, settings)
    added = states(settings, settings.counties, days) if told_states else None
    scored = [_season(season_end(one), known, folder, added, params, counties) for one in seasons]
    return pl.concat(scored).rename({"margin": name})


def _known(
    register: Register, params: Parameters, days: Sequence[date], settings: SimulatorParameters
) -> pl.DataFrame:
    """Label all cohorts: what is timely says the same when it is first known and at the register's end."""
    rules = params.label
    end: date = Timeline(settings.first_month, settings.months).end.item()  # type: ignore[assignment]  # a day
    frames = []
    for county_id in register.counties:
        shard = register.shard(county_id)
        rows = cohort(shard, days, rules.resources_months, params.cohort.categories)
        read = labels(shard, rows, rules, end).drop_nulls("label")
        frames.append(read.select(*KEYS, "label", "label_known_on", pl.lit(county_id).alias("county_id")))
    return pl.concat(frames)


def _shards(folder: Path, added: pl.DataFrame | None) -> Iterator[pl.DataFrame]:
    for path in sorted((folder / "artifacts" / "features").glob("*.parquet")):
        built = read_features(path)
        yield built if added is None else built.join(added, on=KEYS, how="inner")


def _season(
    day: date,
    known: pl.DataFrame,
    folder: Path,
    added: pl.DataFrame | None,
    params: Parameters,
    counties: int,
) -> pl.DataFrame:
    """Train on the labels known at a season's end and score its cohort."""
    declared = declared_features()
    settings = ModelSettings.of(params.model.model_copy(update={"ridge": UNUSED}), params.compute.threads)
    names = [*(one.name for one in declared), *(added.columns[len(KEYS) :] if added is not None else [])]
    scored = known.filter(
        pl.col("as_of_date") == day, pl.col("county_id").rank("dense") <= counties
    ).with_columns(weight=pl.lit(1.0))
    then = known.filter(pl.col("label_known_on") <= day)
    trained = sample_by_label(then, settings.max_negatives, settings.max_positives)
    rows, frame = feature_frame(pl.concat([trained, scored]), _shards(folder, added), names)
    is_scored = rows["as_of_date"] == day
    learned = training_set_of(rows, frame, ~is_scored)
    model = RiskModel(**settings.trees, monotone_cst=monotone_directions(declared))
    trees = model.fit(learned.frame, learned.label, learned.weight)
    margin = trees.raw_margin(frame[is_scored.to_numpy()])
    return rows.filter(is_scored).select(*KEYS, pl.Series("margin", margin))
