"""The records behind a household that was not listed, gathered where the release's own data are at hand."""

import json
from collections.abc import Mapping
from typing import Any

import polars as pl

from features.storage import read_features
from models.attribution.year_behind import year_up_to
from models.registry.run_store import MODEL as MODEL_OF_RUN
from models.risk.model import RiskModel
from models.risk.storage import MANIFEST as MODEL_FILES
from models.risk.storage import load_model
from pipelines.stages.evidence import explained_county, facts_a_year_ago
from pipelines.stages.watchlist import list_rules_from
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.stage_code import RECORD, digest
from pipelines.workspace.workspace import HERE
from register.atomic import sha256
from register.reference import measures
from register.seasons import season_end
from register.store import MANIFEST, Register
from watchlists.reasons.help import help_in_force, with_help
from watchlists.release.store import Release
from watchlists.visits.rules import triggered_rules

#: What a household's change since last season is read off; of who was not listed it is not told.
NO_CHANGES = pl.DataFrame(
    schema={"household_id": pl.String(), "previous_season": pl.String(), "previous_risk": pl.Float64()}
)


def gathered(release: Release, household_id: str, params: Parameters) -> Mapping[str, Any] | None:
    """Gather for an unlisted household what the watchlist stage keeps of a listed one.

    Parameters
    ----------
    release : Release
        Verified.
    household_id : str
        As it stands in the scores.
    params : Parameters
        How long the texts are.

    Returns
    -------
    mapping or None
        Columns of `watchlists.reasons.evidence_shape.EXPLAINED`, the rules that speak and
        the help in force; without trials where the model is not at hand. None where the
        household is listed or was not in the cohort, and where the register and the
        features that lie here are not those the release was made from.
    """
    is_listed = (release.list["household_id"] == household_id).any()
    score = release.scores.filter(pl.col("household_id") == household_id)
    if is_listed or score.is_empty() or not _are_of(release):
        return None
    county, day = score["county_id"][0], season_end(release.season)
    shard, is_panel = Register(HERE.register).shard(county), params.label.is_panel
    built = read_features(HERE.features / f"{county}.parquet", year_up_to(day, is_panel=is_panel))
    features = built.filter(pl.col("as_of_date") == day)
    wording = list_rules_from(params).wording
    spoken = triggered_rules(features, tuple(wording.rules.values()))
    row = with_help(score.join(spoken, on="household_id"), help_in_force(shard, day), features, measures())
    model = _model(release, params)
    earlier, line = facts_a_year_ago(row, built, is_panel=is_panel), shard.line_on(day)
    beside = explained_county(row, built, NO_CHANGES, None, model, shard, day, wording, line, earlier)
    joined = row.join(beside, on="household_id").row(0, named=True)
    return {name: value for name, value in joined.items() if name not in release.scores.columns}


def _are_of(release: Release) -> bool:
    """Say whether the register and the features here are those the release was made from."""
    register, record = HERE.register / MANIFEST, HERE.features / RECORD
    if not (register.is_file() and record.is_file()):
        return False
    code = digest(json.loads(record.read_bytes()))
    made_from = (
        release.manifest.get("register_sha256"),
        release.manifest.get("code_sha256", {}).get("features"),
    )
    return made_from == (sha256(register), code)


def _model(release: Release, params: Parameters) -> RiskModel | None:
    """Load the model that made the release, if it is here."""
    run = release.manifest.get("delivered_by", {}).get("run")
    folder = HERE.runs / run / MODEL_OF_RUN if run else HERE.final
    files = folder / MODEL_FILES
    is_here = files.is_file() and sha256(files) == release.manifest.get("model_sha256")
    return load_model(folder, params.compute.threads) if is_here else None
