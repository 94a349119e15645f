"""In which language sheets and cards are written."""

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from register.contract import Column  # not for a command's help, which names the languages

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


def choices(column: "Column", language: Language) -> list[str]:
    """List the words to choose from for a column of codes; English alone has the codes as words.

    Examples
    --------
    >>> from register.tables.lookbacks import LOOKBACKS
    >>> choices(LOOKBACKS.by_name["result"], "en")[:2]
    ['confirmed', 'not confirmed']
    """
    if language == "en":
        return [english(code) for code in column.meanings]
    return list(column.meanings.values())


def english(code: str) -> str:
    """Write a code as the words it is made of."""
    return code.replace("_", " ")
