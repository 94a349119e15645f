"""Take a handed-in file into memory, or say in an officer's words what it is instead of a workbook."""

import os
from pathlib import Path

from register.errors import SourceError
from register.sources.intake import read_whole

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
#: An .xlsx with a password is such a stream inside the old container (MS-OFFCRYPTO 2.3.4.4).
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
#: A text document begins with its kind, unpacked (OpenDocument 1.3, part 2, 3.3).
OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument"
HEADING, ENCODINGS = "户编号", ("utf-8", "gb18030", "utf-16-le")

PASSWORD = (
    "设有打开密码，读不出；在表格软件中去掉密码，另存为 .xlsx 再交 / "
    "protected by a password; save it as .xlsx without one and hand that in"
)
OLD = (
    "是旧的 .xls 格式；在表格软件中另存为 .xlsx（不设密码）再交 / "
    "an old .xls workbook; save it as .xlsx without a password and hand that in"
)
OPEN = (
    "是 .ods 格式；在表格软件中另存为 .xlsx（不设密码）再交 / "
    "an .ods workbook; save it as .xlsx without a password and hand that in"
)
TEXT = (
    "是 CSV 一类的文本，不带名单编号；把结果填进发放的工作簿（.xlsx）再交 / "
    "text such as CSV, which does not say its list; enter the results in the workbook that was handed out"
)
UNREADABLE = (
    "读不出：损坏、不完整、异常大，或不是工作簿；在表格软件中打开，只留发放时的各页，"
    "另存为 .xlsx（不设密码）再交；打不开的，请填报人重新交一份 / "
    "not a workbook, cut off, damaged or far too large; open it, keep the sheets that were handed out, "
    "save it as .xlsx without a password, or ask for it again"
)


def handed_in(path: Path) -> bytes:
    """Read a file that a person named.

    A link is followed: whoever reads back chose it, and only the workbook of a list that
    was released here is taken from it.

    Raises
    ------
    SourceError
        When it cannot be read, is no regular file or too large, or is known to be of
        another kind: with a password, .xls, .ods, text.
    """
    raw = read_whole(Path(os.path.realpath(path)))
    other = _other_kind(raw)
    if other:
        raise SourceError(f"{path}: {other}")
    return raw


def _other_kind(raw: bytes) -> str | None:
    if raw.startswith(OLE):
        return PASSWORD if ENCRYPTED in raw else OLD
    if raw.startswith(b"PK"):
        return OPEN if OPEN_DOCUMENT in raw[:200] else None
    is_text = any(HEADING.encode(encoding) in raw for encoding in ENCODINGS)
    return TEXT if is_text else UNREADABLE
