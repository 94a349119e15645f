"""The README's own file, put among the metrics, and the places where the metric is then found."""

import sys
from pathlib import Path

import polars as pl
import pytest

from models.evaluation import declaration, metrics
from models.evaluation.declaration import declared_metrics
from models.evaluation.dictionary import metric_table
from models.evaluation.leaderboard import leaderboard
from models.evaluation.publishable import publishable
from models.evaluation.views import At, every_figure
from models.resampling import Bootstrap
from pipelines.stages.evaluate import headline
from tests.models.judged_rows import judged
from tests.watchlists.judged import PARAMS, evaluated_in
from watchlists.report.published_evaluation import read_judgement
from watchlists.report.tables import capacity_section

README = (Path(declaration.__file__).parent / "README.md").read_text(encoding="utf-8")
FILE = README.split("```python\n")[1].split("```")[0]
WORDS = ("综合命中", "F1")
FEW = Bootstrap(20, 1)


@pytest.fixture(autouse=True)
def one_file(monkeypatch, tmp_path):
    """Put the README's file into the package, and nothing else."""
    declared_metrics()
    (tmp_path / "metrics").mkdir()
    (tmp_path / "metrics" / "f1.py").write_text(FILE, encoding="utf-8")
    monkeypatch.setattr(metrics, "__path__", [*metrics.__path__, str(tmp_path / "metrics")])
    monkeypatch.setattr(declaration, "_declared", dict(declaration._declared))
    declaration._read_declarations.cache_clear()
    yield
    sys.modules.pop("models.evaluation.metrics.f1", None)
    vars(metrics).pop("f1", None)


def own(board):
    return board.filter(pl.col("compared_with").is_null(), model="risk_model", metric="f1")


def test_it_is_a_few_lines_and_stands_on_the_leaderboard_with_its_interval():
    assert len(FILE.strip().splitlines()) <= 20
    board = leaderboard(judged(), FEW)
    row = own(board).filter(origin="pooled", subgroup="all").row(0, named=True)
    precision, recall = (
        board.filter(pl.col("compared_with").is_null(), origin="pooled", subgroup="all", model="risk_model")
        .filter(metric=name, list="capacity", ties="mean")["value"]
        .item()
        for name in ("precision", "recall")
    )
    assert (row["list"], row["ties"]) == ("capacity", "mean")
    assert row["value"] == pytest.approx(2 * precision * recall / (precision + recall), abs=2e-6)
    assert row["low"] < row["value"] < row["high"]


def test_runs_are_compared_by_it():
    assert {"f1", "f1_return"} <= headline(leaderboard(judged(), FEW)).keys()


def test_the_report_shows_it_at_the_real_visits(tmp_path):
    judgement = read_judgement(evaluated_in(tmp_path), PARAMS.label.written())
    table = capacity_section(judgement)["table"]
    assert WORDS in table["columns"]
    assert table["rows"][0]["cells"][table["columns"].index(WORDS)][0] != "–"
    assert every_figure()["f1"] == At("f1", "capacity")


def test_it_is_hidden_where_a_cell_of_its_list_is_small():
    """One visit in each of two townships and two seasons: four listed."""
    board = leaderboard(judged().with_columns(visits=1), FEW)
    assert own(board)["value"].null_count() == 0
    assert own(publishable(board))["value"].null_count() == len(own(board))


def test_it_stands_in_the_docs():
    rows = [row.split(" | ")[1:] for row in metric_table().splitlines() if row.startswith("| `f1` |")]
    definition = "Twice the hits, over the listed and the fallen together."
    counts = "hits, missed, false_alarms"
    assert rows == [[*WORDS, definition, "list capacity", "↑", counts, "Dice 1945 |"]]
