"""Stage: judge the origins' models with what happened after, beside the baselines."""

import json
from collections.abc import Mapping
from functools import partial
from typing import Any

import polars as pl

from models.backtest import reliability, season_table
from models.labels import CENSORED
from models.leaderboard import SCORES, SUBGROUPS, leaderboard, slice_of
from models.metrics import Ranking
from models.storage import MANIFEST
from models.training_set import KEYS
from pipelines.recording import record_run
from pipelines.stage import run_stage
from pipelines.tracking import log_evaluation, track
from pipelines.workspace import CANARIES, EVALUATION, MODEL, load_params, progress
from register.atomic import read_parquet, sha256, write_json, write_text
from register.seasons import season_of

TABLES = EVALUATION / "tables"


def main() -> None:
    """Read the origins' scores and the labels, judge, write the tables and the figures."""
    params = load_params()
    settings, threads = params["evaluate"], params["compute"]["threads"]
    judged = _judged()
    walk = partial(progress, title="leaderboard", unit="cell")
    board = leaderboard(judged, settings["bootstrap"], settings["seed"], threads, walk)
    _write("leaderboard", board)
    _write("reliability", reliability(judged, settings["bins"]))
    _write("precision_at_share", _at_shares(judged, settings["shares"]))
    _write("seasons", _seasons())
    _write("canaries", pl.read_json(CANARIES))
    metrics = _headline(board)
    write_json(EVALUATION / "metrics.json", metrics)
    record_run(params)
    model_digest = sha256(MODEL / "final" / MANIFEST)
    known = {name: value for name, value in metrics.items() if value is not None}
    track(log_evaluation(model_digest, known, _by_season(board), EVALUATION))


def _judged() -> pl.DataFrame:
    """Join the origins' scores with the labels known at the register's end."""
    known = read_parquet(MODEL / "cohort.parquet").drop_nulls("label").select(*KEYS, "is_return", "label")
    chosen = json.loads((MODEL / "training.json").read_text(encoding="utf-8"))["origins"]
    scored = [
        read_parquet(MODEL / "origins" / season / "scores.parquet").with_columns(origin=pl.lit(season))
        for season in chosen
    ]
    return pl.concat(scored).join(known, on=KEYS, how="inner").sort(KEYS)


def _at_shares(judged: pl.DataFrame, shares: list[float]) -> pl.DataFrame:
    """Measure every model at every share of the cohort listed, all origins pooled."""
    rows = []
    for subgroup in SUBGROUPS:
        at = slice_of(judged, "pooled", subgroup)
        label = at["label"].cast(pl.Int64).to_numpy()
        for model in SCORES if len(at) else ():
            once = pl.ones(len(at), dtype=pl.Float64, eager=True).to_numpy().reshape(1, -1)
            found = Ranking(at[model].to_numpy(), label).metrics(once, shares)
            rows += [_share_row(subgroup, model, share, found) for share in shares]
    return pl.DataFrame(rows)


def _share_row(subgroup: str, model: str, share: float, found: Mapping[str, Any]) -> dict[str, Any]:
    names = {
        "precision": f"precision_at_{share:g}",
        "precision_worst": f"precision_at_{share:g}_worst",
        "precision_best": f"precision_at_{share:g}_best",
        "recall": f"recall_at_{share:g}",
        "lift": f"lift_at_{share:g}",
    }
    values = {name: round(float(found[column][0]), 6) for name, column in names.items()}
    return {"subgroup": subgroup, "model": model, "share_percent": float(share), **values}


def _seasons() -> pl.DataFrame:
    counted = season_table(read_parquet(MODEL / "cohort.parquet"), CENSORED)
    season = pl.col("as_of_date").map_elements(season_of, return_dtype=pl.String).alias("season")
    return counted.select(season, pl.exclude("as_of_date"))


def _headline(board: pl.DataFrame) -> dict[str, float | int | None]:
    """Pick the pooled figures a person compares runs by; a missing one is null."""
    pooled = board.filter(pl.col("origin") == "pooled")
    found: dict[str, float | int | None] = {}
    for row in pooled.iter_rows(named=True):
        tail = "_return" if row["subgroup"] == "return" else ""
        who = "" if row["model"] == "risk_model" else f"_{row['model'].replace('-', '_')}"
        if row["metric"] in _HEADLINES.get(row["model"], ()):
            found[f"{row['metric']}{tail}{who}"] = row["value"]
        if row["model"] == "risk_model" and row["metric"] == "auc":
            found |= {f"auc{tail}_low": row["low"], f"auc{tail}_high": row["high"]}
            found |= {f"n{tail}": row["n"], f"n_positive{tail}": row["n_positive"]}
    return found


def _by_season(board: pl.DataFrame) -> dict[str, dict[str, float]]:
    """Pick each origin's figures of the model, for the curves in MLflow."""
    rows = board.filter(
        pl.col("origin") != "pooled",
        pl.col("model") == "risk_model",
        pl.col("metric").is_in(_HEADLINES["risk_model"]),
    ).drop_nulls("value")
    found: dict[str, dict[str, float]] = {}
    for row in rows.iter_rows(named=True):
        found.setdefault(row["origin"], {})[f"{row['metric']}_{row['subgroup']}"] = row["value"]
    return found


_HEADLINES = {
    "risk_model": (
        *("auc", "ap", "precision_at_5", "precision_at_10", "recall_at_10", "lift_at_10"),
        *("base_rate", "bias", "slope", "brier_skill", "log_loss"),
    ),
    "income_over_line": ("auc", "ap", "precision_at_10"),
    "logistic": ("auc", "ap", "precision_at_10"),
}


def _write(name: str, frame: pl.DataFrame) -> None:
    write_text(TABLES / f"{name}.csv", frame.write_csv())


if __name__ == "__main__":
    run_stage(main)
