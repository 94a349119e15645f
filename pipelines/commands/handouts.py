"""`huitou handouts`: who was handed which file, and when."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipelines.workspace.handouts import kept_handouts
from pipelines.workspace.parameters import load_params
from pipelines.workspace.workspace import HERE
from register.cells.width import padded

COLUMNS = ("日期 on", "交给 to", "季度 season", "姓名 names", "户数 households", "哈希 sha256", "文件 file")
WIDTHS = (12, 24, 12, 12, 16, 18, 0)
#: Hex digits of a hash that tell one file from another on a screen.
DIGITS = 16
#: Letters of an ISO day, at the head of an ISO time.
DAY = 10


def list_handouts() -> str:
    """Write a line a file that was handed out with ``--to``, oldest first.

    Raises
    ------
    StoreError
        When the chain is damaged.
    """
    entries = kept_handouts(HERE, load_params())
    if not entries:
        return "没有发放记录。Nothing was handed out with --to yet.\n"
    return "".join(f"{_line(row)}\n" for row in (COLUMNS, *_rows(entries)))


def _rows(entries: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, ...]]:
    for entry in entries:
        named = "有 yes" if entry["with_names"] else "无 no"
        for one in entry["files"]:
            of_file = (str(one["households"]), one["sha256"][:DIGITS], f"{one['path']} {one['place']}")
            yield (entry["at"][:DAY], entry["to"], entry["season"], named, *of_file)


def _line(cells: Sequence[str]) -> str:
    return "".join(
        padded(cell, width) if width else cell for cell, width in zip(cells, WIDTHS, strict=True)
    ).rstrip()
