import polars as pl
import pytest

from studies.fairness.seed_figures import AUC, GAP, LOSS, OWN_LINE_LOSS, PRECISION
from studies.fairness.seed_page import write_seeds


def changes(seed):
    rows = [
        (LOSS, "", "", "", 9000.0, 8995.0),
        (OWN_LINE_LOSS, "", "", "", 8990.0, 8988.0),
        (AUC, "", "", "", 0.8052, 0.8055),
        (PRECISION, "by_risk", "", "", 30.3, 30.7),
        (GAP, "delivered", "household_size", "4-5", -3.4, -1.9),
        (GAP, "delivered", "elderly_only", "yes", 16.3, 15.2),
    ]
    names = ("figure", "list", "group", "value", "one_line", "by_class")
    return pl.DataFrame(
        [
            {"seed": seed, "n": 1003, "n_positive": 42, **dict(zip(names, row, strict=True))}
            | {f"{name}{end}": None for name in names[4:] for end in ("_low", "_high")}
            | {"change": row[5] - row[4], "change_low": -0.25, "change_high": 1.75}
            | {"further": abs(row[5]) - abs(row[4]), "further_low": -0.04, "further_high": 0.5}
            for row in rows
        ]
    )


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    target = tmp_path_factory.mktemp("docs") / "fairness_seeds.md"
    write_seeds(target, pl.concat(changes(one) for one in ("7", "8", "pooled")), (8, 5000), 1000, None)
    return target.read_text(encoding="utf-8")


def test_the_page_says_by_which_command_and_on_what(page):
    assert "`python -m studies.fairness --seeds 7 8` on 20" in page
    assert "8 counties of\n5,000 households" in page
    assert "commit unknown;" in page


def test_risks_are_told_by_seed_and_of_all(page):
    for seed in ("7", "8", "pooled"):
        assert f"| {seed} | 1,005 | 40 | -5.0 [-0.2, +1.8] | -2.0 [-0.2, +1.8] | 0.8052, +0.0003 [" in page


def test_lists_are_told_with_both_readings(page):
    assert "| 7 | by risk alone | precision | 30.3 | 30.7 | +0.4 [-0.2, +1.8] |  |" in page
    assert (
        "| 8 | as delivered | gap, household size 4-5 | -3.4 | -1.9 | +1.5 [-0.2, +1.8] | -1.5 [+0.0, +0.5] |"
        in page
    )
    assert (
        "| pooled | as delivered | gap, elderly members only | +16.3 | +15.2 | -1.1 [-0.2, +1.8] | -1.1 ["
        in page
    )


def test_every_table_has_rows_of_one_width(page):
    tables = [one for one in page.split("\n\n") if one.startswith("|")]
    assert len(tables) == 2
    for table in tables:
        assert len({line.count("|") for line in table.strip().splitlines()}) == 1


def test_no_interval_is_made_up(tmp_path):
    ends = [pl.lit(None, dtype=pl.Float64).alias(name) for name in ("change_low", "change_high")]
    write_seeds(tmp_path / "page.md", changes("7").with_columns(ends), (1, 10), 0, "abc")
    assert "| 7 | by risk alone | precision | 30.3 | 30.7 | +0.4 |  |" in (tmp_path / "page.md").read_text()
