"""What to check on a visit: questions of the causes that speak, then of records that are missing or old."""

from collections.abc import Sequence

from register.reference import Check
from watchlists.household.records import Household

#: A visit has room for so many questions.
MOST = 5
#: And so many of one cause, and of records.
MOST_OF_CAUSE, MOST_OF_RECORDS = 3, 1


def to_check(home: Household, causes: Sequence[str], questions: Sequence[Check]) -> list[str]:
    """Choose the questions of a visit.

    Parameters
    ----------
    home : Household
    causes : sequence of str
        The causes that help should serve, the main one first; or those to ask of first.
    questions : sequence of Check
        Reference data.

    Returns
    -------
    list of str
        Codes: one place is kept for old records, the causes share the rest, each its first ones.
    """
    old = [one.code for one in questions if one.cause is None and _is_old(home, one)][:MOST_OF_RECORDS]
    of_causes = [
        [one.code for one in questions if one.cause == cause][:MOST_OF_CAUSE]
        for cause in dict.fromkeys(causes)
    ]
    room = MOST - len(old)
    first_of_each = sorted(
        (place, number, code) for number, codes in enumerate(of_causes) for place, code in enumerate(codes)
    )[:room]
    chosen = {code for _, _, code in first_of_each}
    return [code for codes in of_causes for code in codes if code in chosen] + old


def _is_old(home: Household, question: Check) -> bool:
    """Tell whether the newest record is missing or older than a question allows."""
    months = home.months_since.get(question.table or "")
    return months is None or months >= (question.older_than_months or 0)
