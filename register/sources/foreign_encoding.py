"""Encodings that read as another without a fault: their texts would come in as other texts."""

import re
from pathlib import Path

from register.errors import SourceError

#: Chinese text written with the signs of ASCII alone: GB 2312 between ~{ and ~} (RFC 1843), UTF-7
#: between + and - (RFC 2152).
SEVEN_BIT = (
    ("hz", "HZ", re.compile(rb"~\{[!-~]+~\}")),
    ("utf-7", "UTF-7", re.compile(rb"\+[A-Za-z0-9+/]{2,}-?")),
)
#: First bytes of the signs and common hanzi of Big5 (its level 1) end here.
LAST_COMMON = 0xC6
#: Bytes that are looked at: a file is written in one encoding throughout.
SAMPLE = 64 * 1024
#: Fewer characters prove nothing. In GB18030 a text has few rare characters, in Big5 read as it about half.
ENOUGH, RARE_SHARE = 6, 0.2


def refuse_seven_bit(path: Path, raw: bytes) -> None:
    """Refuse bytes of ASCII that are plain Chinese in an encoding of seven bits.

    Raises
    ------
    SourceError
    """
    for encoding, name, run in SEVEN_BIT:
        if any(_is_chinese(segment, encoding) for segment in set(run.findall(raw))):
            raise _refusal(path, name)


def refuse_big5(path: Path, telling: bytes) -> None:
    """Refuse lines that read as rare characters in GB18030 and as common ones in Big5.

    Raises
    ------
    SourceError
    """
    telling = telling[: telling.rfind(b"\n", 0, SAMPLE)] if len(telling) > SAMPLE else telling
    signs = [sign for sign in telling.decode("gb18030", "ignore") if not sign.isascii()]
    rare = sum(not _is_common(sign) for sign in signs)
    if len(signs) < ENOUGH or rare <= RARE_SHARE * len(signs):
        return
    try:
        others = [sign for sign in telling.decode("big5") if not sign.isascii()]
    except UnicodeDecodeError:
        return
    if sum(sign.encode("big5")[0] > LAST_COMMON for sign in others) <= RARE_SHARE * len(others):
        raise _refusal(path, "Big5")


def _refusal(path: Path, name: str) -> SourceError:
    return SourceError(
        f"{path}: the text seems to be {name}, which is not read; open it as {name} and save it as CSV UTF-8"
    )


def _is_chinese(run: bytes, encoding: str) -> bool:
    """Say whether a run decodes to common hanzi and nothing else."""
    try:
        text = run.decode(encoding)
    except UnicodeError:
        return False
    return all("\u4e00" <= sign <= "\u9fff" and _is_common(sign) for sign in text)


def _is_common(sign: str) -> bool:
    try:
        sign.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
