"""The model's trial of ending help beside the truth, for the judged seasons of a simulated prefecture."""

from collections.abc import Callable, Sequence

import polars as pl

from features.storage import read_features
from models.attribution.ending_help import risk_with_help_ended
from models.attribution.ending_support import ALIKE, with_support
from models.keys import KEYS
from models.labels.help_given import measures_running
from models.places import whole
from models.resampling import Bootstrap
from models.risk.storage import load_model
from models.risk.training_set import feature_frame
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.training_outputs import training_facts
from pipelines.workspace.workspace import Workspace
from register.atomic import read_parquet
from register.seasons import season_end
from register.store import Register
from studies.ending_help.effects import true_changes


def compared(
    workspace: Workspace, params: Parameters, pseudonym: Callable[[str], str] | None
) -> pl.DataFrame:
    """Set the model's change of risk beside the true one.

    Parameters
    ----------
    workspace : Workspace
        A finished run of a simulated prefecture.
    params : Parameters
        As it was run with.
    pseudonym : callable or None
        Gives the register's id of a household; None where the ids are the source's own.

    Returns
    -------
    DataFrame
        `KEYS`, ``village_id, measure, risk, risk_ended, n_without, standing`` of the model;
        ``true_risk, true_change`` of the same futures with and without the help the record
        stands for: nothing where no record of the measure that runs is of help that pays.
    """
    seasons = training_facts(workspace)["origins"]
    effects, paying = _truth(params, seasons, pseudonym)
    parts = [_season(workspace, params, season, paying) for season in seasons]
    rows = pl.concat(parts).join(effects, on=KEYS, how="inner")
    true_change = pl.when("pays").then("true_change").otherwise(0.0)
    return rows.with_columns(true_change.alias("true_change")).drop("pays")


def _truth(
    params: Parameters, seasons: Sequence[str], pseudonym: Callable[[str], str] | None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    counties = [true_changes(index, params.simulator, seasons) for index in range(params.simulator.counties)]
    effects, paying = (pl.concat(frames) for frames in zip(*counties, strict=True))
    if pseudonym is None:
        return effects, paying
    ids = effects["household_id"].append(paying["household_id"]).unique()
    named = {one: pseudonym(one) for one in ids.to_list()}
    renamed = pl.col("household_id").replace_strict(named)
    return effects.with_columns(renamed), paying.with_columns(renamed)


def _season(workspace: Workspace, params: Parameters, season: str, paying: pl.DataFrame) -> pl.DataFrame:
    day, register = season_end(season), Register(workspace.register)
    model = load_model(workspace.origins / season, params.compute.threads)
    cohort = read_parquet(workspace.cohort).filter(pl.col("as_of_date") == day)
    ended, risks, running = [], [], []
    for county_id in register.counties:
        shard = register.shard(county_id)
        built = read_features(workspace.features / f"{county_id}.parquet", [day])
        of_county = cohort.filter(pl.col("county_id") == county_id)
        joined, frame = feature_frame(of_county, [built], model.feature_names)
        ended.append(risk_with_help_ended(model, frame, shard, day, params.label.resources_months))
        risk = pl.Series("risk", model.predict_proba(frame)[:, 1])
        cluster = whole(f"{params.evaluate.cluster}_id").alias("cluster")
        risks.append(joined.with_columns(risk, cluster).select(*ALIKE, "village_id"))
        running.append(measures_running(shard, day, day).select("household_id", "measure", "started_on"))
    everybody = pl.concat(risks)
    pays = pl.concat(running).join(paying, on=["household_id", "started_on"], how="semi")
    pays = pays.select("household_id", "measure").unique().with_columns(pays=pl.lit(value=True))
    bootstrap = Bootstrap(params.evaluate.bootstrap, params.evaluate.seed)
    # What the counts alone would let through is what is judged.
    rules = params.ending_help.model_copy(update={"withheld": False})
    rows = with_support(pl.concat(ended), everybody.select(list(ALIKE)), rules, bootstrap)
    rows = rows.join(pays, on=["household_id", "measure"], how="left")
    rows = rows.with_columns(pl.col("pays").fill_null(value=False), pl.lit(day).alias("as_of_date"))
    return rows.join(everybody.select("household_id", "village_id"), on="household_id", how="left")
