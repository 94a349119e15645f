from datetime import date

import pytest

from register.errors import ContractError
from register.shard import Shard
from tests.households import household, lines_of, tables_of, village_of


def amounts(shard, as_of, known_on=None):
    return shard.view("income", date.fromisoformat(as_of), known_on)["amount"].to_list()


def test_a_correction_counts_from_the_day_it_was_recorded():
    """Ma's January wage was entered as 100 in February and corrected to 80 in May."""
    wage = {"occurred_on": "2024-01-31", "source": "wage"}
    shard = village_of(
        _with(
            household("ma"),
            income=[
                {**wage, "amount": 100.0, "recorded_on": "2024-02-05"},
                {**wage, "amount": 80.0, "recorded_on": "2024-05-02"},
            ],
        )
    )
    assert amounts(shard, "2024-01-31") == []
    assert amounts(shard, "2024-03-31") == [100.0]
    assert amounts(shard, "2024-05-02") == [80.0]
    assert amounts(shard, "2024-01-31", known_on=date(2024, 6, 30)) == [80.0]
    assert shard.tables["income"]["replaced_on"].to_list() == [date(2024, 5, 2), None]


def _with(one, **rows):
    name = one["households"][0]["household_id"]
    return {
        **one,
        **{table: [{"household_id": name, **row} for row in records] for table, records in rows.items()},
    }


def test_the_state_in_force_is_shown_and_an_ended_one_is_not():
    """Household Hu was lifted out in 2020, became ordinary in 2023 and dissolved in 2025."""
    hu = _with(
        household("hu"),
        households=[
            {"category": "lifted_out", "valid_from": "2020-01-01"},
            {"category": "ordinary", "valid_from": "2023-01-01"},
            {
                "category": "ordinary",
                "valid_from": "2023-01-01",
                "valid_to": "2025-01-01",
                "recorded_on": "2025-02-01",
            },
        ],
    )
    shard = village_of(hu)
    categories = {
        day: shard.view("households", date.fromisoformat(day))["category"].to_list()
        for day in ("2019-12-31", "2022-12-31", "2023-01-01", "2025-01-31", "2025-02-01")
    }
    assert list(categories.values()) == [[], ["lifted_out"], ["ordinary"], ["ordinary"], []]
    assert len(shard.view("households", date(2024, 12, 31), known_on=date(2025, 6, 1))) == 1


def test_months_ago_counts_calendar_months():
    shard = village_of(household("gao", income=1, first="2023-11", last="2024-01"))
    assert shard.view("income", date(2024, 1, 31))["months_ago"].to_list() == [2, 1, 0]


def test_a_line_holds_from_its_first_day_to_the_day_before_its_last():
    lines = lines_of().with_columns(effective_to=date(2024, 1, 1))
    shard = Shard.of(tables_of(villages=[{}]), lines)
    (before, inside, after) = (
        shard.line_on(date(*day)) for day in ((2009, 12, 31), (2023, 12, 31), (2024, 1, 1))
    )
    assert (before, after) == (None, None)
    assert (inside.region_id, inside.per_month, inside.per_year, inside.currency) == ("R1", 100.0, 1200.0, "")


def test_a_county_in_two_income_regions_is_refused():
    villages = [{"village_id": "V1"}, {"village_id": "V2", "region_id": "R2"}]
    with pytest.raises(ContractError) as refusal:
        Shard.of(tables_of(villages=villages), lines_of())
    assert str(refusal.value) == (
        "villages: a county must lie in one region_id, found ['R1', 'R2']; "
        "give each county one income-line region"
    )
