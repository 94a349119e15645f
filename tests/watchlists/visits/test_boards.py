import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import poisson

from models.evaluation.disclosure import SMALL
from tests.watchlists.lists import explained, forecast, scores
from watchlists.visits.boards import BOARD, FORECASTS, boards

COUNTS = st.lists(
    st.tuples(st.sampled_from(["T1", "T2"]), st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=6
)
VILLAGES = pl.DataFrame(schema={"village_id": pl.String(), "name": pl.String()})


def cohort(drawn):
    """A village a drawn row, with so many households listed and so many not."""
    rows = [
        {**explained(f"H{v:02d}-{n:02d}", township=place), "village_id": f"V{v}", "is_listed": n < listed}
        for v, (place, listed, others) in enumerate(drawn)
        for n in range(listed + others)
    ]
    return scores(*rows).with_columns(site_id=pl.lit(None, dtype=pl.String()))


@settings(max_examples=25)
@given(COUNTS.filter(lambda drawn: sum(listed + others for _, listed, others in drawn)))
def test_no_small_count_is_shown_or_comes_back_by_subtraction(drawn):
    truth = cohort(drawn).group_by("village_id", "township_id").agg(pl.len(), pl.col("is_listed").sum())
    shown = boards(cohort(drawn), VILLAGES)
    for count, real in (("households", "len"), ("visits", "is_listed")):
        assert (shown[count].drop_nulls() > SMALL).all()
        villages = shown.filter(pl.col("level") == "village").join(
            truth, left_on="area_id", right_on="village_id"
        )
        for part in villages.partition_by("within_id"):
            hidden = part.filter(pl.col(count).is_null())
            assert len(hidden) in (0, len(part)) or (len(hidden) >= 2 and hidden[real].sum() > SMALL)


def village_of(*rows, came_out=(1.0, 1.0)):
    frame = scores(*rows).with_columns(site_id=pl.lit("S1"))
    names = pl.DataFrame({"village_id": ["T1-V1"], "name": ["一村"]})
    areas = boards(frame, names, came_out)
    assert tuple(areas.columns) == BOARD
    assert areas.filter(pl.col("level") == "site")["area_id"].to_list() == ["S1"]
    return areas.filter(pl.col("level") == "village").row(0, named=True)


def hundred(risk=0.2, forecasts=None, **changes):
    """A hundred households, ten listed: eighty ill, eight at school this year; twelve only poor for long."""
    rows = [explained(f"H{n}", risk=risk, illness=0.9, income=0.3, water=-1.0) for n in range(80)]
    rows += [explained(f"S{n}", risk=risk, schooling=0.9) for n in range(8)]
    rows += [explained(f"P{n}", risk=risk, illness=2.0, income=3.0, events=()) for n in range(12)]
    return [{**row, "is_listed": n < 10, **(forecasts or {}), **changes} for n, row in enumerate(rows)]


def test_a_village_adds_up_its_risk_and_counts_named_causes_and_never_parts():
    village = village_of(*hundred(), came_out=(0.5, 1.2))
    assert (village["area_name"], village["within_id"], village["households"]) == ("一村", "T1", 100)
    assert (village["expected"], village["unvisited"]) == (20.0, 18.0)
    assert (village["share_illness"], village["share_none"]) == (0.8, 0.12)
    assert village["share_schooling"] is None, "or all would tell how few have any other cause: none"
    assert village["expected_low"] == poisson.ppf(0.025, 0.5 * 19.5)
    assert village["expected_high"] == poisson.ppf(0.975, 1.2 * 20.5)
    assert village["forecast_illness"] is None


def test_a_household_counts_by_its_main_cause_with_its_risk():
    """Nine households of .8 hit by a disaster weigh nearly as much as eighty ill ones of .1."""
    struck = [
        {**explained(f"D{n}", risk=0.8, disaster=0.5, illness=0.4), "is_listed": True} for n in range(9)
    ]
    village = village_of(*struck, *hundred(risk=0.1))
    assert (village["share_disaster"], village["share_illness"]) == (0.42, 0.47)  # 7.2 and 8 of 17.2


def test_the_forecast_splits_the_expected_falls_where_every_household_has_one():
    village = village_of(*hundred(forecasts=forecast(illness=0.75, schooling=0.25)))
    assert (village["forecast_illness"], village["forecast_schooling"]) == (0.75, 0.25)
    assert sum(village[name] for name in FORECASTS) == pytest.approx(1.0)
    one_without = village_of(*hundred()[:1], *hundred(forecasts=forecast(illness=1.0))[1:])
    assert one_without["forecast_illness"] is None


def test_under_a_published_order_households_count_and_nothing_is_expected():
    village = village_of(*hundred(risk=None))
    assert (village["expected"], village["share_illness"], village["share_none"]) == (None, 0.8, 0.12)


def test_a_cause_of_few_is_not_told_nor_what_a_whole_would_bring_back_of_it():
    """Seven struck by a disaster among a hundred ill: the share of these would tell that of those."""
    struck = [explained(f"D{n}", risk=0.2, disaster=0.5) for n in range(7)]
    ill = [explained(f"H{n}", risk=0.2, illness=0.9) for n in range(100)]
    village = village_of(*({**row, "is_listed": False} for row in (*struck, *ill)))
    assert village["households"] == 107
    assert (village["share_disaster"], village["share_illness"]) == (None, None)


def test_a_county_in_which_nobody_is_judged_has_an_empty_board():
    areas = boards(cohort([("T1", 1, 1)]).clear(), VILLAGES)
    assert areas.is_empty()
    assert tuple(areas.columns) == BOARD


def test_the_order_of_households_does_not_matter():
    frame = cohort([("T1", 3, 9), ("T1", 1, 8), ("T2", 8, 1)])
    shuffled = frame.sample(fraction=1.0, shuffle=True, seed=3)
    assert boards(shuffled, VILLAGES).equals(boards(frame, VILLAGES))
