"""An entry of the reference data; a value without a date and a source does not load."""

from datetime import date
from pathlib import Path
from typing import Literal, TypeVar

import yaml

from register.parameters import Section, parameter

FOLDER = Path(__file__).parent
#: A document states it; it was filled in between two that do; nobody has found the document yet.
Status = Literal["sourced", "interpolated", "unverified"]
Entry = TypeVar("Entry", bound="Cited")


class Cited(Section):
    """What every entry has: since when it holds, and what it rests on."""

    effective_from: date = parameter("since when it holds")
    source: str = parameter("document it rests on", min_length=1)


class Worded(Cited):
    """An entry that people read."""

    zh: str = parameter("what people read, in Chinese", min_length=1)
    en: str = parameter("what people read, in English", min_length=1)


class Named(Worded):
    """An entry that code and people call by a name."""

    code: str = parameter("Huitou's name of it", min_length=1)


def entries(path: Path, model: type[Entry]) -> list[Entry]:
    """Read every entry of a file.

    Parameters
    ----------
    path : Path
        A YAML list of entries.
    model : type of Cited
        What an entry is.

    Raises
    ------
    ParamsError
        At the first entry that lacks a name, has an unknown one, or a value that is not allowed.

    Examples
    --------
    >>> entries(FOLDER / "names.yaml", Named)[0].zh
    '防止返贫监测和帮扶机制'
    """
    rows = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return [model.of(row, f"{path.name} entry {number}:") for number, row in enumerate(rows, 1)]
