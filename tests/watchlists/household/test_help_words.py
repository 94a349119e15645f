from register.reference import measures
from tests.watchlists.household.homes import home, living
from watchlists.household.help_words import fitting, in_force

SON = {"member_id": "son", "birth_date": "2006-05-01", "relation": "child"}


def helped(measure, end=None):
    return {"measure": measure, "started_on": "2024-03-01", "ended_on": end}


def test_help_is_told_with_its_dates_and_ended_help_not():
    known = home(
        assistance=[helped("health", "2026-02-01"), helped("social"), helped("finance", "2025-01-01")]
    )
    assert [zh for zh, _ in in_force(known, measures())] == [
        "健康帮扶（2024年3月起，2026年2月到期）",
        "社会帮扶（2024年3月起）",
    ]


def test_a_measure_names_whom_it_is_for():
    """The head could work and does not, the son is at college; social help is for the household."""
    studies = {"member_id": "son", "started_on": "2025-09-01", "stage": "college"}
    known = home(members=living(SON), schooling=[studies], assistance=[helped("education")])
    assert [zh for zh, _ in fitting(known, ["employment", "education", "social"], measures())] == [
        "就业帮扶：户主（45岁）",
        "教育帮扶：子女（19岁）、在享",
        "社会帮扶",
    ]


def test_work_is_not_offered_to_who_has_work():
    work = {"member_id": "head", "started_on": "2025-01-01", "activity": "employee"}
    known = home(members=living(), employment=[work])
    assert fitting(known, ["employment"], measures()) == [("就业帮扶", "employment support")]
