"""Township officers of a simulated prefecture: they visit, write what they found, and hand the workbook in.

Run in a workspace, ``python -m tests.officers SEASON FOLDER [HANDED]`` fills copies of the season's
workbooks, or of those that were handed out. What they find leans on the simulator's truth, with the
slips of real visits; it is made up, like the prefecture.
"""

import sys
from datetime import date, timedelta
from pathlib import Path
from random import Random

import polars as pl

from pipelines.workspace.workspace import HERE
from register.seasons import months_later, season_end
from register.tables.lookbacks import LOOKBACKS
from studies.oracle.oracle import pseudonym
from studies.oracle.truth import read_truth
from tests.watchlists.handed_out import PLACES, opened
from tests.watchlists.off_list import AT
from watchlists.sheets.sheet_words import LOOKBACK_SHEET, OFF_LIST_SHEET

VISITED = 0.85  # share of the listed somebody goes to; the rest is left empty
SEEN = 0.8  # of those who will fall, share found at risk
SEEN_IN_VAIN = 0.15  # of those who will not
RIGHT_CAUSE = (
    0.75  # of those who will fall, share whose cause is found as it is; of the others no cause is written
)
HELPED, MOVED = 0.08, 0.03  # found helped already, or gone
BEGUN = 0.7  # of the confirmed, share for whom a measure begins at the visit
DAYS = (10, 80)  # after the list's date
OFF_LIST = 6  # households of a township that nobody listed and somebody goes to, those that will fall first

WORDS = {name: column.meanings for name, column in LOOKBACKS.by_name.items() if column.meanings}


def falls_after(season):
    """Give the true cause of the first fall within a year of the list, by household."""
    day = season_end(season)
    falls = read_truth(HERE.truth, "falls", pseudonym())
    soon = falls.filter(pl.col("fell_on") > day, pl.col("fell_on") <= months_later(day, 12))
    return dict(
        soon.sort("fell_on").unique("household_id", keep="first").select("household_id", "cause").iter_rows()
    )


def found(household_id, falls, season):
    """What a visit to a household writes down: fields of the sheet, none if nobody went."""
    draw = Random(f"{season} {household_id}")
    if draw.random() > VISITED:
        return {}
    chances = [MOVED, HELPED, SEEN if household_id in falls else SEEN_IN_VAIN]
    results = ["moved_away", "already_helped", "confirmed"]
    result = next(
        (one for one, chance in zip(results, chances, strict=True) if draw.random() < chance), "not_confirmed"
    )
    told = {
        "visited_on": season_end(season) + timedelta(days=draw.randint(*DAYS)),
        "role": "village_cadre",
        "result": result,
    }
    if result == "confirmed" and household_id in falls:
        true, other = falls[household_id], draw.choice(list(WORDS["causes_found"]))
        told["causes_found"] = (
            true if true in WORDS["causes_found"] and draw.random() < RIGHT_CAUSE else other
        )
    if result == "confirmed" and draw.random() < BEGUN:
        told["measures_begun"] = draw.choice(list(WORDS["measures_begun"]))
    return told


def unlisted_by_township(season):
    """Give the households that were scored and not listed, by county and township."""
    released = HERE.releases / season
    listed = pl.read_parquet(released / "watchlist.parquet")["household_id"]
    scores = pl.read_parquet(released / "scores.parquet").filter(
        ~pl.col("household_id").is_in(listed.implode())
    )
    places = scores.sort("household_id").group_by("county_id", "township_id", maintain_order=True)
    return {place: part["household_id"].to_list() for place, part in places}


def chosen(households, falls):
    """Those that will fall first: neighbours speak up for them."""
    return sorted(households, key=lambda one: one not in falls)[:OFF_LIST]


def write_off_list(sheet, households, falls, season):
    """Write down visits to households that nobody listed."""
    for row, household_id in enumerate(households, 2):
        told = found(household_id, falls, season)
        for name, value in {"household_id": household_id, **told}.items() if told else ():
            written = value if isinstance(value, date) else WORDS.get(name, {}).get(value, value)
            sheet.cell(row, AT[name]).value = written


def fill(season, folder, handed=None):
    """Fill the workbooks of a release, or those handed out of it, into `folder`."""
    books = sorted((handed or HERE.releases / season / "workbooks").rglob("*.xlsx"))
    falls = falls_after(season)
    unlisted = unlisted_by_township(season)
    for path in (one for one in books if one.parent.name != "off_list"):  # the county's own, not to fill in
        book = opened(path)
        sheet = book[LOOKBACK_SHEET]
        for row in range(2, sheet.max_row + 1):
            told = found(sheet.cell(row, PLACES["household_id"]).value, falls, season)
            for name, value in told.items():
                written = value if isinstance(value, date) else WORDS[name][value]
                sheet.cell(row, PLACES[name]).value = written
        place = path.parent.name, path.stem
        write_off_list(book[OFF_LIST_SHEET], chosen(unlisted.get(place, []), falls), falls, season)
        folder.mkdir(parents=True, exist_ok=True)
        book.save(folder / f"{path.parent.name} {path.name}")


if __name__ == "__main__":
    fill(sys.argv[1], *map(Path, sys.argv[2:]))
