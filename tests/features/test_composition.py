from datetime import date

from tests.features.stories import CHILD, HEAD, household, people

WIFE = {"member_id": "wife", "birth_date": date(1983, 5, 1), "relation": "spouse", "labour": "ordinary"}
JOB = {"member_id": "wife", "started_on": date(2025, 1, 1), "activity": "employee"}
HIS = {"member_id": "head"}


def test_a_parent_alone_with_a_child():
    features = household()
    assert (features["household_size"], features["is_single_adult"], features["n_under_18"]) == (2, 1, 1)
    assert (features["age_of_head"], features["has_spouse"]) == (45, 0)


def test_a_birthday_counts_from_its_month():
    infant = CHILD | {"birth_date": date(2019, 12, 31)}
    assert household(members=people(HEAD, infant))["n_under_6"] == 0


def test_three_generations_are_counted_by_their_ages():
    """A grandmother of 66, her son of 45, his wife of 42, and children of 20, 15, 7 and 1."""
    born = {"granny": 1959, "eldest": 2005, "child": 2010, "third": 2018, "infant": 2024}
    others = [{"member_id": name, "birth_date": date(year, 5, 1)} for name, year in born.items()]
    features = household(members=people(HEAD, WIFE, *others))
    assert (features["n_under_3"], features["n_aged_6_to_12"], features["n_aged_13_to_17"]) == (1, 1, 1)
    assert (features["n_aged_18_to_24"], features["n_aged_25_to_44"], features["n_aged_45_to_64"]) == (
        1,
        1,
        1,
    )
    assert (features["n_aged_65_and_over"], features["age_of_youngest"], features["mean_age"]) == (1, 1, 28)
    assert features["has_spouse"] == 1


def test_a_wife_who_could_work_is_at_home_until_she_works_or_looks_for_work():
    members = people(HEAD, WIFE, CHILD)
    assert household(members=members, employment=[JOB | HIS])["n_adults_at_home"] == 1
    for activity in ("employee", "seeking"):
        assert household(members=members, employment=[JOB | {"activity": activity}])["n_adults_at_home"] == 0


def test_who_studies_or_cannot_work_is_not_counted_as_at_home():
    school = {"member_id": "wife", "started_on": date(2025, 9, 1), "stage": "university"}
    both, ill = people(HEAD, WIFE), people(HEAD, WIFE | {"labour": "lost"})
    assert household(members=both, schooling=[school], employment=[JOB | HIS])["n_adults_at_home"] == 0
    assert household(members=ill, employment=[JOB | HIS])["n_adults_at_home"] == 0


def test_where_work_is_not_recorded_nobody_is_counted_as_at_home():
    assert household(members=people(HEAD, WIFE))["n_adults_at_home"] is None


def test_two_payments_to_one_person_are_one_pensioner_and_a_wage_is_none():
    paid = {"occurred_on": date(2025, 11, 1), "source": "pension", "amount": 100.0, "member_id": "head"}
    records = [
        paid,
        paid | {"occurred_on": date(2025, 12, 1)},
        paid | {"source": "wage", "member_id": "child"},
    ]
    assert household(income=records)["n_pensioners"] == 1
    assert household(income=records[2:])["n_pensioners"] == 0
