from tests.watchlists.household.homes import home, living
from watchlists.household.roster import roster

WIFE = {
    "member_id": "wife",
    "birth_date": "1982-01-01",
    "relation": "spouse",
    "labour": "lost",
    "has_disability_certificate": True,
}
GIRL = {"member_id": "girl", "birth_date": "2013-01-01", "relation": "child", "labour": "none"}


def test_every_member_has_a_line():
    known = home(
        members=living(WIFE, GIRL),
        health=[{"member_id": "wife", "occurred_on": "2021-01-01", "kind": "chronic"}],
        schooling=[{"member_id": "girl", "started_on": "2025-09-01", "stage": "middle"}],
        employment=[
            {"member_id": "head", "started_on": "2025-01-01", "activity": "employee", "monthly_wage": 2_400.0}
        ],
    )
    assert [zh for zh, _ in roster(known)] == [
        "户主（45岁），普通劳动力，在务工（月工资2,400元）",
        "配偶（43岁），丧失劳动力，持残疾证，慢性病",
        "子女（12岁），在读初中",
    ]
    assert roster(known)[0][1] == "head (45), able to work, at work (wage 2,400 yuan a month)"


def test_only_who_can_work_is_said_to_have_none():
    assert roster(home(members=living()))[0][0].endswith("现未务工")
    assert "务工" not in roster(home(members=living(GIRL)))[1][0]


def test_a_child_out_of_school_is_told_as_that():
    out = [{"member_id": "girl", "started_on": "2025-09-01", "stage": "dropped_out"}]
    assert roster(home(members=living(GIRL), schooling=out))[1][0] == "子女（12岁），失学辍学"
