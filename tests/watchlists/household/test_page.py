import polars as pl

from register.reference import checks, measures
from tests.watchlists.household.homes import home, living
from tests.watchlists.lists import list_rules, listed_row
from watchlists.household.page import PAGE, with_pages


def page(row, known):
    listed = pl.DataFrame([{name: value for name, value in row.items() if name not in PAGE}], strict=False)
    return with_pages(listed, {"H1": known}, None, {}, list_rules().wording, measures(), checks()).row(
        0, named=True
    )


def test_a_page_tells_what_the_register_knows_and_both_languages_say_as_much():
    ill = {"member_id": "head", "occurred_on": "2025-10-09", "kind": "inpatient", "own_payment": 28_000.0}
    identified = {"occurred_on": "2022-03-01", "event": "identified", "group": "sudden"}
    known = home(members=living(), facts={"category": "ordinary"}, health=[ill], monitoring=[identified])
    told = page(listed_row(), known)
    assert (told["category"], told["monitored_group"], told["n_people"]) == ("ordinary", "sudden", 1)
    assert told["now_zh"] == ["因病：户主（45岁）看病自付28,000元（住院1次），最近一次2025年10月"]
    assert told["checks"][0] == "own_payment"
    for name in ("people", "now", "standing", "help", "fits"):
        assert len(told[f"{name}_zh"]) == len(told[f"{name}_en"])


def test_of_a_household_nobody_knows_a_page_can_be_written_all_the_same():
    told = page(listed_row(named_causes=[], main_cause=None, events=[], measures=[]), home())
    assert (told["category"], told["fits_zh"]) == (None, [])
    assert told["standing_zh"][0] == "收入没有登记"
