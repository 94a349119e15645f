from datetime import date

import polars as pl

from watchlists.sheets.identified import reached

DAY, LATER = date(2024, 1, 1), date(2025, 1, 1)


def test_own_number_head_phone_and_address_come_from_the_last_record_that_says_them():
    """Grandmother was head until she died; her son has no phone of his own, but the house has."""
    vault = pl.DataFrame(
        [
            {"table": "households", "household_id": "H1", "valid_from": DAY, "phone": "1", "address": "二组"},
            {"table": "households", "household_id": "H1", "valid_from": LATER, "phone": "2", "address": None},
            {"table": "members", "household_id": "H1", "member_id": "a", "valid_from": DAY, "name": "奶奶"},
            {"table": "members", "household_id": "H1", "member_id": "b", "valid_from": DAY, "name": "儿子"},
            {"table": "members", "household_id": "H2", "member_id": "c", "valid_from": DAY, "name": "独居"},
            {"table": "numbers", "household_id": "H1", "number": "0530623001"},
        ]
    ).with_columns(recorded_on="valid_from")
    members = pl.DataFrame({"member_id": ["a", "b"], "relation": ["parent", "head"]})
    rows = [{"household_id": name} for name in ("H1", "H2", "H3")]
    assert [tuple(row.values()) for row in reached(rows, vault, members)] == [
        ("H1", "0530623001", "儿子", "2", "二组"),
        ("H2", "", "独居", "", ""),
        ("H3", "", "", "", ""),
    ]
    assert reached(rows[2:], pl.DataFrame(), members) == [
        {**rows[2], "number": "", "head": "", "phone": "", "address": ""}
    ]
    assert reached(rows[:1], vault.drop("number"), members)[0]["number"] == ""  # of an earlier version
