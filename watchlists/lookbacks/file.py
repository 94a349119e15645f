"""Take a handed-in file into memory as a workbook, or say in an officer's words what it is instead."""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from register.errors import SourceError
from register.sources.intake import read_whole
from watchlists.lookbacks.as_workbook import workbook_of
from watchlists.lookbacks.marks import MARKED
from watchlists.lookbacks.open_document import ProtectedError, open_document
from watchlists.lookbacks.plain_text import text_page

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
#: An .xlsx with a password is such a stream inside the old container (MS-OFFCRYPTO 2.3.4.4).
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
#: A text document begins with its kind, unpacked (OpenDocument 1.3, part 2, 3.3).
OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument"
HEADING, ENCODINGS = "户编号", ("utf-8", "gb18030", "utf-16-le", "utf-16-be")

PASSWORD = (
    "设有打开密码；知道密码的，读回时加 --password 或 --password-file；不知道的，请填报人去掉密码再交 / "
    "protected by a password; who knows it reads it back with --password or --password-file, "
    "else ask for it without one"
)
WRONG_PASSWORD = (
    "密码不对，打不开；核对密码（分大小写）后再读，或请填报人去掉密码再交 / "
    "the password does not open it; check it, capitals count, or ask for the file without one"
)
OPEN_WITH_PASSWORD = (
    "是设有密码的 .ods；另存为 .xlsx（可设密码）再交 / "
    "an .ods workbook with a password; save it as .xlsx, with a password if need be, and hand that in"
)
OLD = (
    "是旧的 .xls 格式；在表格软件中另存为 .xlsx 再交 / "
    "an old .xls workbook; save it as .xlsx and hand that in"
)
TEXT = (
    "是 CSV 一类的文本，没有“名单编号”一列，看不出属于哪份名单；"
    "在表格软件中打开发放的工作簿，填好另存为 .xlsx 再交 / "
    "text such as CSV without the column 名单编号, which says its list; enter the results in the workbook "
    "that was handed out, save it as .xlsx and hand that in"
)
BAD_TEXT = (
    "是 CSV 一类的文本，编码、分隔符或引号有疑义，读不准；在表格软件中另存为 .xlsx 再交 / "
    "text such as CSV whose encoding, separator or quotes are in doubt; save it as .xlsx and hand that in"
)
UNREADABLE = (
    "读不出：损坏、不完整、异常大，或不是工作簿；在表格软件中打开，只留发放时的各页，"
    "另存为 .xlsx 再交；打不开的，请填报人重新交一份 / "
    "not a workbook, cut off, damaged or far too large; open it, keep the sheets that were handed out, "
    "save it as .xlsx, or ask for it again"
)
UNREAD = (
    "批注和图片不读入，要留下的请写进“备注” / "
    "comments and pictures are not read; write what must stay into 备注"
)


@dataclass(frozen=True)
class HandedIn:
    """A file as it came, and the workbook it is read as.

    Attributes
    ----------
    sha256 : str
        Of the file.
    workbook : bytes
        An .xlsx: the file itself, decrypted, or written from its cells.
    unread : tuple of str
        What did not come over.
    """

    sha256: str
    workbook: bytes
    unread: tuple[str, ...] = ()


def handed_in(path: Path, passwords: Sequence[str] = ()) -> HandedIn:
    """Read a file that a person named: .xlsx, with a password or without, .ods, or CSV.

    A link is followed: whoever reads back chose it, and only the workbook of a list that
    was released here is taken from it.

    Parameters
    ----------
    path : Path
    passwords : sequence of str
        What a protected workbook may open with.

    Raises
    ------
    SourceError
        When it cannot be read, is no regular file or too large, is .xls or of no known
        kind, or no password opens it.
    """
    raw = read_whole(Path(os.path.realpath(path)))
    workbook, unread = _workbook(path, raw, passwords)
    return HandedIn(hashlib.sha256(raw).hexdigest(), workbook, unread)


def _workbook(path: Path, raw: bytes, passwords: Sequence[str]) -> tuple[bytes, tuple[str, ...]]:
    if raw.startswith(OLE):
        return _decrypted(path, raw, passwords), ()
    if raw.startswith(b"PK"):
        return _from_open_document(path, raw) if OPEN_DOCUMENT in raw[:200] else (raw, ())
    if any(HEADING.encode(encoding) in raw for encoding in ENCODINGS):
        return _from_text(path, raw), ()
    raise SourceError(f"{path}: {UNREADABLE}")


def _decrypted(path: Path, raw: bytes, passwords: Sequence[str]) -> bytes:
    if ENCRYPTED not in raw or not passwords:
        raise SourceError(f"{path}: {PASSWORD if ENCRYPTED in raw else OLD}")
    # Slow to import, and most files have no password.
    from watchlists.lookbacks.protected import WrongPasswordError, opened

    try:
        return opened(raw, passwords)
    except WrongPasswordError:
        raise SourceError(f"{path}: {WRONG_PASSWORD}") from None
    except Exception as fault:
        raise SourceError(f"{path}: {UNREADABLE}") from fault


def _from_open_document(path: Path, raw: bytes) -> tuple[bytes, tuple[str, ...]]:
    try:
        pages, has_more = open_document(path, raw)
        return workbook_of(pages), (UNREAD,) if has_more else ()
    except ProtectedError:
        raise SourceError(f"{path}: {OPEN_WITH_PASSWORD}") from None
    except Exception as fault:
        raise SourceError(f"{path}: {UNREADABLE}") from fault


def _from_text(path: Path, raw: bytes) -> bytes:
    try:
        page = text_page(path, raw)
        workbook = workbook_of([page])
    except ValueError as fault:
        raise SourceError(f"{path}: {BAD_TEXT}") from fault
    if not any(MARKED.fullmatch(str(cell)) for cell in page.cells.values()):
        raise SourceError(f"{path}: {TEXT}")
    return workbook
