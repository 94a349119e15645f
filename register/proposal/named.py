"""Folders that bear the register's own names: what their headers lack or have too many, all at once."""

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from register.proposal.looking import Look, Remark
from register.proposal.names import folded, names_of, nearest
from register.sources.chinese_words import columns_meant
from register.sources.header import safe_names
from register.tables import TABLES


def holds_register_tables(looks: Sequence[Look]) -> bool:
    """Say whether some file lies at COUNTY/TABLE."""
    return any(_table(one) for one in looks)


def remarks_on_names(looks: Sequence[Look]) -> Iterator[Remark]:
    """Say of every file what keeps it from being read under the register's names.

    Yields
    ------
    Remark
        A title above the header, unknown columns with the nearest name, required columns that
        are missing, files that are no table of the register.
    """
    for one in looks:
        table = _table(one)
        if table:
            yield from _of_table(one, table)
        else:
            close = nearest(PurePosixPath(one.path).stem, list(TABLES))
            zh, en = (
                (f"，改名为 {close}？", f"; rename it to {close}?")
                if close
                else ("；移走，或写映射", "; take it away, or write a mapping")
            )
            yield Remark(
                one.path,
                f"不是登记表的名称{zh}",
                f"bears no name of a register table{en}",
                must_mend=bool(close),
            )
    yield from _absent(looks)


def _of_table(one: Look, table: str) -> Iterator[Remark]:
    if one.header != 1:
        yield Remark(
            one.path,
            f"表头在第 {one.header} 行；删去上方的标题行",
            f"the header stands in row {one.header}; remove the title above it",
        )
    known = TABLES[table].by_name
    meant_by = columns_meant(one.columns, TABLES[table])
    missing = [name for name, of in known.items() if of.required and name not in meant_by.values()]
    for column in (column for column in one.columns if column not in meant_by):
        (safe,) = safe_names([column], one.columns, known)
        meant = _meant(table, column)
        if meant in missing:
            missing.remove(meant)
        zh, en = (
            (f"改为 {meant}", f"rename it to {meant}")
            if meant
            else ("删去，或写映射", "remove it, or write a mapping")
        )
        yield Remark(f"{one.path} {safe}", f"登记表没有这一列；{zh}", f"no column of the register; {en}")
    for name in missing:
        yield Remark(
            one.path,
            f"缺必填列 {name}（{known[name].zh}）；补上",
            f"lacks the required column {name}; add it",
        )


def _meant(table: str, column: str) -> str | None:
    """Give the register column that a header means: one of its names in other width or case, or alike."""
    by_name = {name: one for one in TABLES[table].by_name for name in names_of(table, one)}
    equal = next((one for name, one in by_name.items() if folded(name) == folded(column)), None)
    close = nearest(column, list(by_name))
    return equal or (by_name[close] if close else None)


def _absent(looks: Sequence[Look]) -> Iterator[Remark]:
    counties = sorted({one.path.split("/")[0] for one in looks if _table(one)})
    for county in counties:
        there = {_table(one) for one in looks if one.path.startswith(f"{county}/")}
        for table in TABLES.values():
            if table.required and table.name not in there:
                yield Remark(
                    county,
                    f"缺必需的表 {table.name}（{table.zh}）；补上",
                    f"lacks the required table {table.name}; add it",
                )


def _table(one: Look) -> str | None:
    path = PurePosixPath(one.path)
    return path.stem if path.stem in TABLES and len(path.parts) == 2 else None
