"""The page for a household: what is held of it, what for, and how to object."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from register.contract import Table
from register.tables import TABLES
from register.tables.lookbacks import LOOKBACKS
from watchlists.pages.pages import page

#: A line of a record: what it is in Chinese and English, and what it says.
Line = tuple[str, str, str]
Section = tuple[str, str, list[list[Line]]]
VISITS = {"lookbacks": ("走访记录", "visits to the list"), "off_list": ("名单外走访", "visits off the list")}
#: What a release says of a household, by column.
SCORED = {
    "risk": ("风险", "risk"),
    "rank": ("走访顺序", "visit number"),
    "main_cause": ("主因", "main cause"),
}


def holdings_page(document: Mapping[str, Any]) -> str:
    """Write what is held as an HTML page that prints and needs no network; every value is escaped.

    Parameters
    ----------
    document : mapping
        ``household``, ``person``, ``county``, ``made_on`` and ``held``: ``tables`` (path -> rows),
        ``vault``, ``lookbacks``, ``off_list``, ``returned``, ``handouts``, ``files``.
    """
    held = document["held"]
    sections = [
        *_register(held["tables"]),
        *_named(held["vault"]),
        *_visits(held),
        *_returned(held["returned"]),
    ]
    values = {"one": document, "sections": sections, "scored": list(_scored(held["tables"]))}
    return page("holdings.html", {**values, "others": _others(held)})


def _register(tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[Section]:
    """Give the records of the register in the words of its contract, every version with its day."""
    for path, rows in tables.items():
        table = TABLES.get(PurePosixPath(path).stem)
        if table and path.startswith("artifacts/register/"):
            yield table.zh, table.en, [_lines(row, table) for row in rows]


def _named(vault: Sequence[Mapping[str, Any]]) -> Iterator[Section]:
    """Give what is kept encrypted; the own number stands in no table of the register."""
    records = []
    for row in vault:
        table = TABLES.get(row["table"])
        own = [("系统户编号", "own number", row["number"])] if "number" in row else []
        records.append([*own, *(_lines(row, table) if table else [])])
    if records:
        yield "姓名、证件号码、电话、住址（加密保存）", "names, numbers, phone, address (encrypted)", records


def _visits(held: Mapping[str, Any]) -> Iterator[Section]:
    for name, (zh, en) in VISITS.items():
        if held[name]:
            yield zh, en, [_lines(row, LOOKBACKS) for row in held[name]]


def _returned(rows: Sequence[Mapping[str, Any]]) -> Iterator[Section]:
    if rows:
        written = [[(zh, "", text) for zh, text in row["cells"].items()] for row in rows]
        yield "退回待改的走访行", "rows of visits returned to be corrected", written


def _scored(tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[tuple[str, list[Line]]]:
    """Give what each release says: its name, and the household's risk and place."""
    for path, rows in tables.items():
        if path.startswith("releases/.store/") and path.endswith(("/scores.parquet", "/watchlist.parquet")):
            for row in rows:
                known = [
                    (*words, _text(row[name])) for name, words in SCORED.items() if row.get(name) is not None
                ]
                yield PurePosixPath(path).parts[2], known


def _others(held: Mapping[str, Any]) -> list[str]:
    """Name the files that hold it otherwise: figures, lists and copies made of the records above."""
    made = [path for path in held["tables"] if not path.startswith("artifacts/register/")]
    return [*made, *held["files"]]


def _lines(row: Mapping[str, Any], table: Table) -> list[Line]:
    columns = [one for one in table.columns if row.get(one.name) is not None]
    return [(one.zh, one.en, one.meanings.get(str(row[one.name]), _text(row[one.name]))) for one in columns]


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "是 yes" if value else "否 no"
    return f"{value:.4g}" if isinstance(value, float) and abs(value) < 1 else str(value)
