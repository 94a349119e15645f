from register.reference import causes, must_visit_rules
from tests.watchlists.household.homes import home, living
from watchlists.household.why_now import NOTHING, ON_RECORD, why_now

RULES = {rule.code: rule for rule in must_visit_rules()}
ILL = {"member_id": "head", "occurred_on": "2025-10-09", "kind": "inpatient", "own_payment": 28_000.0}
STOPPED = {"member_id": "head", "started_on": "2020-01-01", "ended_on": "2025-05-01", "activity": "employee"}
BILL = "户主（45岁）看病自付28,000元（住院1次），最近一次2025年10月"


def why(named=(), rules=(), events=(), fell=(), **tables):
    row = {"named_causes": list(named), "rules": list(rules), "events": list(events)}
    known = home(members=living(), **tables)
    return [zh for zh, _ in why_now(row, known, causes(), RULES, fell)]


def test_a_named_cause_stands_with_what_happened():
    assert why(["illness"], health=[ILL]) == [f"因病：{BILL}"]


def test_two_rules_of_one_cause_tell_its_events_once_and_the_cause_is_not_told_again():
    both = why(["illness"], ["medical_payment", "medical_payment_any"], health=[ILL])
    assert len(both) == 1
    assert both[0].startswith("必访——脱贫户")
    assert both[0].count(BILL) == 1


def test_an_event_that_is_no_cause_here_is_told_without_the_name_of_one():
    assert why(events=["employment"], employment=[STOPPED]) == ["务工：户主（45岁）2025年5月停工，现未就业"]


def test_a_fall_of_income_stands_last():
    fell = ("人均收入比一年前少4,400元", "income fell")
    assert why(["illness"], fell=[fell], health=[ILL])[-1] == fell[0]


def test_where_nothing_is_on_record_it_says_so():
    assert why() == [NOTHING[0]]
    assert why(["illness"]) == [f"因病：{ON_RECORD[0]}"]
