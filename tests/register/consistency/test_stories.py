"""Every check is tripped by one invented household and left in peace by another."""

from datetime import date

import polars as pl
import pytest

from register.consistency import CHECKS, examine, write_findings
from tests.households import lines_of, village_tables
from tests.register.stories import living, numbering, people, programme
from tests.register.stories.telling import SENT, earning, farms, health, help_of, home, identified, job, wage

DAY = date(2025, 12, 31)
STORIES = [*people.STORIES, *programme.STORIES, *living.STORIES, *numbering.STORIES]
TOLD_APART = {
    *("shared_phone", "shared_household_phone", "same_income", "bunching_above_line"),
    *("village_of_two_counties", "township_of_two_counties", "in_two_households"),
    *("entered_in_two_households", "household_ids_alike", "village_ids_alike", "township_ids_alike"),
    *("village_no_answer_code", "recurring_extreme", "site_in_several_townships"),
}


def households_listed_by(code, *homes, day=DAY):
    """Name the households a check lists in one village."""
    listed = examine(village_tables(*homes), lines_of(), day).findings
    return set(listed.filter(code=code)["household_id"])


def test_every_check_has_a_story():
    assert {code for code, *_ in STORIES} | TOLD_APART == set(CHECKS)


@pytest.mark.parametrize(("code", "story", "wu", "li"), STORIES, ids=[code for code, *_ in STORIES])
def test_the_wus_are_in_doubt_and_the_lis_are_not(code, story, wu, li):
    assert households_listed_by(code, wu, li) == {"wu"}, story


@pytest.mark.parametrize("column", ["shared_phone", "shared_household_phone"])
def test_one_phone_in_two_households_is_in_doubt_in_both(column):
    """Wu and Zhao gave one number, once with spaces; the two Lis share theirs at home."""

    def owning(name, phone, people=1):
        of_person = column == "shared_phone"
        persons = [{"phone": phone} if of_person else {}] * people
        return home(name, *persons, state={} if of_person else {"phone": phone})

    homes = owning("wu", "13900000000"), owning("zhao", "+86 139 0000 0000"), owning("li", "13911111111", 2)
    assert households_listed_by(column, *homes) == {"wu", "zhao"}


def test_five_households_with_the_same_income_to_the_yuan_are_in_doubt():
    """Five Wus earned 12,345 each; of the Lis only four did."""
    wus = [home(f"wu{one}", income=12_345, first="2025-06", last="2025-06") for one in range(5)]
    lis = [home(f"li{one}", income=999, first="2025-06", last="2025-06") for one in range(4)]
    assert households_listed_by("same_income", *wus, *lis) == {f"wu{one}" for one in range(5)}


def test_a_sum_far_above_all_others_that_recurs_in_two_households_is_in_doubt():
    """912,345 was entered for both Wus, whose wages nobody knew; only Li truly earned 812,345."""
    wus = [earning(f"wu{one}", wage(912_345), wage(3_000, "2025-05-31")) for one in range(2)]
    assert households_listed_by("recurring_extreme", *wus) == {"wu0", "wu1"}
    assert (
        households_listed_by("recurring_extreme", earning("li", wage(812_345)), earning("zhao", wage(3_000)))
        == set()
    )


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("assistance", help_of(amount=9_999_998)),
        ("employment", job(monthly_wage=99_999)),
        ("employment", job(monthly_wage=88_888)),
        ("land", {"occurred_on": "2025-01-01", "forest_mu": 999}),
        ("monitoring", identified(income_per_person=-9)),
        ("health", health("payment", own_payment=9_999_999)),
    ],
)
def test_codes_for_no_answer_are_in_doubt_in_every_column_of_sums_and_counts(table, row):
    """Wu gave no answer, Li did; Zhao has a little of everything."""
    columns = dict.fromkeys(["amount", "monthly_wage", "forest_mu", "income_per_person", "own_payment"])
    plain = {**row, **{name: 12.0 for name in columns if name in row}}
    assert households_listed_by(
        "no_answer_code", home("wu", **{table: [row]}), home("li", **{table: [plain]})
    ) == {"wu"}


def test_nines_of_few_digits_are_no_code_where_others_are_as_great():
    """99 mu of Wu's are doubtful only where nobody else has a tenth of it."""
    wu, li = home("wu", land=[farms("2025-01-01", 99)]), home("li", land=[farms("2025-01-01", 80)])
    assert households_listed_by("no_answer_code", wu, li) == set()
    assert households_listed_by("no_answer_code", wu, home("li", land=[farms("2025-01-01", 3)])) == {"wu"}


def test_a_code_in_a_state_that_holds_no_longer_is_in_doubt_too():
    """Features look back: Wu's forest of 2021 was entered as 999 mu, and later put right by a new state."""
    past = {"occurred_on": "2021-01-01", "forest_mu": 999}
    wu = home("wu", land=[past, {"occurred_on": "2025-01-01", "forest_mu": 3}])
    assert households_listed_by("no_answer_code", wu, home("li", land=[{**past, "forest_mu": 3}])) == {"wu"}


def test_a_village_whose_people_are_99999_is_in_doubt():
    tables = village_tables(home("wu"), villages=[{"n_people": 99_999}])
    listed = examine(tables, lines_of(), DAY).findings.filter(code="village_no_answer_code")
    assert listed.select("township_id", "evidence").rows() == [("T1", "villages.n_people; n=1")]


