"""Help a household gets with its dates, and help that could fit with the person it is for."""

from collections.abc import Callable, Mapping, Sequence

from register.reference import Measure
from watchlists.household.people import Person, Sentence
from watchlists.household.records import Household
from watchlists.household.wording import month

#: Groups of measures that need somebody able to work who has no work now.
FOR_WORKERS = ("employment", "public_post")
IN_FORCE = ("在享", "in force")
ILL = ("inpatient", "chronic", "major_illness", "incapacity")


def in_force(home: Household, measures: Mapping[str, Measure]) -> list[Sentence]:
    """Tell the help that goes on, since when, and when it ends where that is set.

    Parameters
    ----------
    home : Household
    measures : mapping of str to Measure
        Reference data.
    """
    latest = {row["measure"]: row for row in home.running("assistance")}
    return [_dated(measures[code], row) for code, row in sorted(latest.items()) if code in measures]


def _dated(measure: Measure, row: Mapping[str, object]) -> Sentence:
    (since_zh, since), ends = month(row["started_on"]), row["ended_on"]  # type: ignore[arg-type]
    until_zh, until = month(ends) if ends else ("", "")  # type: ignore[arg-type]
    return (
        f"{measure.zh}（{since_zh}起{f'，{until_zh}到期' if ends else ''}）",
        f"{measure.en} (since {since}{f', ends {until}' if ends else ''})",
    )


def fitting(home: Household, codes: Sequence[str], measures: Mapping[str, Measure]) -> list[Sentence]:
    """Tell the measures to think of, each with whom it is for, and whether it is in force already.

    Parameters
    ----------
    home : Household
    codes : sequence of str
        Groups of measures that fit (`watchlists.reasons.measures`).
    measures : mapping of str to Measure
        Reference data.
    """
    running = {row["measure"] for row in home.running("assistance")}
    return [_for_whom(home, measures[code], is_in_force=code in running) for code in codes]


def _for_whom(home: Household, measure: Measure, *, is_in_force: bool) -> Sentence:
    people = [person.who for person in WHOM.get(measure.code, lambda _: [])(home)]
    notes = [*people, *([IN_FORCE] if is_in_force else [])]
    zh, en = "、".join(zh for zh, _ in notes), ", ".join(en for _, en in notes)
    return (f"{measure.zh}：{zh}", f"{measure.en}: {en}") if notes else (measure.zh, measure.en)


def _without_work(home: Household) -> list[Person]:
    at_work = {row["member_id"] for row in home.running("employment") if row["activity"] != "seeking"}
    return [person for person in home.people if person.is_able and person.member_id not in at_work]


def _of_health(home: Household) -> list[Person]:
    rows = [row for row in home.records["health"] if row["kind"] in ILL]
    return [person for person, _ in home.by_person(rows)]


def _at_school(home: Household) -> list[Person]:
    rows = [row for row in home.running("schooling") if row["stage"] != "not_attending"]
    return [person for person, _ in home.by_person(rows)]


#: Whom a group of measures is for; the others are for the household.
WHOM: Mapping[str, Callable[[Household], list[Person]]] = {
    **dict.fromkeys(FOR_WORKERS, _without_work),
    "health": _of_health,
    "education": _at_school,
}
