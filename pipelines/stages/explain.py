"""Stage: score the delivered season's cohort and split every risk by cause."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd
import polars as pl

from features.declaration import CAUSES, feature_groups
from features.storage import read_features
from models.attribution.ending_help import risk_with_help_ended, untried
from models.attribution.ending_support import ALIKE, ENDED, with_support, without_withheld
from models.attribution.explanations import explain_households
from models.attribution.naming import names_of
from models.attribution.ranked import ranked_households
from models.attribution.stability import stability
from models.attribution.year_behind import a_year_behind, year_up_to
from models.causes.forecast import CauseForecast
from models.causes.forecast_columns import with_confidence, with_shares
from models.places import whole
from models.ranking.ranking import Ranking
from models.resampling import Bootstrap
from models.risk.model import RiskModel
from models.risk.sampling import household_lot
from models.risk.storage import MANIFEST, load_model
from models.risk.training_set import feature_frame
from pipelines.workspace.champion import delivering_model, delivery_of
from pipelines.workspace.delivered_forecast import delivered_forecast
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.shards import Part, map_shards, parts
from pipelines.workspace.shards.ready import Named, Ready
from pipelines.workspace.stage import run_stage
from pipelines.workspace.workspace import HERE, Workspace
from register.atomic import forget_unfinished, json_text, read_parquet, sha256, write_json, write_parquet
from register.seasons import season_end
from register.shard import Shard
from register.store import Register

#: About how many households the models of past seasons are compared on.
COMPARED = 2000


def main(workspace: Workspace, params: Parameters) -> None:
    """Read the model, the cohort and the features; write explanations by county, and how firm they are."""
    model, of_county = delivering_model(workspace, params), _cohort(workspace, params)
    if isinstance(model, Ranking):
        _rank(workspace, model, of_county, params)
        return
    shared = _shared(workspace, model, of_county, params, Ready.where_any)
    made = map_shards(_explain, of_county, "explanations", params.compute, shared)
    forget_unfinished(workspace.explanations)
    ended, alike, drawn = zip(*made, strict=True)
    _write_ending_help(workspace, pl.concat(ended), pl.concat(alike), params)
    write_json(
        workspace.explanations / "stability.json", _stability(workspace, model, pd.concat(drawn), params)
    )
    shared.ready.clear()


def make_ready(workspace: Workspace, params: Parameters, index: int, n: int) -> None:
    """Explain every `n`-th county, from the `index`-th on, for the stage to take; an order needs no help."""
    model, of_county = delivering_model(workspace, params), _cohort(workspace, params)
    if not isinstance(model, Ranking):
        shared = _shared(workspace, model, of_county, params, Ready.of)
        map_shards(_make_ready, of_county[index::n], "explanations", params.compute, shared)


def _cohort(workspace: Workspace, params: Parameters) -> list[Part]:
    """Read the season's cohort by county."""
    rows = read_parquet(workspace.cohort).filter(pl.col("as_of_date") == season_end(params.season))
    return parts(rows, sorted(path.stem for path in workspace.features.glob("*.parquet")))


def built_for(workspace: Workspace, county_id: str, params: Parameters) -> pl.DataFrame:
    """Read the features of a county that the season's explanations rest on: those of the year behind it."""
    dates = year_up_to(season_end(params.season), is_panel=params.label.is_panel)
    return read_features(workspace.features / f"{county_id}.parquet", dates)


class _Shared(NamedTuple):
    """Who explains, where the facts lie, how many households past models are compared on, what is ready."""

    workspace: Workspace
    model: RiskModel
    forecast: CauseForecast | None
    register: Register
    params: Parameters
    share: float
    ready: Ready

    def built(self, county_id: str) -> pl.DataFrame:
        return built_for(self.workspace, county_id, self.params)


#: The pieces of a county: its explanations, what its help ended would do, whom its households are like.
EXPLAINED, HELP_ENDED, LIKE = "explained", "ended", "alike"


def _shared(
    workspace: Workspace, model: RiskModel, of_county: Sequence[Part], params: Parameters, ready: Named
) -> _Shared:
    forecast, register = delivered_forecast(workspace, params), Register(workspace.register)
    share = COMPARED / max(sum(len(one.rows) for one in of_county), 1)
    pieces = ready(workspace, "explain", lambda: _made_from(workspace, register, params))
    return _Shared(workspace, model, forecast, register, params, share, pieces)


def _made_from(workspace: Workspace, register: Register, params: Parameters) -> dict[str, str]:
    """Say by hash what decides an explanation: rows, facts, model, parameters."""
    files = [workspace.cohort, *workspace.features.glob("*.parquet")]
    files += [path for path in delivery_of(workspace, params).folder.rglob("*") if path.is_file()]
    decisive = {name: one for name, one in params.written().items() if name not in ("compute", "profiles")}
    hashes = {str(path): sha256(path) for path in files}
    return {**hashes, "register": register.digest, "params": json_text(decisive)}


def _explain(part: Part, shared: _Shared) -> tuple[pl.DataFrame, pl.DataFrame, pd.DataFrame]:
    """Write a county's explanations; give what its help ended would do, and the households compared on."""
    target = shared.workspace.explanations / f"{part.county_id}.parquet"
    if shared.ready.take(part.county_id, EXPLAINED, target):
        ended, alike = (read_parquet(shared.ready.path(part.county_id, one)) for one in (HELP_ENDED, LIKE))
        _, frame = feature_frame(part.rows, [shared.built(part.county_id)], shared.model.feature_names)
    else:
        explained, ended, alike, frame = _explained(part, shared)
        write_parquet(target, explained)
    ids = pl.Series("household_id", frame.index.get_level_values(0), dtype=pl.String)
    return ended, alike, frame[household_lot(ids, "stability") < shared.share]


def _make_ready(part: Part, shared: _Shared) -> None:
    explained, ended, alike, _ = _explained(part, shared)
    pieces = {HELP_ENDED: ended, LIKE: alike, EXPLAINED: explained}  # the last says that all are there
    for piece, rows in pieces.items():
        write_parquet(shared.ready.path(part.county_id, piece), rows)


def _explained(part: Part, shared: _Shared) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame, pd.DataFrame]:
    """Explain a county; beside that what its help ended would do, whom its households are like, its facts."""
    county_id, own = part
    explained, frame = explain_county(
        shared.model, shared.forecast, own, shared.built(county_id), shared.params
    )
    ended, alike = _help_ended(shared.model, frame, own, shared.register.shard(county_id), shared.params)
    return explained, ended, alike, frame


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


def _rank(workspace: Workspace, ranking: Ranking, of_county: Sequence[Part], params: Parameters) -> None:
    """Order the cohort as is published; of an order no stability is to be told."""
    map_shards(_ranked, of_county, "explanations", params.compute, (workspace, ranking, params))
    _write_ending_help(workspace, pl.DataFrame(schema=ENDED), pl.DataFrame(schema=ALIKE), params)
    write_json(workspace.explanations / "stability.json", [])


def _ranked(part: Part, shared: tuple[Workspace, Ranking, Parameters]) -> None:
    workspace, ranking, params = shared
    features = built_for(workspace, part.county_id, params)
    ranked = ranked_households(ranking, part.rows, features, params.watchlist.least_multiplier)
    explained = with_confidence(with_shares(ranked, None), params.model.forecast)
    write_parquet(workspace.explanations / f"{part.county_id}.parquet", explained)


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
