"""The line of an error in the language of who reads it; exit codes, failure.json and logs stay English."""

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

#: English sentence to Chinese sentence, a file a room; `{}` stands for every value of the English one,
#: `{0}`, `{1}` ... in the Chinese one for the same values by their order.
CATALOGUE = Path(__file__).with_name("errors_zh")
LANGUAGE = "HUITOU_LANG"
#: In the order in which the system asks them; the first that says anything decides.
LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")
#: A line of several faults (`register.faults`): its number, the fault, the other files that have it too.
_NUMBERED = re.compile(r"(\s*\d+\. )?(.*?)( \(同样 likewise: .*\))?")
#: A sentence that leaves the fault to another one, with so few letters of its own that it fits much else.
_LEANING, FEW = re.compile(r"(?:[:;]|--set) \{\}$"), 8
#: How deep sentences stand in one another: a line, what it is about, its remedy, what that names.
DEEPEST = 4

Language = Literal["zh", "en"]
LANGUAGES: Mapping[str, Language] = {"zh": "zh", "en": "en"}


@dataclass(frozen=True)
class Sentence:
    """One entry of the catalogue.

    Attributes
    ----------
    english, chinese : str
    """

    english: str
    chinese: str

    @cached_property
    def fixed(self) -> list[str]:
        """What stands between the values."""
        return self.english.split("{}")

    @property
    def length(self) -> int:
        """Characters that are no value."""
        return sum(map(len, self.fixed))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile("(.*?)".join(map(re.escape, self.fixed)), re.DOTALL)

    @cached_property
    def _leans(self) -> bool:
        letters = sum(map(str.isalpha, "".join(self.fixed)))
        return letters < FEW and _LEANING.search(self.english) is not None

    def values(self, text: str) -> tuple[str, ...] | None:
        """Read the values out of what was said; None where it is another sentence."""
        first, *inner, last = self.fixed if len(self.fixed) > 1 else (*self.fixed, "")
        if not (text.startswith(first) and text.endswith(last) and all(one in text for one in inner)):
            return None  # most are ruled out without a search
        match = self._pattern.fullmatch(text)
        return match.groups() if match else None

    def in_chinese(self, text: str, depth: int = 0) -> str | None:
        """Say it in Chinese, and every value that is a sentence itself; None where it is another one.

        ``{}: {}`` and its like fit anything: they count only where the last value is known.
        """
        values = self.values(text)
        if values is None:
            return None
        spoken = [_in_chinese(one, depth + 1) for one in values]
        return None if self._leans and spoken[-1] == values[-1] else self.chinese.format(*spoken)


def language(environment: Mapping[str, str]) -> Language:
    """Tell the language that was chosen: `HUITOU_LANG`, or else that of the system.

    Parameters
    ----------
    environment : mapping of str to str

    Returns
    -------
    {"zh", "en"}

    Examples
    --------
    >>> language({"LANG": "zh_CN.UTF-8"}), language({"LANG": "zh_CN.UTF-8", "HUITOU_LANG": "en"})
    ('zh', 'en')
    >>> language({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}), language({"HUITOU_LANG": "french"})
    ('en', 'en')
    """
    chosen = environment.get(LANGUAGE, "").strip().casefold()
    if chosen in LANGUAGES:
        return LANGUAGES[chosen]
    of_system = next((environment[name] for name in LOCALES if environment.get(name)), "")
    return "zh" if of_system.casefold().startswith("zh") else "en"


def in_chosen_language(message: str, encoding: str) -> str:
    """Say an error in the language chosen, or in English where that cannot be read or written just now.

    Parameters
    ----------
    message : str
    encoding : str
        Of the terminal; one without Chinese would show escapes only.
    """
    try:
        spoken = in_language(message, language(os.environ))
        spoken.encode(encoding)
    except (OSError, MemoryError, UnicodeEncodeError):  # the first two may be what there is to tell
        return message
    return spoken


def in_language(message: str, chosen: Language) -> str:
    """Say an error in a language.

    Parameters
    ----------
    message : str
        As it was raised, English, of one line or several.
    chosen : {"zh", "en"}

    Returns
    -------
    str
        Line by line: in Chinese what the catalogue knows, all else as it is.

    Examples
    --------
    >>> in_language("data: no such folder; check source.path, or run huitou simulate", "zh")
    'data: 没有这个文件夹；请检查 source.path，或运行 huitou simulate'
    >>> in_language("data: a sentence that nobody foresaw", "zh")
    'data: a sentence that nobody foresaw'
    """
    if chosen == "en":
        return message
    return "\n".join(map(_line, message.split("\n")))


def _line(line: str) -> str:
    match = _NUMBERED.fullmatch(line)
    number, fault, likewise = match.groups("") if match else ("", line, "")
    return f"{number}{_in_chinese(fault)}{likewise}"


def _in_chinese(text: str, depth: int = 0) -> str:
    spoken = (one.in_chinese(text, depth) for one in catalogue()) if depth < DEEPEST else iter(())
    return next((one for one in spoken if one is not None), text)


@cache
def catalogue() -> tuple[Sentence, ...]:
    """Read every sentence, those with most words of their own first: they fit least else.

    Returns
    -------
    tuple of Sentence
    """
    return tuple(sorted(_read(sorted(CATALOGUE.glob("*.yaml"))), key=lambda one: -one.length))


def _read(paths: Iterable[Path]) -> Iterable[Sentence]:
    import yaml  # here, so that a command that does not fail need not wait for it

    for path in paths:
        sentences: dict[str, str] = yaml.safe_load(path.read_text(encoding="utf-8"))
        yield from (Sentence(english, chinese) for english, chinese in sentences.items())
