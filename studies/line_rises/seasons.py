"""Every judged season's households: their risk for each rise, and what they would have come to."""

from collections.abc import Iterator
from datetime import date

import polars as pl
from scipy.special import expit

from models.keys import KEYS
from models.labels.labels import labels_by_change
from models.labels.line_scenarios import CAME
from models.risk.model import RiskModel
from models.risk.storage import load_model, model_facts
from models.risk.training_set import feature_frame
from pipelines.stages.seasons import feature_shards
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.training_outputs import training_facts
from pipelines.workspace.workspace import Workspace
from register.atomic import read_parquet
from register.seasons import season_end
from register.store import Register


def read_seasons(workspace: Workspace, params: Parameters) -> Iterator[pl.DataFrame]:
    """Read the judged seasons of a finished run, one after the other.

    Yields
    ------
    DataFrame
        ``season, assumed, came`` (new line over old), ``rise`` (share), ``cluster, risk, fell``, a row
        a household and rise.
    """
    cohort, facts = read_parquet(workspace.cohort), training_facts(workspace)
    end = date.fromisoformat(facts["register_end"])
    for season in facts["origins"]:
        rows = cohort.filter(pl.col("as_of_date") == season_end(season))
        folder = workspace.origins / season
        model, about = load_model(folder), model_facts(folder)
        read = _risks(model, rows, workspace).join(
            _outcomes(model, rows, workspace, params, end), on=[*KEYS, "rise"]
        )
        yield read.select(
            pl.lit(season).alias("season"),
            *(pl.lit(about[name][0]).alias(to) for name, to in CHANGES.items()),
            "rise",
            "cluster",
            "risk",
            "fell",
        )


CHANGES = {"line_changes": "assumed", "line_changes_came": "came"}


def _stated(model: RiskModel) -> list[str]:
    return [rise for rise in model.scenarios_ if rise != CAME]


def _risks(model: RiskModel, rows: pl.DataFrame, workspace: Workspace) -> pl.DataFrame:
    shards = (shard.join(rows, on=KEYS, how="semi") for shard in feature_shards(workspace))
    known, frame = feature_frame(rows.select(*KEYS, "county_id", "village_id"), shards, model.feature_names)
    raw = model.raw_margin(frame)
    cluster = pl.concat_str("county_id", "village_id", separator="/").alias("cluster")
    read = [pl.Series(rise, expit(model.scenarios_[rise].margin(raw))) for rise in _stated(model)]
    return known.select(*KEYS, cluster, *read).unpivot(
        _stated(model), index=[*KEYS, "cluster"], variable_name="rise", value_name="risk"
    )


def _outcomes(
    model: RiskModel, rows: pl.DataFrame, workspace: Workspace, params: Parameters, end: date
) -> pl.DataFrame:
    register, stated, parts = Register(workspace.register), _stated(model), []
    for county_id in register.counties:
        own = rows.filter(pl.col("county_id") == county_id)
        changes = [1 + float(rise) for rise in stated]
        read = labels_by_change(register.shard(county_id), own, params.label, end, changes)
        parts += [
            one.drop_nulls("label").select(*KEYS, pl.lit(rise).alias("rise"), pl.col("label").alias("fell"))
            for rise, one in zip(stated, read, strict=True)
        ]
    return pl.concat(parts)
