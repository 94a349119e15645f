"""How a household stands: its income beside the line, who can work, what has lasted for years."""

from collections.abc import Callable, Mapping, Sequence

from register.shard import IncomeLine
from watchlists.household.people import OLD, WEAK, Sentence
from watchlists.household.records import Household, Row
from watchlists.household.wording import in_words
from watchlists.line_words import money

#: Amounts of incomes are told in whole hundreds: they rest on what people say.
HUNDREDS = -2
#: Of the line; a smaller fall within a year is told nobody, as cause_events.yaml has it of bills and losses.
WORTH_TELLING = 0.1
#: So many standing facts have room, beside income and people.
MOST = 4
LASTING = ("chronic", "major_illness")


def income(home: Household, line: IncomeLine | None) -> Sentence:
    """Tell income a person beside the line in force; as a share of it where amounts are not told."""
    over = home.facts.get("resources_over_line")
    if over is None:
        return in_words("income_unknown")
    if line is None or not home.currency:
        return in_words("above" if over >= 1 else "below", amount=f"{abs(over - 1):.0%}")
    yearly = line.per_year
    distance = in_words("above" if over >= 1 else "below", amount=_hundreds(abs(over - 1) * yearly, home))
    return in_words("income", income=_hundreds(over * yearly, home), distance=distance)


def income_fell(home: Household, line: IncomeLine | None, a_year_ago: Row | None) -> list[Sentence]:
    """Tell a fall of income a person within the year, where it is worth a tenth of the line.

    Parameters
    ----------
    home : Household
    line : IncomeLine or None
        In force at the day: both incomes are told in its money.
    a_year_ago : mapping or None
        The household's features then; None where nothing lies behind it.
    """
    over, then = home.facts.get("resources_over_line"), (a_year_ago or {}).get("resources_over_line")
    if over is None or then is None or then - over < WORTH_TELLING:
        return []
    if line is None or not home.currency:
        return [in_words("income_fell", amount=f"{1 - over / then:.0%}")]
    return [in_words("income_fell", amount=_hundreds((then - over) * line.per_year, home))]


def _hundreds(amount: float, home: Household) -> Sentence:
    return money(round(amount, HUNDREDS), home.currency)


def people(home: Household) -> list[Sentence]:
    """Tell how many live there and can work, and whether all of them are old."""
    if not home.people:
        return []
    able = sum(person.is_able for person in home.people)
    is_old = all(person.age >= OLD for person in home.people)
    return [in_words("people", n=len(home.people), able=able), *([in_words("old")] if is_old else [])]


def _past_falls(home: Household) -> list[Sentence]:
    times = home.facts.get("n_past_falls") or 0
    return [in_words("past_falls", n=int(times))] if times else []


def _long_ill(home: Household) -> list[Sentence]:
    rows = [row for row in home.records["health"] if row["kind"] in LASTING]
    return [in_words("long_ill", who=person.who) for person, _ in home.by_person(rows)]


def _uninsured(home: Household) -> list[Sentence]:
    insured = [row for row in home.records["health"] if row["kind"] == "insurance"]
    without = sum(rows[-1]["insurance"] == "none" for _, rows in home.by_person(insured))
    return [in_words("uninsured", n=without)] if without else []


def _certificates(home: Household) -> list[Sentence]:
    holders = sum(person.has_certificate for person in home.people)
    return [in_words("certificates", n=holders)] if holders else []


def _students(home: Household) -> list[Sentence]:
    out = ("dropped_out", "not_attending")
    at_school = [row for row in home.running("schooling") if row["stage"] not in out]
    n = len(list(home.by_person(at_school)))
    return [in_words("students", n=n)] if n else []


def _nobody_works(home: Household) -> list[Sentence]:
    able = sum(person.is_able for person in home.people)
    at_work = [row for row in home.running("employment") if row["activity"] != "seeking"]
    is_any = any(person.is_able for person, _ in home.by_person(at_work))
    return [in_words("nobody_works", able=able)] if able and not is_any else []


def _weak(home: Household) -> list[Sentence]:
    return [in_words("weak", who=person.who) for person in home.people if person.labour == WEAK]


def _flag(name: str, code: str) -> Callable[[Household], list[Sentence]]:
    return lambda home: [in_words(code)] if home.facts.get(name) else []


#: What the register can say of a group of features that weighs on a household for long.
BY_GROUP: Mapping[str, Sequence[Callable[[Household], list[Sentence]]]] = {
    "income": (_past_falls,),
    "illness": (_long_ill, _uninsured),
    "disability": (_certificates,),
    "schooling": (_students,),
    "labour": (_weak,),
    "employment": (_nobody_works,),
    "relocation": (_flag("is_relocated", "relocated"),),
    "community": (_flag("is_remote_village", "remote"),),
}


def standing(home: Household, groups: Sequence[str]) -> list[Sentence]:
    """Tell what has made a household vulnerable for long, that of the weightiest groups first.

    Parameters
    ----------
    home : Household
    groups : sequence of str
        Groups of features by weight; what the others say follows.

    Returns
    -------
    list of (str, str)
        People first, then at most `MOST` facts.
    """
    ordered = dict.fromkeys([*(one for one in groups if one in BY_GROUP), *BY_GROUP])
    facts = [sentence for group in ordered for tell in BY_GROUP[group] for sentence in tell(home)]
    return [*people(home), *facts[:MOST]]
