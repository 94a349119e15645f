"""The simulated prefecture is repeatable, keeps the contracts and looks like the published one."""

from datetime import date
from functools import cache

import numpy as np
import polars as pl
import pytest

from register.breaches import breaches
from register.errors import ParamsError
from register.intake.casting import cast
from register.readings import readings
from register.reference import income_lines
from register.shard import Shard
from register.sources.delivery import RawTable
from register.tables import TABLES
from simulator.consequences import spread_payments
from simulator.county import simulate_county
from simulator.events import Strikes
from simulator.population import county_id
from simulator.recording import recorded
from simulator.schooling import spells_of
from simulator.settings import SimulatorParameters
from simulator.timeline import Timeline, rolling_year
from simulator.truth import truth_of
from tests.parameters import parameters

SECTION = parameters().simulator.written()
SMALL = SimulatorParameters.of(
    {**SECTION, "households_per_county": 700, "villages_per_county": 8, "risk_seasons": [], "futures": 20}
)
END = date(2025, 12, 31)


@cache
def county():
    made = simulate_county(0, SMALL)
    return made.tables, truth_of(made, SMALL)


@cache
def casts():
    return {
        name: cast(RawTable(name, f"{name}.csv", frame), TABLES[name]) for name, frame in county()[0].items()
    }


@cache
def shard():
    clean = {}
    for name, cast_table in casts().items():
        bad = cast_table.reasons["row"].cast(pl.UInt32).implode()
        clean[name] = cast_table.frame.filter(~pl.col("row").is_in(bad)).drop("file", "row").unique()
    return Shard.of(clean, income_lines())


def test_a_county_is_the_same_whenever_it_is_made_and_unlike_its_neighbour():
    made = simulate_county(0, SMALL)
    tables, truth = made.tables, truth_of(made, SMALL)
    assert all(tables[name].equals(county()[0][name]) for name in tables)
    assert all(truth[name].equals(county()[1][name]) for name in truth)
    assert not simulate_county(1, SMALL).tables["income"].equals(tables["income"])


def test_every_table_but_look_backs_comes_as_text_in_contract_order():
    assert list(county()[0]) == [name for name in TABLES if name not in ("lookbacks", "found_off_list")]
    for name, frame in county()[0].items():
        assert frame.columns == list(TABLES[name].by_name)
        assert set(frame.dtypes) == {pl.String()}
        assert len(frame) > 0


def test_dirty_rows_stay_well_under_what_ingest_would_refuse():
    for cast_table in casts().values():
        share = cast_table.reasons["row"].n_unique() / len(cast_table.frame)
        assert share < 0.025
    assert casts()["income"].reasons.height > 0


def test_nothing_is_recorded_before_it_happened_or_after_the_register_ends():
    for name in ("income", "health", "shocks", "monitoring"):
        frame = casts()[name].frame.drop_nulls(["occurred_on", "recorded_on"])
        assert (frame["recorded_on"] >= frame["occurred_on"]).all()
        assert frame["recorded_on"].max() <= END


def test_four_records_of_five_are_entered_in_their_month_and_nearly_all_within_three():
    timeline, rng = Timeline(SMALL.first_month, SMALL.months), np.random.default_rng(0)
    events = timeline.day_in(rng.integers(12, 72, 20_000), rng.integers(1, 29, 20_000))
    entered = recorded(events, np.ones(len(events)), SMALL, timeline, rng)
    months = timeline.month_of(entered) - timeline.month_of(events)
    assert (months == 0).mean() == pytest.approx(0.80, abs=0.02)
    assert (months <= 3).mean() == pytest.approx(0.97, abs=0.01)
    assert months.max() <= 16
    autumn = (entered[months > 3].astype("datetime64[M]").astype(int) % 12) + 1
    assert set(autumn) == {10, 11, 12}


def test_a_spell_that_ended_is_a_later_version_of_the_spell_that_began():
    spells = casts()["employment"].frame.drop_nulls(["member_id", "started_on", "recorded_on"])
    versions = (
        spells.unique()
        .group_by("member_id", "started_on", "activity")
        .agg(
            opened=pl.col("recorded_on").filter(pl.col("ended_on").is_null()).min(),
            closed=pl.col("recorded_on").filter(pl.col("ended_on").is_not_null()).max(),
        )
        .drop_nulls()
    )
    assert len(versions) > 50
    assert (versions["closed"] > versions["opened"]).all()


def test_the_people_are_those_of_the_published_prefecture():
    known = readings(shard(), [date(2024, 12, 31)], 12)
    assert known["n_members"].mean() == pytest.approx(3.5, abs=0.3)
    assert (known["category"] == "lifted_out").mean() == pytest.approx(0.23, abs=0.1)
    chronic = shard().tables["health"].filter(pl.col("kind") == "chronic")["household_id"].n_unique()
    assert chronic / 700 == pytest.approx(0.35, abs=0.09)
    assert known["resources_over_line"].median() == pytest.approx(2.0, abs=0.35)


