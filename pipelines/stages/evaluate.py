"""Stage: judge the origins' models with what happened after, beside the baselines."""

from functools import partial

import polars as pl

from models.evaluation.board import CAME
from models.evaluation.board import MODEL as RISK_MODEL
from models.evaluation.evaluation_tables import at_shares, lead_times, reliability
from models.evaluation.group_calibration import group_calibration
from models.evaluation.groups import audit
from models.evaluation.help_bias import by_help, without_begun
from models.evaluation.leaderboard import leaderboard
from models.evaluation.season_calibration import season_calibration
from models.evaluation.season_lines import season_lines
from models.evaluation.views import headline_comparisons, named_figures
from models.labels.label_rules import LabelRules
from models.labels.regimes import regime_table
from models.names import POOLED
from models.resampling import Bootstrap
from models.risk.storage import model_facts
from models.training.backtest import boundaries, season_table
from pipelines.stages.delivered_lists import delivered_tables, headline_of_list
from pipelines.stages.evaluation_rows import AUDITED, judged_rows
from pipelines.stages.recording import record_run
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.stage import run_stage
from pipelines.workspace.training_outputs import training_facts
from pipelines.workspace.workspace import HERE, Workspace, progress
from register.atomic import read_parquet, write_json, write_text
from register.seasons import season_of
from register.store import Register


def main(workspace: Workspace, params: Parameters) -> None:
    """Gather the scored households, judge them, write the tables and the figures."""
    if not training_facts(workspace)["origins"]:
        _write_seasons(workspace, params)
        return
    evaluation, threads = params.evaluate, params.compute.threads
    judged, bootstrap = judged_rows(workspace, params), Bootstrap(evaluation.bootstrap, evaluation.seed)
    scores = judged.drop(AUDITED)
    board = leaderboard(scores, bootstrap, threads, partial(progress, title="leaderboard", unit="model"))
    by_risk = audit(judged, bootstrap, evaluation.risk_bands).filter(origin=POOLED)
    cohort, rules = read_parquet(workspace.cohort), params.label
    tables = {
        "leaderboard": board,
        **_calibration(workspace, params, judged, board, by_risk),
        "precision_at_share": at_shares(scores, evaluation.shares),
        "lead_times": lead_times(scores),
        "groups_by_risk": by_risk.drop("origin"),
        **delivered_tables(workspace, params, judged),
        "seasons": _seasons(cohort, rules),
        "by_help": by_help(judged, bootstrap),
        "without_begun_help": without_begun(judged, bootstrap),
        "canaries": pl.read_json(workspace.canaries),
        "boundaries": boundaries(cohort, training_facts(workspace)["origins"], rules.months),
    }
    if Register(workspace.register).holds("monitoring"):  # a survey has no such rules
        tables["regimes"] = regime_table(cohort, rules)
    for name, table in tables.items():
        write_text(workspace.tables / f"{name}.csv", table.write_csv())
    metrics = headline(board) | headline_of_list(tables)
    write_json(workspace.evaluation / "metrics.json", metrics)
    more = metrics["auc_over_income"]
    write_json(workspace.worth, {"beats_income": None if more is None else more > 0})
    record_run(workspace, params)


def _calibration(
    workspace: Workspace, params: Parameters, judged: pl.DataFrame, board: pl.DataFrame, groups: pl.DataFrame
) -> dict[str, pl.DataFrame]:
    """Hold risks against what came true: by decile, season and group, with the lines it rests on."""
    evaluation, chosen = params.evaluate, training_facts(workspace)["origins"]
    bootstrap = Bootstrap(evaluation.bootstrap, evaluation.seed)
    facts = {one: model_facts(workspace.origins / one) for one in chosen}
    return {
        "reliability": reliability(judged, evaluation.bins, bootstrap),
        "group_calibration": group_calibration(judged, groups, bootstrap),
        "calibration_by_season": season_calibration(board, facts),
        "season_lines": season_lines(Register(workspace.register).lines, chosen, params.label.months),
    }


def _write_seasons(workspace: Workspace, params: Parameters) -> None:
    """Count the seasons, where there is no model to judge."""
    table = _seasons(read_parquet(workspace.cohort), params.label)
    write_text(workspace.tables / "seasons.csv", table.write_csv())
    write_json(workspace.evaluation / "metrics.json", {})
    write_json(workspace.worth, {"beats_income": None})


def _seasons(cohort: pl.DataFrame, rules: LabelRules) -> pl.DataFrame:
    season = pl.col("as_of_date").map_elements(season_of, return_dtype=pl.String).alias("season")
    return season_table(cohort, rules.censored).select(season, pl.exclude("as_of_date"))


def headline(board: pl.DataFrame) -> dict[str, float | int | None]:
    """Pick the pooled figures a person compares runs by; a missing one is null."""
    of_others = [one.name for one in headline_comparisons()]
    figures: dict[str, float | int | None] = {}
    for row in named_figures(board.filter(origin=POOLED)):
        tail, is_own = "_return" if row["subgroup"] == "return" else "", row["model"] == RISK_MODEL
        who = _OWN.get(row["model"], f"_{row['model'].replace('-', '_')}")
        if row["model"] in _OWN or row["name"] in of_others:
            figures[f"{row['name']}{tail}{who}"] = row["value"]
        if is_own and row["name"] == "auc":
            figures |= {f"auc{tail}_low": row["low"], f"auc{tail}_high": row["high"]}
            figures |= {f"n{tail}": row["n"], f"n_positive{tail}": row["n_positive"]}
    return figures | _over_income(board)


#: The risk model's two readings, with what follows the names of their figures.
_OWN = {RISK_MODEL: "", CAME: "_came"}


def _over_income(board: pl.DataFrame) -> dict[str, float | None]:
    """Give the AUC beyond that of income alone, with its interval: whether a model is worth its trouble."""
    paired = board.filter(
        origin=POOLED, subgroup="all", model=RISK_MODEL, metric="auc", compared_with="income_over_line"
    )
    ends = {"": "value", "_low": "low", "_high": "high"}
    return {f"auc_over_income{tail}": paired[name][0] if len(paired) else None for tail, name in ends.items()}


if __name__ == "__main__":
    run_stage(main, HERE.tables)
