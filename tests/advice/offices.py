"""Two small counties as text, to be spoilt and then mended just as a message says."""

from datetime import date

import polars as pl

from register.intake.admission import admit
from register.intake.admitted import check_county
from register.intake.counties import opened, take_counties, with_other_counties
from register.sources.folder import FolderSource
from tests.fuzz.meanings import counties as whole_counties
from tests.register import exports

#: Ids as long as real ones, so that a spreadsheet can spoil them.
WANG, LI = "530622199001011237", "530622198511030024"
CITIZENS = {"C1V1H0": WANG, "C1V1H1": LI}
#: Nothing is recorded after it; the deliveries end in 2024.
DELIVERED_ON = date(2026, 1, 31)


def office():
    """Give county -> table -> rows (column -> text or None)."""
    return {
        county: {name: [_row(row) for row in frame.to_dicts()] for name, frame in tables.items()}
        for county, tables in whole_counties().items()
    }


def _row(row):
    texts = {name: None if value is None else str(value) for name, value in row.items()}
    if texts.get("household_id") in CITIZENS:
        texts["household_id"] = CITIZENS[texts["household_id"]]
    return texts


def write(folder, delivery, kind="csv"):
    """Write every table; typed values stay so in a workbook only."""
    for county, tables in delivery.items():
        for name, rows in tables.items():
            path = folder / county / f"{name}.{kind}"
            path.parent.mkdir(parents=True, exist_ok=True)
            if kind == "xlsx":
                exports.workbook(path, rows)
            else:
                path.write_text(written(rows), encoding="utf-8")
    return folder


def written(rows):
    """Write rows as CSV."""
    lines = [list(rows[0]), *([value or "" for value in row.values()] for row in rows)]
    return "".join(",".join(_quoted(cell) for cell in line) + "\n" for line in lines)


def _quoted(cell):
    return '"' + cell.replace('"', '""') + '"' if set(cell) & set('",\n') else cell


def set_aside(folder, *, whole=True):
    """Admit a folder as ingest and `huitou check` do; give every reason against a row.

    Raises what a file, or where it must be `whole` a county, is refused for.
    """
    source = FolderSource(folder)
    counties, lines = opened(source)

    def take(county, claimed):
        return admit(county, source.tables(county), DELIVERED_ON, claimed)

    admitted = take_counties(source, counties, take, lambda one: one)
    for county, one in admitted.items() if whole else ():
        check_county(county, one, lines)
    return with_other_counties(pl.concat(one.reasons for one in admitted.values()), admitted)
