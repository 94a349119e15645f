"""What befell a household as a whole within the year, and a house or water that is unsafe now, by cause."""

from collections.abc import Callable, Mapping

from register.tables import TABLES
from register.tables.shocks import ACCIDENTS, DISASTERS, LOSSES
from watchlists.household.happened_to_persons import disability, employment, illness, labour, schooling
from watchlists.household.people import Sentence
from watchlists.household.records import Household
from watchlists.household.wording import KINDS_EN, WATER_EN, in_words, month, with_amount

DANGEROUS = ("C", "D")
KINDS = TABLES["shocks"].by_name["kind"].meanings
GRADES = TABLES["housing"].by_name["grade"].meanings
STATUSES = TABLES["water"].by_name["status"].meanings


def _shocks(*kinds: str) -> Callable[[Household], list[Sentence]]:
    def befell(home: Household) -> list[Sentence]:
        return [
            in_words(
                "shock",
                month=month(row["occurred_on"]),
                kind=(KINDS[row["kind"]], KINDS_EN[row["kind"]]),
                loss=with_amount("loss", row["loss"], home.currency),
            )
            for row in home.of_year("shocks", *kinds)
        ]

    return befell


def housing(home: Household) -> list[Sentence]:
    """Tell a house that was last graded dangerous."""
    row = home.newest("housing")
    if row is None or row["grade"] not in DANGEROUS:
        return []
    grade = (GRADES[row["grade"]], row["grade"])
    return [in_words("dangerous_house", month=month(row["occurred_on"]), grade=grade)]


def water(home: Household) -> list[Sentence]:
    """Tell water that was last found unsafe."""
    row = home.newest("water")
    if row is None or row["status"] not in WATER_EN:
        return []
    status = (STATUSES[row["status"]], WATER_EN[row["status"]])
    return [in_words("unsafe_water", month=month(row["occurred_on"]), status=status)]


#: By official cause (DOMAIN 2.1), what the register tells of it.
BY_CAUSE: Mapping[str, Callable[[Household], list[Sentence]]] = {
    "illness": illness,
    "disability": disability,
    "schooling": schooling,
    "labour": labour,
    "employment": employment,
    "business": _shocks(*LOSSES),
    "disaster": _shocks(*DISASTERS),
    "accident": _shocks(*ACCIDENTS),
    "housing": housing,
    "water": water,
}


def happened(home: Household, cause: str) -> list[Sentence]:
    """Tell what the register shows of a cause, a sentence an event; none where it shows nothing."""
    return [sentence for sentence in BY_CAUSE[cause](home) if sentence[0]]
