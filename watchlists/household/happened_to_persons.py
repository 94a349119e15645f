"""What happened to the members of a household within the year, by official cause."""

from collections.abc import Sequence

from register.tables import TABLES
from watchlists.household.people import Person, Sentence
from watchlists.household.records import YEAR, Household, Row
from watchlists.household.wording import STAGES_EN, in_words, month, with_amount
from watchlists.line_words import money

TREATED = ("inpatient", "outpatient")
SEEKING = "seeking"
STAGES = TABLES["schooling"].by_name["stage"].meanings


def illness(home: Household) -> list[Sentence]:
    """Tell who was treated at what own cost, and what was diagnosed."""
    return [
        *(_treated(home, person, rows) for person, rows in home.by_person(home.of_year("health", *TREATED))),
        *_diagnosed(home, "major_illness"),
        *_diagnosed(home, "chronic"),
    ]


def _treated(home: Household, person: Person, rows: Sequence[Row]) -> Sentence:
    paid = sum(row["own_payment"] or 0.0 for row in rows)
    stays = sum(row["kind"] == "inpatient" for row in rows)
    in_hospital = in_words("stays", n=stays) if stays else ("", "")
    return with_amount(
        "treated",
        paid,
        home.currency,
        who=person.who,
        stays=in_hospital,
        month=month(rows[-1]["occurred_on"]),
    )


def _diagnosed(home: Household, kind: str) -> list[Sentence]:
    """Tell the first record of an illness, where it is of the year."""
    first = home.by_person([row for row in home.records["health"] if row["kind"] == kind])
    return [
        in_words(kind, who=person.who, month=month(rows[0]["occurred_on"]))
        for person, rows in first
        if rows[0]["months_ago"] < YEAR
    ]


def disability(home: Household) -> list[Sentence]:
    """Tell who was certified disabled or unable to care for themselves."""
    certified = [
        in_words(
            "disability",
            who=person.who,
            month=month(row["occurred_on"]),
            grade=in_words("grade", n=row["grade"]) if row["grade"] else ("", ""),
        )
        for person, rows in home.by_person(home.of_year("health", "disability"))
        for row in rows[-1:]
    ]
    return [*certified, *_diagnosed(home, "incapacity")]


def schooling(home: Household) -> list[Sentence]:
    """Tell who is at school at what own cost, and who dropped out of it."""
    running = list(home.by_person(home.running("schooling")))
    out = [
        in_words("dropped_out", who=person.who, month=month(rows[-1]["started_on"]))
        for person, rows in running
        if rows[-1]["stage"] == "dropped_out"
    ]
    return [*out, *(_studies(home, person, rows[-1]) for person, rows in running)]


def _studies(home: Household, person: Person, row: Row) -> Sentence:
    stage = (STAGES[row["stage"]], STAGES_EN.get(row["stage"], ""))
    return with_amount("studies", row["own_cost_year"], home.currency, who=person.who, stage=stage)


def labour(home: Household) -> list[Sentence]:
    """Tell who left the household."""
    able = sum(person.is_able for person in home.people)
    left = home.of_year("relocation", "member_left")
    return [in_words("member_left", month=month(row["occurred_on"]), able=able) for row in left]


def employment(home: Household) -> list[Sentence]:
    """Tell whose work ended: for none, for less or for other work; of who left, that they did."""
    return [
        sentence
        for person, spells in home.by_person(home.records["employment"])
        for sentence in _work_of(home, person, spells)
    ] or labour(home)


def _work_of(home: Household, person: Person, spells: Sequence[Row]) -> list[Sentence]:
    work = [row for row in spells if row["activity"] != SEEKING]
    ended = [row for row in work if _ended_within_year(home, row)]
    going_on = [row for row in work if _goes_on(home, row)]
    if not ended:
        return _seeking(home, person, spells) if person.is_able else []
    last = max(ended, key=lambda row: row["ended_on"])
    since = month(last["ended_on"])
    if not going_on and not person.is_able:
        return [in_words("stopped_unable", who=person.who, month=since)]
    if not going_on:
        wage = with_amount("wage_then", last["monthly_wage"], home.currency)
        return [in_words("stopped", who=person.who, month=since, wage=wage)]
    return [
        _other_work(home, person, last, going_on[-1]) or in_words("spell_ended", who=person.who, month=since)
    ]


def _other_work(home: Household, person: Person, before: Row, now: Row) -> Sentence | None:
    """Tell a fall of the wage; None where none is known."""
    then, today = before["monthly_wage"], now["monthly_wage"]
    if not home.currency or then is None or today is None or today >= then:
        return None
    return in_words(
        "lower_wage", who=person.who, before=money(then, home.currency), now=money(today, home.currency)
    )


def _seeking(home: Household, person: Person, spells: Sequence[Row]) -> list[Sentence]:
    looking = [row for row in spells if row["activity"] == SEEKING and _goes_on(home, row)]
    return [in_words("seeking", who=person.who, month=month(row["started_on"])) for row in looking[-1:]]


def _goes_on(home: Household, row: Row) -> bool:
    return row["ended_on"] is None or row["ended_on"] > home.day


def _ended_within_year(home: Household, row: Row) -> bool:
    """Tell whether a spell ended in the last twelve calendar months."""
    if _goes_on(home, row):
        return False
    ended = row["ended_on"]
    return bool((home.day.year - ended.year) * 12 + home.day.month - ended.month < YEAR)
