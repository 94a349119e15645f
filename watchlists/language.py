"""In which language sheets and cards are written."""

from typing import Literal

#: Chinese, English, or one after the other.
Language = Literal["zh", "en", "both"]


def in_language(words: tuple[str, str], language: Language, between: str = " ") -> str:
    """Choose the Chinese or English of two, or put one after the other.

    Examples
    --------
    >>> in_language(("户主", "head"), "zh"), in_language(("户主", "head"), "both")
    ('户主', '户主 head')
    """
    zh, en = words
    both = between.join(word for word in dict.fromkeys(words) if word)
    return {"zh": zh, "en": en, "both": both}[language]
