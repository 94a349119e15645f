"""What to check on a visit."""

import pytest

from register.errors import ParamsError
from register.reference import checks
from register.tables.monitoring import CAUSES
from tests.register.reference.spoilt import spoilt


def test_every_cause_but_other_has_three_to_five_questions():
    for cause in CAUSES:
        n = sum(one.cause == cause for one in checks())
        assert n == 0 if cause == "other" else 3 <= n <= 5


def test_codes_are_each_of_one_question():
    codes = [one.code for one in checks()]
    assert len(codes) == len({*codes})


#: Place of a question of a cause, and of one of a record.
OF_CAUSE = 0
OF_RECORD = next(place for place, one in enumerate(checks()) if one.table)


@pytest.mark.parametrize(
    ("place", "changes"),
    [(OF_CAUSE, {"table": "housing", "older_than_months": 6}), (OF_RECORD, {"cause": "illness"})],
)
def test_a_question_of_two_things_does_not_load(tmp_path, place, changes):
    with pytest.raises(ParamsError, match="write a cause, or a table"):
        checks(spoilt(tmp_path, "checks.yaml", place, **changes))
