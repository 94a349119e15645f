"""A released list, its workbook as handed out, and hands that fill it in."""

import warnings
from io import BytesIO

import openpyxl
import polars as pl

from register.atomic import write_parquet
from tests.watchlists.lists import FALLS, LABEL, LINE, listed_row, reference_names
from watchlists.lookbacks.sheet import mark
from watchlists.reasons.household_view import household_view
from watchlists.release.manifest import FIRST_LABEL
from watchlists.release.publication import publish
from watchlists.release.store import LISTED, Releases, list_id, open_release
from watchlists.sheets.sheet_words import LOOKBACK_COLUMNS, LOOKBACK_SHEET
from watchlists.sheets.workbook import write_workbook

PLACES = {name: place for place, (name, *_) in enumerate(LOOKBACK_COLUMNS, 1)}
BOOK = "workbooks/C1/T1.xlsx"
#: What a visit that found the risk real writes down.
FOUND = {
    "visited_on": "2026-02-03",
    "role": "村干部",
    "result": "风险属实",
    "causes_found": "因病",
    "measures_begun": "健康帮扶",
    "note": "住院",
}


def releases_in(tmp_path):
    return Releases(tmp_path / "releases", tmp_path / "keys" / "seal.key")


def hidden(facts, key):
    """Add to the facts of a release that its ids are pseudonyms under the key of that id, if any."""
    if key is None:
        return facts
    told = {**facts["parameters"], "privacy": {"pseudonymise": True}}
    return {**facts, "parameters": told, "pseudonym_key_id": key}


def released(tmp_path, *households, season="2025Q4", kind="folder", hidden_under=None, **changes):
    """Publish a list of `households` (H1, H2, H3 by default; an id or fields) and open it."""
    named = [
        one if isinstance(one, dict) else {"household_id": one} for one in households or ("H1", "H2", "H3")
    ]
    rows = [listed_row(**{"rank": rank, **changes, **one}) for rank, one in enumerate(named, 1)]

    def write(folder):
        scores = pl.DataFrame([{k: v for k, v in row.items() if k != "rules"} for row in rows])
        write_parquet(folder / LISTED, pl.DataFrame(rows, schema_overrides={"rules": pl.List(pl.String())}))
        write_parquet(folder / "scores.parquet", scores)
        told = mark(season, list_id(folder / LISTED))
        write_workbook(
            folder / BOOK,
            [household_view(row, reference_names(), "zh") for row in rows],
            f"C1 T1 {season}",
            told,
            FALLS,
            LINE,
            "zh",
        )
        return {LISTED: len(rows), "scores.parquet": len(rows), BOOK: len(rows)}

    facts = {
        "parameters": {"source": {"kind": kind}, "label": {**FIRST_LABEL, **LABEL}},
        "register_sha256": "0" * 64,
        "model_sha256": None,
    }
    publish(releases_in(tmp_path), season, write, hidden(facts, hidden_under))
    return open_release(releases_in(tmp_path), season)


def opened(path):
    """Open a workbook as any program would."""
    with warnings.catch_warnings():
        # openpyxl cannot keep the data bars' extension; a look-back does not need it.
        warnings.filterwarnings("ignore", ".*extension is not supported", UserWarning)
        return openpyxl.load_workbook(BytesIO(path.read_bytes()))


def filled(release, target, found, change=None):
    """Copy the workbook of a release and write what visits found: row of the sheet -> fields."""
    book = opened(release.folder / BOOK)
    sheet = book[LOOKBACK_SHEET]
    for row, fields in found.items():
        for name, value in fields.items():
            sheet.cell(row, PLACES[name]).value = value
    if change:
        change(book)
    book.save(target)
    return target
