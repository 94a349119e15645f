"""Rows that go back to townships: kept encrypted from reading to reading, and written as their sheets.

What officers wrote may name people. It is kept under the vault's key; in clear it stands
only in the sheets that are handed out, for their owner alone, and these are made again
from what is kept.
"""

import csv
import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

import polars as pl

from pipelines.commands.hand_out import for_owner_alone, refuse_place
from pipelines.workspace.workspace import HERE
from register.atomic import sha256
from register.errors import SourceError
from register.file_names import file_stem
from register.intake.building import RETURNED, begin, swap
from register.keys.settings import PrivacyParameters
from register.vault.encrypted_json import read_encrypted, write_encrypted
from register.vault.place import VaultPlace
from watchlists.language import Language, in_language
from watchlists.lookbacks.places import PLACED
from watchlists.lookbacks.returned import Returned
from watchlists.lookbacks.returned_book import write_returned_book
from watchlists.lookbacks.sheet import mark
from watchlists.lookbacks.townships import Place
from watchlists.release.paths import place_name
from watchlists.sheets.spreadsheet import write_csv

KEPT = HERE.artifacts / "lookback" / "returned.encrypted"
#: Where the sheets are written unless another folder is named.
SHEETS = HERE.artifacts / "lookback" / "returned"
REMEDY = (
    "restore the key from its safe copy, or move this file away and read back all workbooks "
    "that were handed in, which finds the rows again"
)
RETURNED_ROWS = ("退回表", "returned rows")
#: Says what lies in the folder of sheets, and that it was written here.
CONTENTS = "returned.csv"
#: Where the rows stood when they were set aside, beside what is said of them.
OPEN_ROWS = {"read_on": pl.String(), "county_id": pl.String(), "township_id": pl.String(), **PLACED}


def open_rows(privacy: PrivacyParameters) -> list[Returned]:
    """Read the rows that earlier readings set aside and that are not solved yet.

    Raises
    ------
    StoreError
        When they were kept under another key, or the file was changed.
    """
    kept = read_encrypted(KEPT, VaultPlace.key_of(privacy), REMEDY)
    return [Returned.of(one) for one in kept or []]


def keep_open_rows(rows: Sequence[Returned], privacy: PrivacyParameters) -> None:
    """Keep rows for the next reading."""
    if rows:
        write_encrypted(KEPT, VaultPlace.key_of(privacy), [asdict(one) for one in rows])
    else:
        KEPT.unlink(missing_ok=True)


def list_open_rows(rows: Sequence[Returned], off_list: pl.DataFrame, day: date, target: Path) -> None:
    """List what cannot be taken, without anything that was written there.

    Parameters
    ----------
    rows : sequence of Returned
    off_list : DataFrame
        Reasons against rows off the list (`PLACED`), of this reading alone: no sheet returns them.
    day : date
        Of this reading.
    target : Path
    """
    lines: list[tuple[object, ...]] = [
        (one.read_on, one.county_id, one.township_id, one.file, one.row, *asdict(objection).values())
        for one in rows
        for objection in one.objections
    ]
    lines += [(day.isoformat(), "", "", *reason) for reason in off_list.select(list(PLACED)).iter_rows()]
    write_csv(target, pl.DataFrame(lines, schema=OPEN_ROWS, orient="row"))


def refuse_folder(folder: Path, files: Sequence[Path]) -> None:
    """Refuse a folder that somebody else uses, or with sheets that were filled in and not read back.

    Parameters
    ----------
    folder : Path
        The sheets in it are to be replaced.
    files : sequence of Path
        What is read back now: a sheet among them may have been changed.

    Raises
    ------
    SourceError
    """
    RETURNED.refuse_foreign(folder)
    if not (folder / CONTENTS).exists():
        refuse_place(folder)
        return
    with (folder / CONTENTS).open(encoding="utf-8-sig", newline="") as opened:
        hashes = {line["file"]: line["sha256"] for line in csv.DictReader(opened)}
    being_read = {os.path.realpath(file) for file in files}
    for path in sorted(folder.rglob("*.xlsx")):
        name = path.relative_to(folder).as_posix()
        if os.path.realpath(path) not in being_read and sha256(path) != hashes.get(name):
            raise SourceError(
                f"{path}: was changed after it was written and would be replaced; read it back with the "
                "others, or move it away"
            )


def write_sheets(
    folder: Path, rows: Sequence[Returned], titles: Mapping[Place, str], language: Language
) -> None:
    """Write one sheet a list and township into a folder that takes the place of the one before.

    Parameters
    ----------
    folder : Path
    rows : sequence of Returned
    titles : mapping of (county, township) to str
        What townships are called; one of an earlier reading that is not among them goes by its ids.
    language : str
    """
    parts: dict[tuple[str, str, str], list[Returned]] = defaultdict(list)
    for one in rows:
        parts[mark(one.season, one.list_id), one.county_id, one.township_id].append(one)
    with for_owner_alone():
        building = begin(folder, RETURNED)
        contents = [_written(building, part, titles, language) for _, part in sorted(parts.items())]
        schema = dict.fromkeys(("file", "sha256", "county_id", "township_id", "season"), pl.String())
        write_csv(
            building / CONTENTS,
            pl.DataFrame(contents, schema={**schema, "rows": pl.Int64()}, orient="row"),
        )
        swap(building, folder, RETURNED)


def _written(
    building: Path, rows: Sequence[Returned], titles: Mapping[Place, str], language: Language
) -> tuple[str, str, str, str, str, int]:
    first = rows[0]
    of_list = mark(first.season, first.list_id)
    county, township = first.county_id or "-", first.township_id or "-"
    target = building / of_list / file_stem(county) / f"退回表 {file_stem(township)}.xlsx"
    ids = place_name(county, township)
    called = titles.get((first.county_id, first.township_id), ids)
    title = f"{in_language(RETURNED_ROWS, language)} {called} {first.season}"
    write_returned_book(target, rows, title, of_list, language)
    name = target.relative_to(building).as_posix()
    return name, sha256(target), first.county_id, first.township_id, first.season, len(rows)
