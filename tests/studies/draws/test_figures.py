"""What is quoted is the model's own pooled figure, and how far other keys move it."""

import polars as pl
import pytest

from pipelines.workspace.workspace import Workspace
from register.atomic import write_json, write_text
from studies.draws.figures import FIGURES, Drawn, drawn

COLUMNS = "origin,subgroup,model,compared_with,metric,list,ties,value,low,high\n"
OWN = "pooled,all,risk_model,,{metric},{of},mean,0.8,0.75,0.85\n"
OTHERS = (
    "2024Q1,all,risk_model,,{metric},{of},mean,0.1,0.1,0.1\n"
    "pooled,return,risk_model,,{metric},{of},mean,0.2,0.2,0.2\n"
    "pooled,all,logistic,,{metric},{of},mean,0.3,0.3,0.3\n"
    "pooled,all,risk_model,logistic,{metric},{of},mean,0.4,0.4,0.4\n"
    "pooled,all,risk_model,,{metric},{of},worst,0.5,0.5,0.5\n"
)


def finished(folder, value):
    """Leave a run's figures: every one of them is `value`, its interval 0.75 to 0.85."""
    lines = [(OTHERS + OWN).format(metric=metric, of=of or "") for metric, of, _ in FIGURES.values()]
    workspace = Workspace(folder)
    write_text(workspace.tables / "leaderboard.csv", COLUMNS + "".join(lines))
    write_json(workspace.evaluation / "metrics.json", dict.fromkeys(FIGURES, value))
    return workspace


def test_the_run_is_read_with_its_interval_and_every_key_beside_it(tmp_path):
    made, others = (
        finished(tmp_path / "run", 0.8),
        [finished(tmp_path / str(one), one / 100) for one in (79, 82)],
    )
    figures = drawn(made, others)
    assert [one.called for one in figures] == [called for _, _, called in FIGURES.values()]
    assert {one[1:] for one in figures} == {(0.8, 0.75, 0.85, (0.79, 0.82))}


def test_the_range_counts_the_runs_own_key():
    assert Drawn("AUC", 0.8, 0.75, 0.85, (0.81, 0.82)).range_share == pytest.approx(0.2)


def test_a_run_without_the_figure_is_no_run_to_quote(tmp_path):
    made = finished(tmp_path, 0.8)
    write_text(made.tables / "leaderboard.csv", COLUMNS + OTHERS.format(metric="auc", of=""))
    with pytest.raises(pl.exceptions.OutOfBoundsError):
        drawn(made, [made])
