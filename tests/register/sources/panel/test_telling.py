"""What is said of waves are figures of many; a small count is not told."""

import polars as pl

from register.sources.panel.telling import count_of, of_attrition, of_waves
from register.sources.panel.waves import waves_of

WAVES = waves_of("panel.yaml", {"1": ("2009", ()), "2": ("2010", ())})
#: 20 households on 2, of whom 10 fall to .5 and 9 are not asked again.
ROWS = [("1", f"h{one}", 2.0, 1.0 + one // 10) for one in range(20)]
ROWS += [("2", f"h{one}", 0.5 if one < 10 else 2.0, 1.0) for one in range(11)]
HOMES = pl.DataFrame(ROWS, schema=["wave", "household_id", "resources", "weight"], orient="row").with_columns(
    equivalents=pl.lit(1.0), split_from=pl.lit(None, pl.String)
)
LINES = {"1": 1.0, "2": 1.0}


def test_waves_are_told_with_and_without_weights():
    first, second = of_waves(HOMES, LINES, WAVES)
    assert first.endswith(
        "20 households, 0.0% (加权 weighted 0.0%) below the line (1.00 an equivalent a month)"
    )
    assert "11 households, 90.9% (加权 weighted 90.9%)" in second


def test_attrition_and_falls_are_told():
    (line,) = of_attrition(HOMES, LINES, WAVES)
    assert "1 to 2: 9 households not seen again (censored), 0 new parts" in line
    # Ten of the eleven who came back fell; the eleventh weighs 2.
    assert "of 11 above the line 90.9% (加权 weighted 83.3%) fell below it" in line


def test_a_small_count_is_not_told():
    assert [count_of(number) for number in (0, 3, 8)] == ["0", "<8", "8"]
