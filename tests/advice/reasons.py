"""Reasons against single cells and rows: how each comes about, and its next step taken at its word."""

from datetime import datetime

from tests.advice.changes import Advice, add, both, cell, everywhere, last, put
from tests.advice.offices import WANG

DATES = {
    "not a date between": ("2024-02-31", "2024-02-29"),
    "holds a time of day": ("2024-01-31 16:00", "2024-01-31"),
    "an instant of zone": ("2024-01-31T12:00:00Z", "2024-01-31"),
    "full-width characters in this date": ("２０２４-01-31", "2024-01-31"),
    "a date without its month or day": ("2024-01", "2024-01-31"),
    "looks like the serial number": ("45322", "2024-01-31"),
    "a date without separators has exactly eight digits": ("2024131", "20240131"),
    "the year does not come first": ("31/01/2024", "2024-01-31"),
    "the year has not four digits": ("24-1-31", "2024-01-31"),
    "not a year of the Gregorian calendar": ("民国113年1月31日", "2024-01-31"),
    "words in this date": ("31 Jan", "2024-01-31"),
    "looks like a count of seconds since 1970": ("1706659200", "2024-01-31"),
}


UNSEEN = f"{WANG[:9]}\u200b{WANG[9:]}"
#: What a spreadsheet makes of 3-1.
MARCH = datetime(2024, 3, 1)  # noqa: DTZ001 - a cell has no zone


def zero_led(one):
    """Write a person's id as an office of digits only would: county, village, household, person."""
    return "00" + "".join(filter(str.isdigit, one))


ROWS = (
    *(cell(says, "income", "occurred_on", bad, good) for says, (bad, good) in DATES.items()),
    cell("lies before occurred_on", "income", "recorded_on", "2023-12-31", "2024-03-31"),
    cell("lies after the delivery", "income", "recorded_on", "2026-02-01", "2024-03-31"),
    cell("required cell is empty", "income", "amount", None, "5"),
    cell("not a number", "income", "amount", "1.2万", "12000"),
    cell("a word or sign for no value", "households", "road_distance_km", "—", None),
    cell("a word or sign for no value", "income", "amount", "无", "5"),
    Advice(
        "a total or a note beneath the table",
        add("C1", "income", household_id="合计"),
        lambda delivery: delivery["C1"]["income"].pop(),
    ),
    cell("not a number from 0 to 1e+09", "income", "amount", "-3", "3"),
    cell("not a number from 0 to 1e+09; like a code for no answer", "income", "amount", "-9", "5"),
    cell("unknown code; allowed: head, spouse", "members", "relation", "当家的", "户主"),
    cell("neither yes nor no", "households", "has_minimum_income", "maybe", "是"),
    cell("a spreadsheet rounded this id", "income", "household_id", "5.30622E+17", WANG),
    cell("a text that holds an id with a power", "income", "household_id", "5.30622E+17", WANG, kind="xlsx"),
    cell("a spreadsheet made a date of this id", "income", "member_id", "1-Mar", "1-3"),
    cell(
        "full-width or invisible characters in this id",
        "income",
        "household_id",
        f"{WANG[:9]}\u200b{WANG[9:]}",
        WANG,
    ),
    cell("a damaged character", "villages", "name", "星\ufffd村", "星火村", row=1),
    cell("the cell is a formula", "income", "amount", "=1+1", "2", kind="xlsx"),
    cell("an error value, a duration", "income", "amount", "#N/A", "2", kind="xlsx"),
    cell("a long number was stored as a number", "income", "household_id", int(WANG), WANG, kind="xlsx"),
    cell(
        "a date cell in a column that holds none",
        "income",
        "amount",
        MARCH,
        "3.1",
        kind="xlsx",
    ),
    cell("a truth value in a column that holds none", "income", "amount", True, "1", kind="xlsx"),
    Advice(
        "an id stored as a number lost the zeros it begins with",
        both(everywhere("member_id", zero_led), put("C1", "members", 2, member_id=1111)),
        put("C1", "members", 2, member_id=zero_led("C1V1H1P1")),
        "xlsx",
    ),
    Advice(
        "records of one key entered on one day differ",
        add("C1", "income", amount="7"),
        last("C1", "income", recorded_on="2025-03-01"),
    ),
    Advice(
        "records of one key entered on one day differ",
        add("C1", "income", amount="7"),
        lambda delivery: delivery["C1"]["income"].pop(),
    ),
)
