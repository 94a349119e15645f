"""`huitou missed`: who fell in a judged season without being on its list, and what was known of them then."""

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import NamedTuple

import polars as pl

from features.storage import read_features
from models.attribution.year_behind import year_up_to
from models.keys import KEYS
from models.labels.outcomes import outcomes
from models.risk.model import RiskModel
from models.risk.storage import load_model
from pipelines.commands.hand_out import for_owner_alone, refuse_place
from pipelines.commands.missed_words import missed_text
from pipelines.stages.explain import explain_county
from pipelines.stages.policy_tables import cohort_to_visit, past_cohorts
from pipelines.stages.watchlist import list_rules_from
from pipelines.workspace.parameters import Parameters, load_params
from pipelines.workspace.shards import Part, map_shards, parts
from pipelines.workspace.training_outputs import training_facts
from pipelines.workspace.workspace import HERE
from register.errors import SeasonError
from register.seasons import season_end
from register.store import Register
from watchlists.label_wording import wording_of
from watchlists.sheets.spreadsheet import write_csv
from watchlists.visits.missed import missed
from watchlists.visits.policies import turns_under

FILE = "missed.csv"
#: What they came to the outcome by: seen below the line, or without one of the three guarantees.
LINE, GUARANTEE, IDENTIFIED = "line", "guarantee", "identified"
_BY_DEFINITION = (
    pl.when(pl.col("gap") > 0)
    .then(pl.lit(LINE))
    .when(pl.col("seen_on").is_not_null())
    .then(pl.lit(GUARANTEE))
)
#: What `MISSED` lacks: attributed then, and seen since.
BESIDE = {
    "household_id": pl.String(),
    "main_cause": pl.String(),
    "named_causes": pl.List(pl.String()),
    "vulnerability": pl.List(pl.String()),
    "fell_by": pl.String(),
    "fallen_as": pl.String(),
    "gap": pl.Float64(),
    "lead_months": pl.Float64(),
    "seen_on": pl.Date(),
}


def list_missed(season: str, output: Path | None = None) -> str:
    """Say who fell without being on the list of a season that was judged.

    The list is the one that would have been delivered: must-visit households first, then the
    risk of the model trained for that season, at the visits of today's parameters.

    Parameters
    ----------
    season : str
        One that the last run judged.
    output : Path, optional
        A new folder for ``missed.csv``, all rows with their whole ids, for its owner alone.

    Returns
    -------
    str
        Counts, and those with the highest risks, their ids cut short.

    Raises
    ------
    SeasonError
        When the season was not judged.
    SourceError
        When the folder is in use or inside the releases.
    """
    params = load_params()
    if output:
        refuse_place(output)
    turns = _turns(season, params)
    key = list_rules_from(params).visiting.capacity.key
    rows = _beside(missed(turns, key), season, params)
    text = missed_text(season, turns, rows, wording_of(params.label.written()))
    if output is None:
        return text
    with for_owner_alone():
        write_csv(output / FILE, rows)
    return f"{text}{output / FILE}\n"


def _turns(season: str, params: Parameters) -> pl.DataFrame:
    """Put the season's cohort in the order of its list."""
    judged = training_facts(HERE)["origins"] if HERE.training.is_file() else []
    if season not in judged:
        raise SeasonError(
            f"season: found {season!r}, allowed are the seasons the last run judged: "
            f"{', '.join(judged) or 'none'}; name one of them, or run the pipeline first (huitou run)"
        )
    visiting = list_rules_from(params).visiting
    cohort = cohort_to_visit(HERE, season, past_cohorts(HERE)[season], visiting)
    return turns_under("list", cohort, visiting)


def _beside(unlisted: pl.DataFrame, season: str, params: Parameters) -> pl.DataFrame:
    """Add the cause that the season's own model would have named, and how and when they fell."""
    model, register = load_model(HERE.origins / season, params.compute.threads), Register(HERE.register)
    known_on = date.fromisoformat(training_facts(HERE)["register_end"])
    day = season_end(season)
    dated, dates = unlisted.with_columns(as_of_date=day), year_up_to(day, is_panel=params.label.is_panel)
    shared = _Shared(model, register, params, known_on, dates)
    of_county = parts(dated, dated["county_id"].unique().sort())
    explained = map_shards(_explained, of_county, "missed", params.compute, shared)
    beside = pl.concat(explained) if explained else pl.DataFrame(schema=BESIDE)
    return unlisted.join(beside.select(list(BESIDE)), on="household_id", how="left", maintain_order="left")


class _Shared(NamedTuple):
    """By which model, register and parameters those missed are explained, known until when."""

    model: RiskModel
    register: Register
    params: Parameters
    known_on: date
    dates: Collection[date]


def _explained(part: Part, shared: _Shared) -> pl.DataFrame:
    params, built = shared.params, read_features(HERE.features / f"{part.county_id}.parquet", shared.dates)
    by = pl.lit(IDENTIFIED) if params.label.is_administrative else _BY_DEFINITION
    lifted = part.rows.join(built.select(*KEYS, "category"), on=list(KEYS)).with_columns(
        (pl.col("category") == "lifted_out").alias("is_lifted_out")
    )
    fell = outcomes(shared.register.shard(part.county_id), lifted, params.label, shared.known_on)
    explained, _ = explain_county(
        shared.model, None, part.rows, built, params
    )  # today's forecast knows too much
    return explained.join(fell.with_columns(by.alias("fell_by")), on="household_id")
