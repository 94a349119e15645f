"""Ids that look rounded and are not: somebody who knows the system that gave them has signed for it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import polars as pl

from register.cells.blanks import trimmed
from register.cells.typed_cells import CELL_KINDS, LOST_DIGITS
from register.ids.identifiers import ZEROED, zeroed
from register.intake.settings import Signature
from register.quarantine import Finding
from register.sources.delivery import RawTable

#: What is said of ids that end in zeros as a spreadsheet leaves them.
ZEROS = (
    "编号15位以后全是零，像被表格软件改过 / zeros after the 15th digit, as a spreadsheet rounds an id",
    (
        "不经表格软件、从原系统按文本列重新导出；编号本来如此，由负责人在 ingest.unrounded_ids 签字 / export "
        "again from the system itself, the column as text; where ids end so, sign for it in "
        "ingest.unrounded_ids"
    ),
)


def overrule(raw: RawTable, columns: Iterable[str]) -> tuple[RawTable, list[Finding]]:
    """Take ids that end in zeros for text, in columns that somebody has signed for.

    Parameters
    ----------
    raw : RawTable
    columns : iterable of str
        Id columns; those the table lacks are passed over.

    Returns
    -------
    RawTable
        In which nothing speaks against these ids.
    list of Finding
        What would have been said against them, to be kept. An id written with a power has lost
        digits that no signature brings back: it stays refused.
    """
    overruled = []
    for name in columns:
        if name in raw.frame.columns and (doubted := _doubted(raw, name)).any():
            raw = _as_text(raw, name, doubted)
            overruled.append(Finding(doubted, name, *ZEROS))
    return raw, overruled


def let_pass(overruled: pl.DataFrame, signed: Mapping[str, Signature]) -> dict[str, dict[str, Any]]:
    """Say who let which ids pass: nothing goes in on a signature that nobody reads again.

    Parameters
    ----------
    overruled : DataFrame
        Columns of `register.quarantine.REASONS`.
    signed : mapping of str to Signature
        By column.

    Returns
    -------
    dict
        By column ``by, why, cells``, as a manifest keeps it.
    """
    cells = dict(overruled.group_by("column").len().iter_rows())
    return {name: {**one.written(), "cells": cells.get(name, 0)} for name, one in signed.items()}


def signature_lines(passed: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Write for people what `let_pass` gives."""
    return [
        f"签字放行 let pass on a signature: {name}, {one['cells']:,} 格 cells; "
        f"{one['by']}: {one['why']} (ingest.unrounded_ids)"
        for name, one in passed.items()
    ]


def _doubted(raw: RawTable, name: str) -> pl.Series:
    ids = raw.frame.select(trimmed(pl.col(name))).to_series()
    doubted = zeroed(ids, _kinds(raw, name))
    for one in filter(_is_of_digits, raw.findings):
        if one.column == name:
            doubted |= one.rows & ids.str.contains(ZEROED).fill_null(value=False)
    return doubted


def _as_text(raw: RawTable, name: str, ids: pl.Series) -> RawTable:
    as_text = pl.when(ids).then(pl.lit("text", CELL_KINDS))
    own = pl.select(as_text.otherwise(pl.lit(_kinds(raw, name), CELL_KINDS)).alias(name))
    kinds = own if raw.kinds is None else raw.kinds.with_columns(own[name])
    findings = tuple(
        replace(one, rows=one.rows & ~ids) if one.column == name and _is_of_digits(one) else one
        for one in raw.findings
    )
    return replace(raw, findings=findings, kinds=kinds)


def _kinds(raw: RawTable, name: str) -> pl.Series | None:
    return None if raw.kinds is None or name not in raw.kinds.columns else raw.kinds[name]


def _is_of_digits(finding: Finding) -> bool:
    return (finding.reason, finding.next_step) == LOST_DIGITS
