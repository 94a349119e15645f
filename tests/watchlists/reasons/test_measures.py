from register.reference import measures
from watchlists.reasons.measures import fitting_measures


def test_a_household_with_nobody_able_to_work_is_not_offered_work():
    assert "employment" not in fitting_measures(["employment"], {"n_able_to_work": 0.0}, measures())


def test_a_worker_without_steady_work_is_offered_work_and_a_public_post():
    found = fitting_measures(["employment"], {"n_able_to_work": 1.0}, measures())
    assert found == ["employment", "public_post"]


def test_school_measures_need_a_student():
    assert fitting_measures(["schooling"], {"n_students": 0.0}, measures()) == ["social"]
    assert "education" in fitting_measures(["schooling"], {"n_students": 2.0}, measures())


def test_an_unknown_count_meets_no_need():
    assert fitting_measures(["business"], {"n_able_to_work": None}, measures()) == []