def test_a_few_of_a_hundred_healthy_households_fall_below_the_line_in_a_year():
    start, seasons = (
        date(2023, 9, 30),
        [date(2023, 12, 31), date(2024, 3, 31), date(2024, 6, 30), date(2024, 9, 30)],
    )
    healthy = readings(shard(), [start], 12).filter(pl.col("resources_over_line") >= 1)["household_id"]
    later = readings(shard(), seasons, 12, known_on=END).filter(pl.col("resources_over_line") < 1)
    unsafe = breaches(shard(), END).filter(pl.col("began_on").is_between(start, seasons[-1], closed="right"))
    fallen = {*later["household_id"], *unsafe["household_id"]} & set(healthy)
    assert 0.01 < len(fallen) / len(healthy) < 0.08


def test_late_records_seldom_put_a_household_under_the_line():
    day = date(2024, 9, 30)
    then = readings(shard(), [day], 12).rename({"resources_over_line": "then"})
    now = readings(shard(), [day], 12, known_on=END).select("household_id", now="resources_over_line")
    healthy = then.join(now, on="household_id").filter(pl.col("now") >= 1)
    assert healthy.select((pl.col("then") < 1).mean()).item() < 0.05


def test_nobody_is_eliminated_before_six_months():
    events = shard().tables["monitoring"].unique(["household_id", "occurred_on", "event"])
    events = events.sort("household_id", "occurred_on").with_columns(
        since=pl.col("occurred_on").shift(1).over("household_id"),
        before=pl.col("event").shift(1).over("household_id"),
    )
    ended = events.filter((pl.col("event") == "eliminated") & (pl.col("before") == "identified"))
    assert len(ended) > 0
    six_months_on = ended["since"].dt.offset_by(f"{SMALL.least_months}mo")
    assert (ended["occurred_on"] >= six_months_on).all()


def test_a_cost_is_paid_in_full_within_the_year():
    # One stay in month 1 of 24 for 1,000 yuan.
    one = Strikes(*(np.array([value]) for value in (0, 1, 3)), np.array([1000.0]), np.array([0.5]))
    paid = spread_payments(one, (1, 24), ((0, 0.6), (3, 0.4)))
    assert paid[0, 1] == pytest.approx(600)
    assert paid[0, 4] == pytest.approx(400)
    assert paid.sum() == pytest.approx(1000)


def test_no_strike_takes_more_than_there_is():
    # Two strikes at once, each taking 70 % of an income of 100.
    two = Strikes(*(np.array([value, value]) for value in (0, 1, 2)), np.zeros(2), np.array([0.7, 0.7]))
    assert two.losses(np.full((1, 4), 100.0)).tolist() == [[0, 100, 100, 0]]


def test_a_rolling_year_brings_the_first_months_to_a_year():
    assert rolling_year(np.ones((1, 14))).tolist() == [[12.0] * 14]


def test_spells_are_runs_of_equal_values():
    assert spells_of(np.array([[1, 1, 0], [2, 2, 2]])).rows() == [(0, 0, 2, 1), (0, 2, 3, 0), (1, 0, 3, 2)]


def test_counties_are_numbered_within_the_prefecture_of_their_region():
    assert [county_id(number, SMALL.office) for number in (0, 7)] == ["530901", "530908"]
    elsewhere = SMALL.office.model_copy(update={"region": "520000"})
    assert county_id(0, elsewhere) == "520901"


def test_a_missing_parameter_is_named():
    with pytest.raises(ParamsError) as caught:
        SimulatorParameters.of(
            {name: value for name, value in SECTION.items() if name != "seed"}, "simulator"
        )
    assert str(caught.value) == (
        "simulator.seed: not found, allowed is a whole number from 0; write it there"
    )


def test_a_misspelt_parameter_is_told_the_nearest():
    with pytest.raises(ParamsError) as caught:
        SimulatorParameters.of(
            {name: value for name, value in SECTION.items() if name != "seed"} | {"sead": 1}, "simulator"
        )
    assert str(caught.value) == "simulator.sead: no such parameter; the nearest is simulator.seed; mend it"


def test_a_negative_rate_is_refused():
    with pytest.raises(ParamsError) as caught:
        SimulatorParameters.of({**SECTION, "dropout_rate": -0.1}, "simulator")
    assert str(caught.value) == ("simulator.dropout_rate: found -0.1, allowed is a number from 0; mend it")


def test_a_negative_number_deep_in_the_section_is_named_in_full():
    illness = {**SECTION["shocks"]["illness"], "takes": [-0.3, 1.0]}
    with pytest.raises(ParamsError) as caught:
        SimulatorParameters.of({**SECTION, "shocks": {**SECTION["shocks"], "illness": illness}}, "simulator")
    assert str(caught.value) == (
        "simulator.shocks.illness.takes item 1: found -0.3, allowed is a number from 0; mend it"
    )


def test_a_shock_that_lacks_its_cost_is_named():
    illness = {name: value for name, value in SECTION["shocks"]["illness"].items() if name != "cost"}
    with pytest.raises(ParamsError) as caught:
        SimulatorParameters.of({**SECTION, "shocks": {**SECTION["shocks"], "illness": illness}}, "simulator")
    assert str(caught.value) == (
        "simulator.shocks.illness.cost: not found, allowed is a number from 0; write it there"
    )


def test_a_first_month_that_is_no_date_is_refused():
    with pytest.raises(ParamsError) as caught:
        SimulatorParameters.of({**SECTION, "first_month": "2021"}, "simulator")
    assert str(caught.value) == (
        "simulator.first_month: found '2021', allowed is a month such as 2021-01; mend it"
    )
