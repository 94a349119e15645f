"""Look at every file of a folder: what it holds, where its header stands, or why it cannot be read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from register.errors import HuitouError
from register.proposal.names import folded, known_names
from register.sources.delivery import Sheet
from register.sources.files import FOREIGN, PACKED, is_readable, read_sheet
from register.sources.folder import is_lines
from register.sources.intake import read_whole
from register.sources.labelled import READERS, questions
from register.sources.workbook import visible_sheets

#: Rows in which a header is looked for: a title and a note or two stand above it, no more.
HEADER_ROWS = 6
#: Files that stand beside tables: notes, and what programs keep.
OTHER = ("control.json",)
#: What stands before a refusal in English.
UNREADABLE = "cannot be read: "


@dataclass(frozen=True)
class Remark:
    """Something a person should know, Chinese and English.

    Attributes
    ----------
    place : str
        File, or file and column.
    zh, en : str
        What there is, and the next step.
    must_mend : bool
        Whether nothing can be read before it is mended.
    """

    place: str
    zh: str
    en: str
    must_mend: bool = True


@dataclass(frozen=True)
class Look:
    """A table as it lies in the folder.

    Attributes
    ----------
    path : str
        Path below the folder.
    sheet : str or None
        Sheet of a workbook that has several; None for the only one.
    header : int
        Row that names the columns.
    content : Sheet
    questions : mapping of str to str
        What columns of Stata and SPSS files are about.
    """

    path: str
    sheet: str | None
    header: int
    content: Sheet
    questions: Mapping[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> list[str]:
        """Names of its columns, in order."""
        return self.content.frame.columns


def look(folder: Path) -> tuple[list[Look], list[Remark]]:
    """Read every table of a folder.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    looks : list of Look
        In the order of their paths; the income lines at the root are not among them.
    remarks : list of Remark
        What could not be read, with the next step.
    """
    looks: list[Look] = []
    remarks: list[Remark] = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file() or path.is_symlink()):
        name = path.relative_to(folder).as_posix()
        if any(part.startswith((".", "~$")) for part in Path(name).parts) or name in OTHER:
            continue
        try:
            if not is_readable(path):
                remarks.append(Remark(name, "不是表格，不读", "no table, not read", must_mend=False))
            elif path.parent != folder or not is_lines(path):
                looks += _tables(path, name)
        except HuitouError as refusal:
            remarks.append(_unreadable(path, name, refusal))
    return looks, remarks


def _unreadable(path: Path, name: str, refusal: HuitouError) -> Remark:
    reasons = dict.fromkeys(PACKED, "压缩文件，先解压") | dict.fromkeys(FOREIGN, "另存为 .xlsx 或 CSV")
    zh = reasons.get(path.suffix.lower(), "读不了，原因如下")
    return Remark(name, zh, f"{UNREADABLE}{str(refusal).removeprefix(f'{path}: ')}")


def _tables(path: Path, name: str) -> Iterator[Look]:
    raw = read_whole(path)
    titles = visible_sheets(path, raw) if path.suffix.lower() == ".xlsx" else []
    about = questions(path, raw) if path.suffix.lower() in READERS else {}
    for title in titles if len(titles) > 1 else [None]:
        header, content = _headed(path, raw, title)
        yield Look(name, title, header, content, about)


def _headed(path: Path, raw: bytes, title: str | None) -> tuple[int, Sheet]:
    """Find the row that names the columns: of the first few the one with most names that are known."""
    read: dict[int, Sheet] = {}
    refusals: list[HuitouError] = []
    for header in range(1, HEADER_ROWS + 1):
        try:
            read[header] = read_sheet(path, raw, title, header)
        except HuitouError as refusal:
            refusals.append(refusal)
            continue
        if header == 1 and n_known(read[1].frame.columns):
            break
        if path.suffix.lower() in (*READERS, ".parquet"):
            break
    best = max(read, key=lambda header: (n_known(read[header].frame.columns), -header), default=0)
    if not best or (1 not in read and not n_known(read[best].frame.columns)):
        raise refusals[0]
    return best, read[best]


def n_known(columns: list[str]) -> int:
    """Count the columns whose names are known."""
    return sum(folded(column) in known_names() for column in columns)
