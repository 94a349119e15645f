"""Which encoding a text file has: proven by decoding and encoding back, never guessed in silence."""

import re
from pathlib import Path

from register.cells.characters import joined
from register.errors import SourceError
from register.sources.foreign_encoding import refuse_big5, refuse_seven_bit

#: Programs that add it to what has one already leave two.
MARK = "\ufeff"
BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
#: A hanzi between digits is none: it is how such a blank reads in the other encoding.
THOUSANDS = re.compile("(?<=[0-9])[\xa0\u2009\u202f](?=[0-9]{3})")


def decode(path: Path, raw: bytes) -> tuple[str, str]:
    """Decode a whole text file.

    Parameters
    ----------
    path : Path
        For messages.
    raw : bytes
        UTF-8, UTF-16 with a byte-order mark, or GB18030 (which contains GBK and GB2312).

    Returns
    -------
    text, encoding : tuple of str
        Without byte-order mark. Which characters a cell may hold is judged by
        `register.cells.characters`, alike in every encoding and format.

    Raises
    ------
    SourceError
        When no encoding fits, when two fit and read differently, when the file is UTF-8 with
        damaged bytes, or when the text does not encode back to the same bytes. Byte offset
        and line are named.

    Examples
    --------
    >>> decode(Path("a.csv"), "村名,户数".encode("gb18030"))
    ('村名,户数', 'gb18030')
    """
    for mark, encoding in BOMS:
        if raw.startswith(mark):
            return _proven(path, raw, len(mark), encoding), encoding
    if raw.isascii():
        refuse_seven_bit(path, raw)
        return raw.decode("ascii"), "utf-8"
    # Lines of ASCII read alike in both; no sign of either holds a line's end.
    telling = b"\n".join(line for line in raw.split(b"\n") if not line.isascii())
    fits = [encoding for encoding in ("utf-8", "gb18030") if _fault(telling, encoding) is None]
    if len(fits) == 2:
        _refuse_ambiguous(path, raw, telling)
    if "utf-8" in fits:
        return _proven(path, raw, 0, "utf-8"), "utf-8"
    if fits and not _holds_utf8(telling):
        refuse_big5(path, telling)
        return _proven(path, raw, 0, "gb18030"), "gb18030"
    if fits:
        place = _fault(raw, "utf-8") or 0
        raise SourceError(
            f"{path} line {_line(raw, place)}: byte {place} is not UTF-8, though other lines are; "
            "mend that line, save the file as CSV UTF-8 and run again"
        )
    place = max(_fault(raw, encoding) or 0 for encoding in ("utf-8", "gb18030"))
    raise SourceError(
        f"{path} line {_line(raw, place)}: byte {place} is neither UTF-8 nor GB18030; "
        "save the file as CSV UTF-8 and run again"
    )


def _fault(raw: bytes, encoding: str) -> int | None:
    """Give the offset of the first byte that does not fit; None where all do."""
    try:
        raw.decode(encoding, _errors(encoding))
    except UnicodeDecodeError as fault:
        return fault.start
    return None


def _proven(path: Path, raw: bytes, mark: int, encoding: str) -> str:
    body = raw[mark:]
    place = _fault(body, encoding)
    if place is not None:
        raise SourceError(
            f"{path} line {_line(raw, mark + place, encoding)}: byte {mark + place} is not "
            f"{encoding.upper()}, which the file seems to be; save the file as CSV UTF-8 and run again"
        )
    text = body.decode(encoding, _errors(encoding))
    if text.encode(encoding, _errors(encoding)) != body:
        raise SourceError(
            f"{path}: read as {encoding.upper()} it does not come back the same; save the file as CSV UTF-8 "
            "and run again"
        )
    return joined(text).lstrip(MARK)


def _errors(encoding: str) -> str:
    """Let halves of characters pass: some databases write both of a rare hanzi as UTF-8 (CESU-8)."""
    return "surrogatepass" if encoding.startswith("utf") else "strict"


def _holds_utf8(telling: bytes) -> bool:
    """Say whether some line is plain Chinese as UTF-8 alone: then the file is UTF-8 that was damaged."""
    return any(
        _fault(line, "utf-8") is None and _is_plain(line, "utf-8") and not _is_plain(line, "gb18030")
        for line in telling.split(b"\n")
    )


def _refuse_ambiguous(path: Path, raw: bytes, telling: bytes) -> None:
    """Refuse bytes that are good UTF-8 and good GB18030, unless only UTF-8 reads as plain Chinese."""
    if _is_plain(telling, "utf-8") and not _is_plain(telling, "gb18030"):
        return
    place = next(place for place, byte in enumerate(raw) if byte > 0x7F)
    raise SourceError(
        f"{path} line {_line(raw, place)}: byte {place} on can be read as UTF-8 and as GB18030; "
        "save the file as CSV UTF-8 with a byte-order mark (Excel does) and run again"
    )


def _is_plain(raw: bytes, encoding: str) -> bool:
    """Say whether a reading holds only common hanzi and signs (GB 2312), and blanks that part thousands."""
    try:
        THOUSANDS.sub("", raw.decode(encoding)).encode("gb2312")
    except UnicodeError:
        return False
    return True


def _line(raw: bytes, place: int, encoding: str = "utf-8") -> int:
    return raw[:place].decode(encoding, "ignore").count("\n") + 1
