"""The report sets what groups of the population get beside what those of the households asked get."""

import polars as pl
import pytest

from models.evaluation.weighted_groups import FIGURES
from register.atomic import write_text
from tests.watchlists.judged import PARAMS, evaluated_in
from watchlists.report.published_evaluation import read_published_evaluation
from watchlists.report.weighted_groups import COLUMNS, weighted_group_section


def table(once=0.2, weighted=0.3):
    """Elderly households fell, and stand on the list, more often in the population than among those asked."""
    ends = {f"{side}{end}": None for side in ("once", "weighted") for end in ("_low", "_high")}
    rows = [
        {
            "group": "elderly_only",
            "value": value,
            "figure": name,
            "n": 100,
            "n_positive": 30,
            "n_weighted": 100,
        }
        | {"once": scale * once, "weighted": scale * weighted, **ends}
        for value in ("yes", "no")
        for name in FIGURES
        for scale in (100 if name.endswith("_gap") else 1,)
    ]
    return pl.DataFrame(rows).with_columns(weighted_low=pl.col("weighted") - 0.1)


def read(folder, made):
    write_text(evaluated_in(folder) / "tables" / "weighted_groups.csv", made.write_csv())
    return read_published_evaluation(folder, PARAMS.label.written())


def test_every_figure_stands_twice_for_every_group(tmp_path):
    section = weighted_group_section(read(tmp_path, table()))
    assert len(section["columns"]) == 2 * len(COLUMNS)
    assert [one[1] for one in section["columns"]][:2] == ["base rate", "base rate, weighted"]
    (row,) = section["rows"]
    assert "elderly" in row["name"][1]
    assert [one[0] for one in row["cells"]] == [
        "20.0%",
        "30.0%",
        "20.0%",
        "30.0%",
        "20.0",
        "30.0",
        "20.0%",
        "30.0%",
    ]


def test_intervals_stand_where_they_were_drawn(tmp_path):
    made = table().with_columns(weighted_high=pl.col("weighted") + 0.1)
    (row,) = weighted_group_section(read(tmp_path, made))["rows"]
    assert row["cells"][:2] == [("20.0%", ""), ("30.0%", "[20.0, 40.0]")]
    assert row["cells"][5] == ("30.0", "[29.9, 30.1]")


def test_what_could_not_be_measured_is_a_dash(tmp_path):
    made = table().with_columns(
        pl.lit(None, dtype=pl.Float64).alias(name) for name in ("weighted", "weighted_low")
    )
    (row,) = weighted_group_section(read(tmp_path, made))["rows"]
    assert {one[0] for one in row["cells"][1::2]} == {"–"}


@pytest.mark.parametrize("made", [None, table().clear()])
def test_without_weights_or_groups_there_is_no_such_table(tmp_path, made):
    if made is None:
        evaluated_in(tmp_path)
        evaluation = read_published_evaluation(tmp_path, PARAMS.label.written())
    else:
        evaluation = read(tmp_path, made)
    assert weighted_group_section(evaluation) is None
