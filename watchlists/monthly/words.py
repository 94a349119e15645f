"""The words of a month's papers in a language: headings, sentences, codes."""

from collections.abc import Iterable, Mapping
from datetime import date

from register.reference import causes, measures, names_on
from register.reference.monthly_forms import Form, form_columns
from register.reference.monthly_sentences import Place, form_sentences
from register.tables.lookbacks import LOOKBACKS
from watchlists.language import Language, english, in_language
from watchlists.monthly.paper import Heading
from watchlists.monthly.proposals import UNDECIDED
from watchlists.monthly.statistics import BEGUN, GROUPS
from watchlists.reasons.household_view import CATEGORY, CATEGORY_EN, GROUP_EN

Pair = tuple[str, str]

TOTAL: Pair = ("合计", "total")
UNKNOWN: Pair = ("不明", "unknown")
NOT_VISITED: Pair = ("未走访", "not visited")
GROUP_UNDECIDED: Pair = ("待定", "undecided")
FOOTER: Pair = ("评分是走访的理由，不是决定", "A score is a reason to visit, not a decision")
#: Columns that call a household by its head, or by its id.
WHO, ID = ("who", "masked"), ("户编号", "household id")
#: How a household came to be visited (DOMAIN 1.4).
CAME_BY: Mapping[bool, Pair] = {True: ("监测名单", "list"), False: ("名单外走访", "off the list")}


def headings(form: Form, language: Language, *, named: bool) -> list[Heading]:
    """Name the columns of a form; where the county counts measures, one for every group of them.

    Parameters
    ----------
    form : str
    language : str
    named : bool
        Whether households are called by their heads; else the column says that it holds ids.
    """
    columns: list[Heading] = []
    for one in form_columns(form):
        is_id = one.code in WHO and not named
        text = in_language(ID if is_id else (one.zh, one.en), language)
        if (form, one.code) == ("statistics", "measures"):
            columns += [
                Heading(f"{BEGUN}{code}", in_language(words, language), one.width, one.kind, text)
                for code, words in measure_words().items()
            ]
        else:
            columns.append(Heading(one.code, text, one.width, one.kind))
    return columns


def sentences(paper: Form, place: Place, language: Language, facts: Mapping[str, Pair]) -> list[str]:
    """Give the sentences that stand at a place of a paper, from top to bottom, with facts filled in."""
    between = " " if place == "title" else "\n"
    zh, en = ({name: words[tongue] for name, words in facts.items()} for tongue in (0, 1))
    return [
        in_language((one.zh.format(**zh), one.en.format(**en)), language, between)
        for one in form_sentences(paper)
        if one.place == place
    ]


def measure_words() -> dict[str, Pair]:
    """Name the fourteen groups of measures, in official order."""
    return {code: (one.zh, one.en) for code, one in measures().items()}


def cause_words() -> dict[str, Pair]:
    """Name the official causes."""
    return {one.code: (one.zh, one.en) for one in causes().values()}


def group_words(day: date) -> dict[str, Pair]:
    """Name the three groups as they are called on a day, and what is proposed for none of them."""
    named = names_on(day)
    of_groups = {code: (named[code].zh, GROUP_EN[code]) for code in GROUPS if code in named}
    return of_groups | {UNDECIDED: GROUP_UNDECIDED}


def result_words() -> dict[str, Pair]:
    """Name what a visit may find, as the look-back does."""
    return {code: (zh, english(code)) for code, zh in LOOKBACKS.by_name["result"].meanings.items()}


def category_words() -> dict[str, Pair]:
    """Name the kinds of households."""
    return {code: (zh, CATEGORY_EN[code]) for code, zh in CATEGORY.items()}


def joined(codes: Iterable[str], words: Mapping[str, Pair], language: Language) -> str:
    """Write several codes into a cell.

    Examples
    --------
    >>> joined(["illness", "schooling"], cause_words(), "zh")
    '因病、因学'
    """
    return ("、" if language == "zh" else ", ").join(in_language(words[code], language) for code in codes)