@pytest.mark.parametrize(("above", "townships"), [(20, ["T1"]), (10, [])])
def test_a_township_where_nearly_all_stand_just_above_the_line_is_in_doubt(above, townships):
    """Of twenty near the line of 100, all or half report 105 a month, the others 95."""
    amounts = [105] * above + [95] * (20 - above)
    homes = [home(f"h{number}", income=amount, **SENT) for number, amount in enumerate(amounts)]
    listed = examine(village_tables(*homes), lines_of(), DAY).findings.filter(code="bunching_above_line")
    assert listed["township_id"].to_list() == townships
    assert listed["household_id"].null_count() == len(listed)
    assert listed["evidence"].to_list() == ["线上 20 户 / 线下 0 户 above / below the line"] * len(townships)


def test_one_phone_in_two_counties_is_in_doubt_in_both(tmp_path):
    """Wu of C1 and Zhao of C2 gave one number; Li's stands in C1 only."""
    first = village_tables(home("wu", {"phone": "13900000000"}), home("li", {"phone": "13911111111"}))
    second = village_tables(home("zhao", {"phone": "139-0000-0000"}), villages=[{"county_id": "C2"}])
    examined = [examine(tables, lines_of(), DAY) for tables in (first, second)]
    assert all("shared_phone" not in set(one.findings["code"]) for one in examined)
    across = write_findings(tmp_path, examined).filter(code="shared_phone")
    assert across.select("county_id", "household_id", "evidence").rows() == [
        ("C1", "wu", "members.phone; 跨县 in several counties"),
        ("C2", "zhao", "members.phone; 跨县 in several counties"),
    ]


def test_places_numbered_alike_in_two_counties_are_named_in_both_once(tmp_path):
    """Village V1 of township T1 lies in C1 and in C2; V2 only in C1."""
    first = village_tables(home("wu"), villages=[{}, {"village_id": "V2"}])
    second = village_tables(home("zhao"), villages=[{"county_id": "C2"}])
    findings = write_findings(tmp_path, [examine(tables, lines_of(), DAY) for tables in (first, second)])
    named = findings.filter(pl.col("code").str.ends_with("of_two_counties"))
    assert named.select("county_id", "township_id", "village_id", "code").rows() == [
        ("C1", "T1", "V1", "village_of_two_counties"),
        ("C1", "T1", None, "township_of_two_counties"),
        ("C2", "T1", "V1", "village_of_two_counties"),
        ("C2", "T1", None, "township_of_two_counties"),
    ]


def test_a_person_whom_no_household_let_go_is_named_in_both():
    """Ann went from the Wus to the Zhaos and was never ended there; Bob was, when he went to the Lis."""
    ann, bob = {"member_id": "ann"}, {"member_id": "bob"}
    later = {"valid_from": "2023-01-01"}
    wu, zhao = home("wu", {}, ann, {**bob, "valid_to": "2023-01-01"}), home("zhao", {}, {**ann, **later})
    assert households_listed_by("in_two_households", wu, zhao, home("li", {}, {**bob, **later})) == {
        "wu",
        "zhao",
    }


def test_one_person_in_two_counties_is_in_doubt_in_both(tmp_path):
    """Wu went from C1 to C2 and was ended in neither; Li's number was given to another in C2."""
    wu, li = {"member_id": "p1", "birth_date": "1970-01-01"}, {"member_id": "p2", "birth_date": "1980-01-01"}
    first = village_tables(home("wu", wu), home("li", li))
    second = village_tables(
        home("zhao", wu, {**li, "birth_date": "1999-09-09"}), villages=[{"county_id": "C2"}]
    )
    findings = write_findings(tmp_path, [examine(tables, lines_of(), DAY) for tables in (first, second)])
    assert findings.filter(code="in_two_households").select("county_id", "household_id").rows() == [
        ("C1", "wu"),
        ("C2", "zhao"),
    ]


def test_a_person_entered_in_two_households_since_one_day_is_named_in_both():
    """Ann was entered with the Wus, a month later with the Zhaos; Bob twice with the Lis."""
    ann, later = {"member_id": "ann"}, {"recorded_on": "2021-02-01"}
    wu, zhao = home("wu", {}, ann), home("zhao", {}, {**ann, **later})
    li = home("li", {}, {"member_id": "bob"}, {"member_id": "bob", **later})
    assert households_listed_by("entered_in_two_households", wu, zhao, li) == {"wu", "zhao"}


def test_ids_that_differ_in_look_only_are_named_household_village_and_township():
    """H1 and h1, V1 and v1, T01 and T1."""
    assert households_listed_by("household_ids_alike", home("H1"), home("h1"), home("H2")) == {"H1", "h1"}
    alike = [{"township_id": "T1"}, {"village_id": "v1", "township_id": "0T1"}, {"village_id": "V2"}]
    listed = examine(village_tables(home("wu"), villages=alike), lines_of(), DAY).findings
    named = listed.filter(pl.col("code").str.ends_with("_ids_alike")).select("code", "township_id").unique()
    assert set(named.iter_rows()) == {
        (code, township) for code in ("village_ids_alike", "township_ids_alike") for township in ("T1", "0T1")
    }


def test_a_site_numbered_by_township_is_named_once_a_township():
    """Site 1 of T1 and site 1 of T2; site 2 lies in T1 only."""

    def moved(name, village, site):
        move = {"kind": "site_move", "occurred_on": "2020-05-01", "site_id": site}
        return home(name, state={"village_id": village}, relocation=[move])

    villages = [{}, {"village_id": "V2", "township_id": "T2"}, {"village_id": "V3", "township_id": "T3"}]
    homes = moved("wu", "V1", "1"), moved("zhao", "V2", "1"), moved("li", "V3", "2")
    listed = examine(village_tables(*homes, villages=villages), lines_of(), DAY).findings
    assert listed.filter(code="site_in_several_townships")["township_id"].to_list() == ["T1", "T2"]
