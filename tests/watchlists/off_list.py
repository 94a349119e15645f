"""Hands that fill in the page of visits off the list, and who lives where."""

import polars as pl

from tests.watchlists.handed_out import FOUND, filled
from watchlists.lookbacks.off_list.household import ROLL
from watchlists.sheets.sheet_words import OFF_LIST_COLUMNS, OFF_LIST_SHEET

AT = {name: place for place, (name, *_) in enumerate(OFF_LIST_COLUMNS, 1)}
#: What a visit to a household that nobody listed writes down.
VISIT = {**FOUND, "note": None}
#: Two households of one head's name in two villages, two in one, one under a name of two parts.
HOMES = {
    "W1": ("大河村", "王桂花"),
    "W2": ("小河村", "王桂花"),
    "L1": ("大河村", "李成"),
    "L2": ("大河村", "李成"),
    "A1": ("小河村", "阿依·古丽"),
    "N1": ("小河村", None),
}


def roll(homes=HOMES, county="C1"):
    rows = [
        {"household_id": one, "county_id": county, "township_id": "T1", "village_id": f"V-{place[:2]}"}
        | {"village_name": place, "head": head}
        for one, (place, head) in homes.items()
    ]
    return pl.DataFrame(rows, schema=ROLL)


def entered(release, target, *rows, listed=None, change=None):
    """Hand in a workbook of a release with rows off the list, from the first empty one on."""

    def write(book):
        sheet = book[OFF_LIST_SHEET]
        for number, fields in enumerate(rows, 2):
            for name, value in fields.items():
                sheet.cell(number, AT[name]).value = value
        if change:
            change(book)

    return filled(release, target, listed or {}, write)
