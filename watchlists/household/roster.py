"""The members of a household, a line each: how able to work, how ill, at school, at work."""

from collections.abc import Sequence

from register.tables import TABLES
from watchlists.household.people import WORKING, Person, Sentence
from watchlists.household.records import Household, Row
from watchlists.household.wording import STAGES_EN, with_amount

LABOUR = TABLES["members"].by_name["labour"].meanings
LABOUR_EN = {
    "skilled": "skilled",
    "ordinary": "able to work",
    "weak": "light work only",
    "lost": "lost the ability to work",
    "none": "not of working age or unable",
}
STAGES = TABLES["schooling"].by_name["stage"].meanings
#: Kinds of health records that last.
LASTING = {
    "chronic": ("慢性病", "chronic illness"),
    "major_illness": ("大病", "major illness"),
    "incapacity": ("失能", "cannot live alone"),
}
CERTIFICATE = ("持残疾证", "disability certificate")
NO_WORK = ("现未务工", "no work now")
NO_SCHOOL = ("dropped_out", "not_attending")


def roster(home: Household) -> list[Sentence]:
    """Describe every member, the head first."""
    return [_member(home, person) for person in home.people]


def _member(home: Household, person: Person) -> Sentence:
    facts = [
        person.who,
        *(
            [(LABOUR[person.labour], LABOUR_EN[person.labour])]
            if person.labour and person.age >= WORKING
            else []
        ),
        *([CERTIFICATE] if person.has_certificate else []),
        *_illnesses(home, person),
        *_school(_own(home.running("schooling"), person)),
        *_work(home, person),
    ]
    return "，".join(zh for zh, _ in facts), ", ".join(en for _, en in facts)


def _own(rows: Sequence[Row], person: Person) -> list[Row]:
    return [row for row in rows if row["member_id"] == person.member_id]


def _illnesses(home: Household, person: Person) -> list[Sentence]:
    kinds = {row["kind"] for row in _own(home.records["health"], person)}
    return [words for kind, words in LASTING.items() if kind in kinds]


def _school(spells: Sequence[Row]) -> list[Sentence]:
    if not spells:
        return []
    stage = spells[-1]["stage"]
    words = (STAGES[stage], STAGES_EN.get(stage, stage.replace("_", " ")))
    return [words if stage in NO_SCHOOL else (f"在读{words[0]}", f"at school ({words[1]})")]


def _work(home: Household, person: Person) -> list[Sentence]:
    """Tell work and wage; that there is none only of who is able to."""
    spells = [row for row in _own(home.running("employment"), person) if row["activity"] != "seeking"]
    if not spells:
        return [NO_WORK] if person.is_able else []
    zh, en = with_amount("wage", spells[-1]["monthly_wage"], home.currency)
    return [(f"在务工{zh}", f"at work{en}")]
