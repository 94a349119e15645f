"""Amounts are brought to a household's month, the line to every wave."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.errors import ContractError
from register.sources.panel.money import PER_MONTH, by_line, monthly
from register.sources.panel.waves import waves_of
from tests.register.sources.panel.amounts import homes, layout

WAVES = waves_of("panel.yaml", {"1": ("2009", ()), "2": ("2010", ())})


@given(st.sampled_from(sorted(PER_MONTH)), st.sampled_from(["household", "head", "equivalent"]))
def test_twelve_months_are_a_year_whoever_an_amount_is_for(period, per):
    sized = homes(heads=[4.0, 1.0, 4.0], equivalents=[2.0, 1.0, 2.0])
    made = monthly(sized, layout(resources={"kind": "income", "period": period, "per": per}))
    times = {"household": 1, "head": 4, "equivalent": 2}[per]
    days = {
        "day": 1,
        "week": 365 / 52,
        "fortnight": 365 / 26,
        "month": 365 / 12,
        "quarter": 365 / 4,
        "year": 365,
    }
    assert made["resources"][0] * 12 == pytest.approx(100 * times * 365 / days[period])


def test_consumption_below_nothing_is_refused_and_a_loss_of_income_is_not():
    below = homes(**{"amount.other": [-9.0, 1.0, 1.0]}, heads=1.0, equivalents=1.0)
    with pytest.raises(
        ContractError, match=r"^the mapping: consumption of 1 households and waves is below 0; list"
    ):
        monthly(below, layout())
    assert monthly(below, layout(resources={"kind": "income", "period": "month"}))["resources"][0] == -9


@pytest.mark.parametrize(
    ("sections", "expected"),
    [
        ({}, {"1": 1.0, "2": 1.0}),
        ({"line": {"by_wave": {"1": 12, "2": 24}, "period": "year"}}, {"1": 1.0, "2": 2.0}),
        (
            {"line": {"amount": 12, "period": "year", "prices_of": "1"}, "price_index": {"1": 50, "2": 75}},
            {"1": 1.0, "2": 1.5},
        ),
        # Of five people three live on 20 and two on 50: half of them reach 20.
        ({"line": {"percentile": 50}, "price_index": {"1": 1, "2": 2}}, {"1": 20.0, "2": 40.0}),
        ({"line": {"percentile": 50, "counted": "households", "wave": "2"}}, {"1": 7.0, "2": 7.0}),
    ],
)
def test_the_line_of_every_wave(sections, expected):
    rows = homes(resources=[60.0, 100.0, 7.0], equivalents=[3.0, 2.0, 1.0], heads=[3.0, 2.0, 1.0])
    assert by_line(rows, layout(**sections), WAVES)[1] == pytest.approx(expected)


def test_a_percentile_is_of_the_weighted_people():
    rows = homes(
        resources=[60.0, 100.0, 7.0],
        equivalents=[3.0, 2.0, 1.0],
        heads=[3.0, 2.0, 1.0],
        weight=[1.0, 9.0, 1.0],
    )
    assert by_line(rows, layout(line={"percentile": 50}), WAVES)[1]["1"] == 50


def test_households_with_a_line_of_their_own_stay_as_far_from_it():
    rows = homes(resources=[100.0, 50.0, 0.0], equivalents=[1.0, 1.0, 1.0], line=[80.0, 20.0, 30.0])
    moved, lines = by_line(rows, layout(line={"column": True, "period": "month"}), WAVES)
    assert lines == {"1": 50.0, "2": 30.0}
    assert moved["resources"].to_list() == [100 * 50 / 80, 50 * 50 / 20, 0]
    with pytest.raises(
        ContractError, match=r"^the mapping: 1 of 3 households and waves have no line above 0 in its"
    ):
        by_line(
            rows.with_columns(line=pl.Series([80.0, 20.0, None])),
            layout(line={"column": True, "period": "month"}),
            WAVES,
        )


def test_a_percentile_of_nothing_is_refused():
    rows = homes(resources=[0.0, 0.0, 0.0], equivalents=1.0, heads=1.0)
    with pytest.raises(
        ContractError, match=r"^the mapping: line.percentile 30: no resources above 0 lie there"
    ):
        by_line(rows, layout(line={"percentile": 30}), WAVES)
