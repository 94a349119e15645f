"""Stage: judge the origins' models with what happened after, beside the baselines."""

from functools import partial

import polars as pl

from models.evaluation.evaluation_tables import at_shares, lead_times, reliability
from models.evaluation.groups import audit, differences
from models.evaluation.help_bias import by_help, without_begun
from models.evaluation.leaderboard import MODEL as RISK_MODEL
from models.evaluation.leaderboard import Bootstrap, leaderboard
from models.labels.label_rules import LabelRules
from models.labels.regimes import regime_table
from models.risk.storage import MANIFEST
from models.training.backtest import boundaries, season_table
from pipelines.stages.evaluation_rows import AUDITED, judged_rows
from pipelines.stages.recording import record_run
from pipelines.workspace.parameters import load_params
from pipelines.workspace.stage import run_stage
from pipelines.workspace.tracking import log_evaluation, track
from pipelines.workspace.training_outputs import training_facts
from pipelines.workspace.workspace import CANARIES, EVALUATION, MODEL, REGISTER, progress
from register.atomic import read_parquet, sha256, write_json, write_text
from register.seasons import season_of
from register.store import Register

TABLES = EVALUATION / "tables"


def main() -> None:
    """Gather the scored households, judge them, write the tables and the figures."""
    params = load_params()
    asked, threads = params.evaluate, params.compute.threads
    judged, bootstrap = judged_rows(params), Bootstrap(asked.bootstrap, asked.seed)
    scores = judged.drop(AUDITED)
    board = leaderboard(scores, bootstrap, threads, partial(progress, title="leaderboard", unit="cell"))
    groups = audit(judged, bootstrap)
    pooled = pl.col("origin") == "pooled"
    cohort, rules = read_parquet(MODEL / "cohort.parquet"), params.label
    tables = {
        "leaderboard": board,
        "reliability": reliability(scores, asked.bins, bootstrap),
        "precision_at_share": at_shares(scores, asked.shares),
        "lead_times": lead_times(scores),
        "groups": groups.filter(pooled).drop("origin"),
        "groups_by_season": groups.filter(~pooled),
        "group_differences": differences(groups),
        "seasons": _seasons(cohort, rules),
        "by_help": by_help(judged, bootstrap),
        "without_begun_help": without_begun(judged, bootstrap),
        "canaries": pl.read_json(CANARIES),
        "boundaries": boundaries(cohort, training_facts()["origins"], rules.months),
    }
    if Register(REGISTER).holds("monitoring"):  # a survey has no such rules
        tables["regimes"] = regime_table(cohort, rules)
    for name, table in tables.items():
        write_text(TABLES / f"{name}.csv", table.write_csv())
    metrics = _headline(board)
    write_json(EVALUATION / "metrics.json", metrics)
    record_run(params)
    model_digest = sha256(MODEL / "final" / MANIFEST)
    known = {name: value for name, value in metrics.items() if value is not None}
    track(log_evaluation(model_digest, known, _by_season(board), EVALUATION))


def _seasons(cohort: pl.DataFrame, rules: LabelRules) -> pl.DataFrame:
    season = pl.col("as_of_date").map_elements(season_of, return_dtype=pl.String).alias("season")
    return season_table(cohort, rules.censored).select(season, pl.exclude("as_of_date"))


def _headline(board: pl.DataFrame) -> dict[str, float | int | None]:
    """Pick the pooled figures a person compares runs by; a missing one is null."""
    pooled = board.filter(pl.col("origin") == "pooled")
    found: dict[str, float | int | None] = {}
    for row in pooled.iter_rows(named=True):
        tail = "_return" if row["subgroup"] == "return" else ""
        who = "" if row["model"] == RISK_MODEL else f"_{row['model'].replace('-', '_')}"
        if row["metric"] in (_HEADLINES if row["model"] == RISK_MODEL else _OF_OTHERS):
            found[f"{row['metric']}{tail}{who}"] = row["value"]
        if row["model"] == RISK_MODEL and row["metric"] == "auc":
            found |= {f"auc{tail}_low": row["low"], f"auc{tail}_high": row["high"]}
            found |= {f"n{tail}": row["n"], f"n_positive{tail}": row["n_positive"]}
    return found


def _by_season(board: pl.DataFrame) -> dict[str, dict[str, float]]:
    """Pick each origin's figures of the model, for the curves in MLflow."""
    rows = board.filter(
        pl.col("origin") != "pooled", pl.col("model") == RISK_MODEL, pl.col("metric").is_in(_HEADLINES)
    ).drop_nulls("value")
    found: dict[str, dict[str, float]] = {}
    for row in rows.iter_rows(named=True):
        found.setdefault(row["origin"], {})[f"{row['metric']}_{row['subgroup']}"] = row["value"]
    return found


_HEADLINES = (
    *("auc", "ap", "precision_at_5", "precision_at_10", "recall_at_10", "lift_at_10"),
    *("precision_at_capacity", "recall_at_capacity", "lift_at_capacity", "exclusion_error"),
    *("inclusion_error", "omission_rate", "gap_weighted_exclusion", "lead_months", "list_overlap"),
    *("base_rate", "bias", "slope", "brier_skill", "log_loss"),
)
_OF_OTHERS = ("auc", "ap", "precision_at_10", "precision_at_capacity")


if __name__ == "__main__":
    run_stage(main, TABLES)
