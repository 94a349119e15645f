"""Whom a month's papers are about."""

from datetime import date

from hypothesis import given

from register.reference.proposed_groups import proposed_groups
from tests.watchlists.monthly.months import JANUARY, due, home, known, months, visit
from watchlists.ledger.visits import HOUSEHOLD
from watchlists.monthly.cases import month_cases


def cases(*args, **named):
    return month_cases(known(*args, **named), JANUARY, proposed_groups())


def only(rows):
    assert len(rows) == 1
    return rows.row(0, named=True)


@given(months())
def test_every_household_of_the_month_stands_there_once(known):
    rows = month_cases(known, JANUARY, proposed_groups())
    assert len(rows) == len(rows.unique(HOUSEHOLD))
    assert rows.filter(~rows["is_due"] & rows["result"].is_null()).is_empty()


@given(months())
def test_the_order_of_records_changes_nothing(one):
    turned = known(*(frame.reverse().to_dicts() for frame in vars(one).values()))
    rules = proposed_groups()
    assert month_cases(turned, JANUARY, rules).equals(month_cases(one, JANUARY, rules))


def test_who_was_due_and_not_visited_stands_there_without_a_result():
    row = only(cases([due()]))
    assert (row["is_due"], row["result"], row["group_proposed"]) == (True, None, None)


def test_who_is_due_later_and_was_not_visited_is_no_case():
    assert cases([due(due_on=date(2026, 2, 28))]).is_empty()


def test_who_was_met_since_the_list_and_before_the_month_is_not_due_again():
    february = due(due_on=date(2026, 1, 31), listed_on=date(2025, 11, 30))
    assert cases([february], [visit(visited_on=date(2025, 12, 10))]).is_empty()
    shut = visit(visited_on=date(2025, 12, 10), result="not_at_home")
    assert only(cases([february], [shut]))["is_due"]


def test_a_visit_under_the_list_before_does_not_do_for_this_one():
    assert only(cases([due()], [visit(visited_on=date(2025, 12, 10))]))["is_due"]


def test_who_dropped_out_of_the_list_is_due_no_more():
    old, new = due("H1", listed_on=date(2025, 9, 30)), due("H2")
    assert cases([old, new])["household_id"].to_list() == ["H2"]


def test_who_is_not_listed_lives_where_the_register_says():
    row = only(cases(off_list=[visit("H7", causes_found=["accident"])], homes=[home("H7")]))
    assert (row["is_listed"], row["is_due"], row["village_name"]) == (False, False, "山后村")
    assert (row["causes_found"], row["group_proposed"]) == (["accident"], "sudden")


def test_who_is_visited_on_the_list_and_off_it_counts_as_listed():
    row = only(cases([due()], [visit()], [visit(result="not_confirmed")]))
    assert (row["is_listed"], row["result"]) == (True, "confirmed")


def test_where_nobody_knows_the_place_it_stays_empty():
    row = only(cases(visits=[visit("H9")]))
    assert (row["township_id"], row["village_id"], row["is_listed"]) == ("", "", True)
