"""A household of one story each: what a cadre reads of it."""

import pytest

from tests.watchlists.household.homes import home, living
from watchlists.household.happened_to_persons import disability, employment, illness, labour, schooling

WIFE = {"member_id": "wife", "birth_date": "1982-01-01", "relation": "spouse", "labour": "none"}
SON = {"member_id": "son", "birth_date": "2006-05-01", "relation": "child"}


def zh(sentences):
    return [chinese for chinese, _ in sentences if chinese]


def bill(day, paid, kind="inpatient"):
    return {"member_id": "head", "occurred_on": day, "kind": kind, "own_payment": paid}


def spell(start, end=None, activity="employee", wage=None, member="head"):
    return {
        "member_id": member,
        "started_on": start,
        "ended_on": end,
        "activity": activity,
        "monthly_wage": wage,
    }


def test_two_stays_and_a_visit_are_one_sum_and_those_of_last_year_are_not_in_it():
    bills = [bill("2024-11-01", 500.0), bill("2025-03-01", 8_000.0), bill("2025-10-09", 20_000.0)]
    sentences = illness(home(members=living(), health=[*bills, bill("2025-06-01", 60.0, "outpatient")]))
    assert zh(sentences) == ["户主（45岁）看病自付28,060元（住院2次），最近一次2025年10月"]
    assert sentences[0][1] == "head (45): paid 28,060 yuan for treatment (hospital stays: 2), last 2025-10"


def test_a_diagnosis_is_told_in_the_year_it_was_first_recorded():
    new = {"member_id": "wife", "occurred_on": "2025-08-03", "kind": "major_illness"}
    old = [{**new, "occurred_on": "2023-08-03"}, {**new, "occurred_on": "2025-08-03"}]
    assert zh(illness(home(members=living(WIFE), health=[new]))) == ["配偶（43岁）2025年8月确诊大病"]
    assert zh(illness(home(members=living(WIFE), health=old))) == []


def test_a_certificate_is_told_with_its_grade():
    certified = {"member_id": "wife", "occurred_on": "2025-04-01", "kind": "disability", "grade": 2}
    assert zh(disability(home(members=living(WIFE), health=[certified]))) == [
        "配偶（43岁）2025年4月评定残疾（2级）"
    ]


def test_who_studies_is_told_with_the_cost_and_who_dropped_out_without():
    at_college = {
        "member_id": "son",
        "started_on": "2025-09-01",
        "stage": "college",
        "own_cost_year": 9_800.0,
    }
    gone = {"member_id": "son", "started_on": "2025-10-01", "stage": "dropped_out"}
    assert zh(schooling(home(members=living(SON), schooling=[at_college]))) == [
        "子女（19岁）在读高职高专，一年自付9,800元"
    ]
    assert zh(schooling(home(members=living(SON), schooling=[gone]))) == ["子女（19岁）2025年10月起失学辍学"]


def test_who_left_is_told_with_who_can_still_work():
    left = {"occurred_on": "2025-03-15", "kind": "member_left"}
    assert zh(labour(home(members=living(WIFE), relocation=[left]))) == [
        "2025年3月家里少了1人，现有1人能劳动"
    ]


@pytest.mark.parametrize(
    ("spells", "words"),
    [
        ([spell("2020-01-01", "2025-05-01", wage=3_200.0)], "2025年5月停工，现未就业（原月工资3,200元）"),
        ([spell("2020-01-01", "2025-05-01")], "2025年5月停工，现未就业"),
        (
            [spell("2020-01-01", "2025-05-01", wage=3_200.0), spell("2025-06-01", wage=2_100.0)],
            "换工，月工资由3,200元降到2,100元",
        ),
        ([spell("2020-01-01", "2025-05-01"), spell("2025-06-01")], "2025年5月有一份工结束，现仍在务工"),
        ([spell("2020-01-01", "2024-05-01"), spell("2024-06-01", activity="seeking")], "2024年6月起在找工作"),
    ],
)
def test_work_that_ended_is_told_as_what_became_of_it(spells, words):
    assert zh(employment(home(members=living(), employment=spells))) == [f"户主（45岁）{words}"]


def test_who_can_work_no_more_is_not_called_out_of_work():
    stopped = [spell("2020-01-01", "2025-05-01", wage=900.0, member="wife")]
    assert zh(employment(home(members=living(WIFE), employment=stopped))) == [
        "配偶（43岁）2025年5月停工，现登记为无劳动能力"
    ]


def test_the_work_of_who_left_is_told_as_their_leaving():
    gone = [spell("2020-01-01", "2025-03-01", member="gone")]
    known = home(
        members=living(), employment=gone, relocation=[{"occurred_on": "2025-03-15", "kind": "member_left"}]
    )
    assert zh(employment(known)) == ["2025年3月家里少了1人，现有1人能劳动"]


def test_work_that_goes_on_and_work_long_ended_are_no_event():
    quiet = [spell("2020-01-01"), spell("2018-01-01", "2019-01-01")]
    assert employment(home(members=living(), employment=quiet)) == []


def test_amounts_are_not_told_where_no_currency_is():
    assert zh(illness(home("", members=living(), health=[bill("2025-10-09", 20_000.0)]))) == []
