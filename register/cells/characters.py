"""Which characters a text may hold, judged alike in every format and encoding."""

import re

import polars as pl

#: What reading went wrong leaves (U+FFFD), no character at all, controls but tab and line ends, and marks
#: that turn around what stands beside them on a page (UTR 36: bidirectional text spoofing).
DAMAGED = r"[\x{FFFD}\x{FDD0}-\x{FDEF}\p{Cc}&&[^\t\n\r]]|[\x{FFFE}\x{FFFF}\x{202A}-\x{202E}\x{2066}-\x{2069}]"
#: Rare hanzi of old systems: kept, though other computers may lack the font.
PRIVATE = r"\p{Co}"
DAMAGED_TEXT = (
    "字符已损坏（�、控制字符） / a damaged character (�, a control character)",
    "按原件重新填写该单元格 / type the cell anew from the original",
)
#: Half of a character beyond U+FFFF as UTF-16 writes it; two make one, one alone is damaged.
_HALF = re.compile("[\ud800-\udfff]")


def joined(text: str) -> str:
    """Join halves of characters; one that stands alone becomes U+FFFD.

    Examples
    --------
    >>> joined(chr(0xD842) + chr(0xDFB7)), joined("a" + chr(0xD842))
    ('𠮷', 'a�')
    """
    if not _HALF.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def damaged(text: pl.Series) -> pl.Series:
    """Mark the texts that hold what nobody can have written."""
    return text.str.contains(DAMAGED).fill_null(value=False)
