import polars as pl

from tests.watchlists.lists import explained, scores
from watchlists.report.cause_counts import by_group, by_place, overview

#: Of 100 in each county 40 were ill, 30 lost work, and 30 have nothing on record; every second is listed.
COHORT = scores(
    *(
        explained(f"{county}-{n:02}", county=county, township=f"{county}T{n // 2 % 2}", **parts)
        for county in ("C1", "C2")
        for n, parts in enumerate(
            [{"illness": 0.9, "income": 0.4}] * 40 + [{"employment": 0.5}] * 30 + [{"income": 0.7}] * 30
        )
    )
)
LISTED = COHORT.filter(pl.col("household_id").str.slice(3).cast(pl.Int64) % 2 == 0).with_columns(
    groups=pl.when(pl.col("main_cause") == "illness").then(["remote"]).otherwise(["remote", "disabled"])
)


def cells(section):
    return {row["name"][1] or row["name"][0]: row["cells"] for row in section["rows"]}


def test_list_and_cohort_are_counted_by_cause_first_named_on_record_and_long_lasting():
    table = overview(COHORT, LISTED["household_id"])
    assert [one for _, one in table["columns"][:4]] == [
        "list: main cause",
        "list: named, also second",
        "list: on record this year",
        "list: long-term",
    ]
    assert cells(table)["illness"][:2] == [("40", "40%"), ("40", "40%")]
    assert cells(table)["illness"][4] == ("80", "40%")
    assert cells(table)["no fresh cause"][4] == ("60", "30%")


def test_where_nobody_has_a_cause_the_next_rarest_is_hidden_with_it():
    """Whoever sees two of three causes and the total knows that nobody has any of the others."""
    table = cells(overview(COHORT, LISTED["household_id"]))
    assert table["accident"][0] == table["unstable work"][0] == ("–", "")


def test_what_would_tell_a_small_count_beside_the_list_is_hidden():
    """Of the ill, 77 of 80 are listed: that three are not stays untold."""
    few = COHORT.filter(pl.col("main_cause") == "illness")["household_id"].head(77)
    table = cells(overview(COHORT, few))
    assert table["illness"][0] == ("–", "")
    assert table["illness"][4] == ("80", "40%")


def test_counties_and_townships_are_laid_out_by_main_cause():
    counties = cells(by_place(COHORT, "county_id"))
    assert list(counties) == ["C1", "C2"]
    assert [one[0] for one in counties["C1"]][:2] == ["100", "40%"]
    assert counties["C1"][-1] == ("30%",)
    townships = cells(by_place(COHORT, "township_id", within="county_id"))
    assert list(townships) == ["C1T0", "C1T1", "C2T0", "C2T1"]
    assert townships["C1T0"][:2] == [("50",), ("40%",)]


def test_what_is_hidden_of_a_county_is_hidden_of_its_townships():
    """Nobody of C1 has a cause but illness and work: as work is hidden there, each township hides it too."""
    townships = cells(by_place(COHORT, "township_id", within="county_id"))
    work = [one for one, _ in by_place(COHORT, "county_id")["columns"]].index("因务工就业不稳")
    assert cells(by_place(COHORT, "county_id"))["C1"][work] == ("–",)
    assert {row[work] for row in townships.values()} == {("–",)}


def test_groups_of_the_list_are_laid_out_and_small_ones_left_out():
    table = cells(by_group(LISTED))
    assert list(table) == ["all", "a disabled member", "remote village"]
    assert table["remote village"][:2] == [("100",), ("40%",)]
    assert table["a disabled member"][0] == ("60",)
