from hypothesis import given
from hypothesis import strategies as st

from features.declaration import CAUSES
from register.reference import checks
from tests.watchlists.household.homes import home
from watchlists.household.checks import MOST, to_check

QUESTIONS = checks()
OF = {one.code: one.cause for one in QUESTIONS}
FRESH = home(
    income=[{"occurred_on": "2025-12-31", "amount": 1.0, "source": "wage"}],
    housing=[{"occurred_on": "2025-06-01", "grade": "A"}],
    water=[{"occurred_on": "2025-06-01", "status": "safe"}],
)


@given(st.lists(st.sampled_from(CAUSES), unique=True, max_size=4))
def test_every_cause_is_asked_of_its_first_question_first_and_no_visit_is_asked_too_much(causes):
    asked = to_check(FRESH, causes, QUESTIONS)
    assert len(asked) <= MOST
    assert [OF[code] for code in asked] == sorted((OF[code] for code in asked), key=causes.index)
    for cause in causes:
        own = [one.code for one in QUESTIONS if one.cause == cause]
        kept = [code for code in asked if OF[code] == cause]
        assert kept
        assert kept == own[: len(kept)]


def test_a_record_that_is_missing_or_old_keeps_a_place():
    assert to_check(home(), ["illness"], QUESTIONS)[-1] == "income_record"
    assert "income_record" not in to_check(FRESH, ["illness"], QUESTIONS)
