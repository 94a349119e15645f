from datetime import date

from register.shard import IncomeLine
from tests.watchlists.household.homes import home, living
from watchlists.household.standing import MOST, income, income_fell, standing

LINE = IncomeLine("530000", date(2025, 1, 1), 725.0, "CNY", "a letter")
OLD = {"member_id": "old", "birth_date": "1950-01-01", "relation": "parent", "labour": "weak"}


def test_income_is_told_in_yuan_beside_the_line():
    above = income(home(facts={"resources_over_line": 1.2}), LINE)
    assert above[0] == "人均年收入约10,400元（扣除自付医疗费），比监测线高1,700元"
    assert "800 yuan below the line" in income(home(facts={"resources_over_line": 0.9}), LINE)[1].replace(
        "900 yuan", "800 yuan"
    )


def test_income_without_a_line_or_a_currency_is_a_share():
    assert income(home("", facts={"resources_over_line": 1.25}), None)[0] == "比监测线高25%"
    assert income(home(facts={"resources_over_line": None}), LINE) == (
        "收入没有登记",
        "income is not recorded",
    )


def test_a_fall_is_told_where_it_is_a_tenth_of_the_line():
    now = home(facts={"resources_over_line": 1.2})
    assert income_fell(now, LINE, {"resources_over_line": 1.7}) == [
        ("人均收入比一年前少4,400元", "income a person 4,400 yuan less than a year ago")
    ]
    assert income_fell(now, LINE, {"resources_over_line": 1.25}) == []
    assert income_fell(now, LINE, None) == []


def test_people_come_first_and_old_people_alone_are_told():
    pair = standing(home(members=living(OLD)), [])
    assert pair[0] == ("2口人，2人能劳动", "household of 2, 2 able to work")
    alone = home(members=[{"equivalents": 1.0, "valid_from": "2020-01-01", **OLD, "relation": "head"}])
    assert ("全是60岁以上老人", "everybody is 60 or older") in standing(alone, [])


def test_what_weighs_most_is_told_first_and_no_more_than_there_is_room_for():
    facts = {"n_past_falls": 3.0, "is_relocated": 1.0, "is_remote_village": 1.0}
    ill = {"member_id": "old", "occurred_on": "2021-01-01", "kind": "chronic"}
    known = home(members=living(OLD), facts=facts, health=[ill])
    by_income, by_place = standing(known, ["income"]), standing(known, ["relocation", "income"])
    assert by_income[1][0] == "近四次核算中有3次低于监测线"
    assert by_place[1][0] == "易地搬迁户"
    assert len(by_income) == 1 + MOST


def test_nobody_at_work_is_told_only_where_somebody_is_able_to():
    assert ("能劳动的1人现都没有务工", "nobody at work, 1 able to") in standing(home(members=living()), [])
    at_work = [{"member_id": "head", "started_on": "2025-01-01", "activity": "employee"}]
    assert not any("务工" in zh for zh, _ in standing(home(members=living(), employment=at_work), []))
