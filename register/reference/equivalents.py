"""Words that officers write in place of those of the look-back's drop-down lists."""

from collections import defaultdict
from pathlib import Path
from typing import Self

from pydantic import model_validator

from register.errors import ParamsError
from register.parameters import parameter
from register.reference.cited import FOLDER, Cited, entries
from register.tables.lookbacks import LOOKBACKS


class Equivalent(Cited):
    """Words that are taken for a code of the look-back."""

    column: str = parameter("column of table lookbacks")
    code: str = parameter("code that the words are taken for")
    words: tuple[str, ...] = parameter("what is written", min_length=1)

    @model_validator(mode="after")
    def _is_known(self) -> Self:
        """Refuse a code that the column does not have."""
        column = LOOKBACKS.by_name.get(self.column)
        if column is None or self.code not in column.codes:
            raise ValueError(f"found {self.column} {self.code}, which table lookbacks does not have; mend it")
        return self


def equivalents(path: Path = FOLDER / "equivalents.yaml") -> dict[str, dict[str, str]]:
    """Load what is taken for which code, by column and word.

    Raises
    ------
    ParamsError
        When a word is taken for two codes, or is one of the drop-down list itself.

    Examples
    --------
    >>> equivalents()["result"]["属实"]
    'confirmed'
    """
    taken: dict[str, dict[str, str]] = defaultdict(dict)
    for entry in entries(path, Equivalent):
        for word in entry.words:
            if word in taken[entry.column] or word in LOOKBACKS.by_name[entry.column].meanings.values():
                raise ParamsError(f"{path.name}: {entry.column} {word} stands twice; keep one of them")
            taken[entry.column][word] = entry.code
    return dict(taken)


def equivalent_rows(path: Path = FOLDER / "equivalents.yaml") -> list[tuple[str, ...]]:
    """List the table for people: heading, words, the word they are taken for, source."""
    return [
        (
            LOOKBACKS.by_name[one.column].zh,
            "、".join(one.words),
            LOOKBACKS.by_name[one.column].meanings[one.code],
            one.source,
        )
        for one in entries(path, Equivalent)
    ]
