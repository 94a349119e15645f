"""What a person should know of a delivery: encodings, what was not read, how sure one can be."""

from collections import defaultdict
from collections.abc import Sequence

from register.sources.header import nameable

TOTALS = (
    "有对账单 control.json，每个文件的行数和 sha256 均已核对。 / "
    "Control totals (control.json): rows and sha256 of every file were checked."
)
NO_TOTALS = (
    "没有对账单：文件若被截断，无法与较短的文件区分；请向提供方索取每个文件的行数和 sha256。 / "
    "No control totals: a file that was cut cannot be told from a short one; ask the sender for "
    "rows and sha256 of every file (docs/sources.md)."
)


class Notes:
    """Notes on the files of a delivery, gathered by what they say. They carry no cell values.

    Examples
    --------
    >>> notes = Notes()
    >>> notes.add("C1/income.csv", "encoding gb18030")
    >>> notes.add("C1/members.csv", "encoding gb18030")
    >>> notes.lines
    ['encoding gb18030: C1/income.csv, C1/members.csv']
    """

    #: Files named with a note; of more only the number is told.
    NAMED = 5

    def __init__(self) -> None:
        self._files: dict[str, dict[str, None]] = defaultdict(dict)

    def add(self, file: str, *notes: str) -> None:
        """Note something of a file; saying it twice changes nothing."""
        for note in notes:
            self._files[note][file] = None

    @property
    def lines(self) -> list[str]:
        """One line a note, with the files it holds for."""
        return [f"{note}: {self._named(list(files))}" for note, files in sorted(self._files.items())]

    def _named(self, files: list[str]) -> str:
        more = len(files) - self.NAMED
        return ", ".join(files[: self.NAMED]) + (f" (+{more})" if more > 0 else "")


def unread_columns(headers: Sequence[str]) -> str:
    """Say which delivered columns no mapping asks for; of names that could be data, how many."""
    named = nameable(list(headers))
    hidden = len(headers) - len(named)
    more = [f"另 {hidden} 列，列名不显示 {hidden} more, their names not shown"] if hidden else []
    return f"映射中没有的列，未读取 / columns not in the mapping, not read: {'、'.join([*named, *more])}"
