"""Stage: score the delivered season's cohort and split every risk by cause."""

from collections.abc import Sequence

import pandas as pd
import polars as pl

from features.declaration import CAUSES, feature_groups
from models.attribution.ending_help import risk_with_help_ended, untried
from models.attribution.ending_support import ALIKE, ENDED, with_support, without_withheld
from models.attribution.explanations import explain_households
from models.attribution.naming import names_of
from models.attribution.ranked import ranked_households
from models.attribution.stability import stability
from models.attribution.year_behind import a_year_behind
from models.causes.forecast import CauseForecast
from models.causes.forecast_columns import with_confidence, with_shares
from models.places import whole
from models.ranking.ranking import Ranking
from models.resampling import Bootstrap
from models.risk.model import RiskModel
from models.risk.sampling import household_lot
from models.risk.storage import MANIFEST, load_model
from models.risk.training_set import feature_frame
from pipelines.workspace.champion import delivering_model
from pipelines.workspace.delivered_forecast import delivered_forecast
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.stage import run_stage
from pipelines.workspace.workspace import HERE, Workspace, shards
from register.atomic import read_parquet, write_json, write_parquet
from register.seasons import season_end
from register.shard import Shard
from register.store import Register

#: About how many households the models of past seasons are compared on.
COMPARED = 2000


def main(workspace: Workspace, params: Parameters) -> None:
    """Read the model, the cohort and the features; write explanations by county, and how firm they are."""
    model = delivering_model(workspace, params)
    at_season = pl.col("as_of_date") == season_end(params.season)
    rows = read_parquet(workspace.cohort).filter(at_season)
    counties, drawn = sorted(path.stem for path in workspace.features.glob("*.parquet")), []
    share = COMPARED / max(len(rows), 1)
    if isinstance(model, Ranking):
        _rank(workspace, model, rows, counties, params)
        return
    forecast, register = delivered_forecast(workspace, params), Register(workspace.register)
    trials: list[tuple[pl.DataFrame, pl.DataFrame]] = []
    for county_id in shards(counties, "explanations"):
        built, own = read_parquet(workspace.features / f"{county_id}.parquet"), of_county(rows, county_id)
        explained, frame = explain_county(model, forecast, own, built, params)
        write_parquet(workspace.explanations / f"{county_id}.parquet", explained)
        trials.append(_help_ended(model, frame, own, register.shard(county_id), params))
        drawn.append(frame[household_lot(explained["household_id"], "stability") < share])
    ended, alike = (pl.concat(parts) for parts in zip(*trials, strict=True))
    _write_ending_help(workspace, ended, alike, params)
    write_json(
        workspace.explanations / "stability.json", _stability(workspace, model, pd.concat(drawn), params)
    )


def of_county(rows: pl.DataFrame, county_id: str) -> pl.DataFrame:
    """Keep the cohort of one county."""
    return rows.filter(pl.col("county_id") == county_id)


def _help_ended(
    model: RiskModel, frame: pd.DataFrame, rows: pl.DataFrame, shard: Shard, params: Parameters
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Try the end of each measure in force in a county, unless all of it is withheld.

    Beside it: whom the county's households are like.
    """
    day, months = season_end(params.season), params.label.resources_months
    ids = pl.Series("household_id", frame.index.get_level_values(0), dtype=pl.String)
    scored = ids.to_frame().with_columns(risk=model.predict_proba(frame)[:, 1])
    cluster = whole(f"{params.evaluate.cluster}_id").alias("cluster")
    alike = scored.join(rows.with_columns(cluster), on="household_id", how="left").select(list(ALIKE))
    if params.ending_help.withheld:
        return untried(shard, day, scored), alike
    return risk_with_help_ended(model, frame, shard, day, months), alike


def explain_county(
    model: RiskModel,
    forecast: CauseForecast | None,
    rows: pl.DataFrame,
    built: pl.DataFrame,
    params: Parameters,
) -> tuple[pl.DataFrame, pd.DataFrame]:
    """Explain a county's cohort, and give its features in the same order."""
    names = model.feature_names
    joined, now = feature_frame(rows, [built], names)
    earlier = a_year_behind(joined, built, names, is_panel=params.label.is_panel)
    parts = explain_households(model, joined, now, earlier)
    named = names_of(with_shares(parts, forecast, now), built, params.watchlist.least_multiplier)
    return with_confidence(named, params.model.forecast), now


def _rank(
    workspace: Workspace, ranking: Ranking, rows: pl.DataFrame, counties: Sequence[str], params: Parameters
) -> None:
    """Order the cohort as is published; of an order no stability is to be told."""
    for county_id in shards(counties, "explanations"):
        features = read_parquet(workspace.features / f"{county_id}.parquet")
        own, least = of_county(rows, county_id), params.watchlist.least_multiplier
        ranked = ranked_households(ranking, own, features, least)
        explained = with_confidence(with_shares(ranked, None), params.model.forecast)
        write_parquet(workspace.explanations / f"{county_id}.parquet", explained)
    _write_ending_help(workspace, pl.DataFrame(schema=ENDED), pl.DataFrame(schema=ALIKE), params)
    write_json(workspace.explanations / "stability.json", [])


def _write_ending_help(
    workspace: Workspace, ended: pl.DataFrame, alike: pl.DataFrame, params: Parameters
) -> None:
    bootstrap = Bootstrap(params.evaluate.bootstrap, params.evaluate.seed)
    rows = with_support(ended, alike, params.ending_help, bootstrap)
    write_parquet(workspace.ending_help, without_withheld(rows))


def _stability(
    workspace: Workspace, model: RiskModel, frame: pd.DataFrame, params: Parameters
) -> list[dict[str, str | float | None]]:
    """Hold the model's causes against its members' and against those of the models of past seasons.

    A champion from before a feature was added cannot be compared with those that know it.
    """
    folders = sorted(manifest.parent for manifest in workspace.origins.glob(f"*/{MANIFEST}"))
    past = {folder.name: load_model(folder, params.compute.threads) for folder in folders}
    others = {name: one for name, one in past.items() if one.feature_names == model.feature_names}
    groups = {cause: feature_groups()[cause] for cause in CAUSES}
    return stability(model, others, frame, groups) if len(frame) > 1 else []


if __name__ == "__main__":
    run_stage(main, HERE.explanations)
