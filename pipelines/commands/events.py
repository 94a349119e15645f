"""`huitou events`: who did what with what is known of households, and when."""

from collections.abc import Mapping
from typing import Any

from pipelines.workspace.events import kept_events
from pipelines.workspace.parameters import load_params
from pipelines.workspace.workspace import HERE
from register.cells.width import padded

COLUMNS = ("时间 at", "账户 account", "操作 act", "对象 on what")
WIDTHS = (27, 16, 17, 0)
#: What has a column of its own.
APART = ("at", "account", "what")


def list_events() -> str:
    """Write a line an event, oldest first.

    Raises
    ------
    StoreError
        When the chain is damaged.
    """
    entries = kept_events(HERE, load_params())
    if not entries:
        return "还没有记录。Nothing was noted yet.\n"
    return "".join(f"{_line(row)}\n" for row in (COLUMNS, *map(_row, entries)))


def _row(entry: Mapping[str, Any]) -> tuple[str, ...]:
    facts = [
        f"{name}={_in_short(value)}"
        for name, value in entry.items()
        if name not in APART and value is not None
    ]
    return (*(entry[name] for name in APART), ", ".join(facts))


def _in_short(value: object) -> object:
    """Count the files of a hand-out, which `huitou handouts` lists by hash."""
    return len(value) if isinstance(value, list) and value and isinstance(value[0], dict) else value


def _line(cells: tuple[str, ...]) -> str:
    return "".join(padded(cell, width) for cell, width in zip(cells, WIDTHS, strict=True)).rstrip()
