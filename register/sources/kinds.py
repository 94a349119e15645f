"""What kind of file the bytes are, where the name says another."""

import re
from pathlib import Path

from register.errors import SourceError

ZIP, SAVE = b"PK\x03\x04", "open it and save it as .xlsx or as CSV UTF-8"
#: What kinds look like from their first byte on (`re.match`), and what to do with them; the first counts.
_KINDS = (
    (ZIP + rb".{26}mimetypeapplication/vnd\.oasis", "an OpenDocument sheet (.ods)", SAVE),
    (ZIP + rb".*xl/workbook\.bin", "a binary workbook (.xlsb)", SAVE),
    (ZIP + rb".*word/document\.xml", "a Word document (.docx)", SAVE),
    (ZIP + rb".*xl/workbook\.xml", "a workbook", "give its name the ending .xlsx"),
    (ZIP, "a zipped file", "unpack it, or ask for the file itself"),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old workbook (.xls), or one with a password", SAVE),
    (rb"PAR1.*PAR1\Z", "a Parquet table", "give its name the ending .parquet"),
    (rb"<stata_dta>", "a Stata file", "give its name the ending .dta"),
    (rb"\$FL2", "an SPSS file", "give its name the ending .sav"),
    (rb"\$FL3", "a packed SPSS file (.zsav)", "save it as .sav"),
    (rb"ARROW1|FEA1", "an Arrow or Feather file", "ask for it as Parquet or CSV UTF-8"),
    (rb"\x1f\x8b|BZh|\xfd7zXZ|7z\xbc\xaf|Rar!", "a packed file", "unpack it, or ask for the file itself"),
    (rb"SQLite format 3", "an SQLite database", "set source.kind to sql (docs/sources.md)"),
    (rb"%PDF|\{\\rtf", "a text document", "ask for the table itself as .xlsx or CSV UTF-8"),
    (
        rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|table|meta|head|script|div|style|\?xml)",
        "a web page or XML, as some systems export under another name",
        SAVE,
    ),
)
_PATTERNS = [(re.compile(look, re.DOTALL | re.IGNORECASE), kind, step) for look, kind, step in _KINDS]
#: What files of an ending may be.
_MAY_BE = {
    ".xlsx": ("a workbook", "a zipped file"),
    ".parquet": ("a Parquet table",),
    ".dta": ("a Stata file",),
    ".sav": ("an SPSS file",),
}


def refuse_other_kind(path: Path, raw: bytes) -> None:
    """Refuse a file that is known to be of another kind than its name says.

    Raises
    ------
    SourceError
        Naming the kind and what to do.
    """
    fitting = ((kind, step) for look, kind, step in _PATTERNS if look.match(raw))
    kind, step = next(fitting, (None, ""))
    if kind and kind not in _MAY_BE.get(path.suffix.lower(), ()):
        raise SourceError(f"{path}: its name ends in {path.suffix}, but it is {kind}; {step}")
