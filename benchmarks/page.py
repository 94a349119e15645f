"""docs/performance.md, written from the kept records alone."""

from collections.abc import Mapping, Sequence

from benchmarks.record import Cell, Record, Table

HEAD = """# What it costs 性能实测

Written by `python -m benchmarks` from docs/performance.json; do not edit. 本页由该命令生成，不要手改。

Every section was measured in one run, so its ratios hold on a busy machine too; seconds are processor
seconds (user and system) unless they are said to be wall, and differ by a quarter from hour to hour.
A section says of which day, code and machine it is; what another section says may be of another.
每一节在同一次运行中测得，比值可信，秒数只供参考；每节注明日期、代码和机器。

Again: `python -m benchmarks` (40,000 households), `--only NAME` for one section, `--households 200000
--households 1000000` for other sizes: a million take hours, and room in TMPDIR (the table of disk).
"""


def page(records: Mapping[str, Record], titles: Mapping[str, str]) -> str:
    """Write the page; sections stand in the order of `titles`, those never measured say so.

    Examples
    --------
    >>> page({}, {"stages": "Stages"}).splitlines()[-1]
    'Not measured yet: `python -m benchmarks --only stages`.'
    """
    sections = [f"## {title}\n\n{_body(name, records.get(name))}" for name, title in titles.items()]
    return "\n".join([HEAD, *sections])


def _body(name: str, record: Record | None) -> str:
    if record is None:
        return f"Not measured yet: `python -m benchmarks --only {name}`.\n"
    versions = ", ".join(f"{library} {one}" for library, one in record.versions.items())
    before, after = record.load
    where = (
        f"`python -m benchmarks --only {name}`, {record.day}, commit {record.commit}; {record.machine}; "
        f"load {before} before and {after} after; {versions}."
    )
    notes = "".join(f"- {one}\n" for one in record.notes)
    return "\n".join([where, "", *map(_table, record.tables), notes])


def _table(table: Table) -> str:
    columns = list(table.rows[0])
    rows = [[_cell(row[one]) for one in columns] for row in table.rows]
    return (
        f"{table.caption}\n\n"
        + "\n".join(_line(one) for one in (columns, ["---"] * len(columns), *rows))
        + "\n"
    )


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(value: Cell) -> str:
    """Write a number with the digits it is good for.

    Examples
    --------
    >>> _cell(12345), _cell(1234.5), _cell(0.0123), _cell(None)
    ('12,345', '1,234', '0.0123', '')
    """
    match value:
        case None:
            return ""
        case int():
            return f"{value:,}"
        case float():
            return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return str(value)
