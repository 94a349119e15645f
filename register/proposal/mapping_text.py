"""A proposed mapping as YAML that a person reads and corrects: what is guessed bears "please confirm"."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from register.proposal.files import Filled, ProposedFile, ProposedRecord
from register.sources.header import nameable

TITLE = (
    "# 由 huitou start 提出；带“请核对”的逐行核对，写法见 docs/sources.md",
    '# Proposed by huitou start; check what says "please confirm"; how it is written: docs/sources.md',
)
CONFIRM = "  # 请核对："
#: Words that YAML, as mappings are read, takes for themselves; others are quoted.
_PLAIN = re.compile(r"[^\W\d][\w ()（）/.]*(?<! )")
_NO_TEXT = {"null", "true", "false", "yes", "no", "on", "off", "~"}


def mapping_text(files: Sequence[ProposedFile], adapted: Sequence[str] = ()) -> str:
    """Write a mapping.

    Parameters
    ----------
    files : sequence of ProposedFile
    adapted : sequence of str
        Entries of a shipped mapping, already written.
    """
    lines = [*TITLE, "files:"]
    for entry in adapted:
        lines += [f"  {line}".rstrip() for line in entry.splitlines()]
    for one in files:
        lines += [f"  {line}" for line in _entry(one)]
    return "\n".join(_once(lines)) + "\n"


def _once(lines: Sequence[str]) -> Iterator[str]:
    """Say a doubt in full the first time, and that it is the same from then on."""
    before: set[str] = set()
    for line in lines:
        content, mark, doubt = line.partition(CONFIRM)
        yield f"{content}{CONFIRM}同上 / as above" if doubt in before else line
        if mark:
            before.add(doubt)


def written(cell: Any) -> str:  # noqa: ANN401 - as YAML holds it
    """Write a cell on one line.

    Examples
    --------
    >>> written({"from": "年度", "codes": {"1": "head", "2": None}})
    '{from: 年度, codes: {"1": head, "2": null}}'
    """
    match cell:
        case None:
            return "null"
        case Mapping():
            return "{" + ", ".join(f"{written(name)}: {written(one)}" for name, one in cell.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(written, cell)) + "]"
        case int():
            return str(cell)
    is_plain = _PLAIN.fullmatch(cell) and cell.lower() not in _NO_TEXT and ": " not in cell
    return cell if is_plain else json.dumps(cell, ensure_ascii=False)


def _entry(one: ProposedFile) -> Iterator[str]:
    yield f"- path: {json.dumps(one.pattern, ensure_ascii=False)}  # {len(one.look.content.frame):,} 行 rows"
    if one.look.sheet is not None:
        yield f"  sheet: {json.dumps(one.look.sheet, ensure_ascii=False)}"
    if one.look.header != 1:
        yield f"  header: {one.look.header}  # 表头上方有标题行 / a title stands above the header"
    yield f"  county: {_commented(one.county)}"
    if one.missing:
        yield f"  missing: {written(one.missing)}"
    unread = nameable([column for column in one.look.columns if column not in one.headers])
    if unread:
        yield f"  # 未用的列 columns not used: {'、'.join(unread)}"
    yield "  shared:"
    for column, filled in one.shared.items():
        yield f"    {column}: {_commented(filled)}"
    yield "  records:"
    for record in one.records:
        yield from (f"    {line}" for line in _record(record))


def _record(record: ProposedRecord) -> Iterator[str]:
    yield f"- table: {record.table}"
    if record.columns:
        yield "  columns:"
        for column, filled in record.columns.items():
            yield f"    {column}: {_commented(filled)}"
    if record.by_source:
        yield "  one_for_each:"
        yield "    source:"
        for source, filled in record.by_source.items():
            yield f"      {source}: {{amount: {_commented(filled, closing='}')}"


def _commented(filled: Filled, closing: str = "") -> str:
    comment = f"{CONFIRM}{filled.zh} / please confirm: {filled.en}" if filled.en else ""
    return f"{written(filled.cell)}{closing}{comment}"
