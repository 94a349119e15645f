"""What a run's list tells cadres, over every listed household, held against its own register."""

import re

import polars as pl
import pytest

from register.reference import checks
from tests.end_to_end.test_named_causes import Listing
from tests.watchlists.handed_out import opened
from tests.watchlists.household.test_wording import JARGON
from watchlists.household.why_now import ON_RECORD

TEXTS = ("people_zh", "now_zh", "standing_zh", "help_zh", "fits_zh")
PAID = re.compile(r"看病自付([\d,]+)元")
#: Of a list so few texts of one village may be alike but for their numbers.
ALIKE = 2


@pytest.fixture(scope="module")
def listing(whole):
    return Listing(whole.folder)


def together(listing, *names):
    return listing.listed.select(pl.concat_list(names).list.join(" "))[names[0]]


def test_no_sheet_and_no_card_speaks_as_evaluators_do(whole):
    released = whole.folder / "releases" / "current"
    pages = [path.read_text(encoding="utf-8") for path in released.glob("cards/*/*.html")]
    books = [
        str([list(book["名单"].values), list(book["回头看"].values)])
        for book in map(opened, released.glob("workbooks/*/*.xlsx"))
    ]
    assert pages
    assert books
    assert not [word for word in JARGON for text in (*pages, *books) if word in text]


def test_no_cause_is_named_without_a_fact_of_the_register(listing):
    assert not together(listing, "now_zh").str.contains(ON_RECORD[0]).any()


def test_what_was_paid_for_treatment_adds_up_to_the_records(listing):
    """Counted again from the tables: every member's own payments of twelve months, wherever they lived."""
    members = listing.records("members").select("member_id", pl.col("household_id").alias("home"))
    treated = listing.records("health").filter(
        pl.col("kind").is_in(["inpatient", "outpatient"]), pl.col("months_ago") < 12
    )
    paid = treated.join(members, on="member_id").group_by("home").agg(pl.col("own_payment").sum())
    of_home = dict(paid.iter_rows())
    stated = {
        one: sum(float(amount.replace(",", "")) for amount in set(PAID.findall(text)))
        for one, text in zip(listing.listed["household_id"], together(listing, "now_zh"), strict=True)
        if "看病自付" in text
    }
    assert stated
    several = {one for one, total in stated.items() if total > of_home[one] + 3}
    assert several == set()


def test_the_people_of_a_page_are_those_of_the_register(listing):
    counted = dict(listing.records("members").group_by("household_id").len().iter_rows())
    for one, n, people in listing.listed.select("household_id", "n_people", "people_zh").iter_rows():
        assert n == len(people) == counted[one]


def test_help_in_force_is_what_the_list_knows_of_it(listing):
    for in_force, words in listing.listed.select("measures_in_force", "help_zh").iter_rows():
        assert len(in_force) == len(words)


def test_every_visit_has_something_to_check(listing):
    known = {one.code for one in checks()}
    assert all(codes and set(codes) <= known for codes in listing.listed["checks"].to_list())


def test_hardly_two_texts_of_a_village_are_alike_but_for_their_numbers(listing):
    plain = together(listing, "now_zh", "standing_zh").str.replace_all(r"\d[\d,]*", "0")
    alike = listing.listed.with_columns(plain.alias("plain")).group_by("village_id", "plain").len()
    assert alike.filter(pl.col("len") > 1)["len"].sum() <= ALIKE
