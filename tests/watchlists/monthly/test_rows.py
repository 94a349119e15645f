"""Households of a month as people read them."""

from register.reference.proposed_groups import proposed_groups
from tests.watchlists.monthly.months import JANUARY, due, home, known, visit
from watchlists.monthly.cases import month_cases
from watchlists.monthly.rows import Reading, case_rows

#: Ouyang, who lost a season's wages, in group 9 of the village.
OUYANG = {"H1": {"head": "欧阳金", "address": "V1村9组", "phone": "199"}}
FOUND = {"causes_found": ["employment", "illness"], "measures_begun": ["health"]}


def row(people=None, language="zh", **changes):
    homes = [home(category="lifted_out", over_line=0.9)]
    cases = month_cases(
        known([due()], [visit(**{**FOUND, **changes})], homes=homes), JANUARY, proposed_groups()
    )
    (only,) = case_rows(cases, Reading(JANUARY, "2026-02-05", language, people or {}))
    return only


def test_a_named_copy_names_the_head_and_the_group_and_masks_the_name_for_the_notice():
    named = row(OUYANG)
    assert (named["who"], named["masked"], named["group"]) == ("欧阳金", "欧**", "9组")
    assert "199" not in str(named.values())


def test_a_plain_copy_names_nobody():
    plain = row()
    assert (plain["who"], plain["masked"], plain["group"]) == ("H1", "H1", "")


def test_what_the_visit_found_stands_in_the_words_of_the_forms():
    found = row()
    assert (found["result"], found["causes"]) == ("风险属实", "因务工就业不稳、因病")
    assert (found["group_proposed"], found["measures"]) == ("脱贫不稳定户", "健康帮扶")
    assert (found["category"], found["people"], found["visited_on"]) == ("脱贫户", 3, "2026-01-20")


def test_an_english_copy_has_english_words():
    found = row(language="en")
    assert (found["result"], found["causes"]) == ("confirmed", "unstable work, illness")
    assert (found["group_proposed"], found["came_by"]) == ("unstable", "list")


def test_where_nobody_went_the_row_says_so():
    cases = month_cases(known([due()]), JANUARY, proposed_groups())
    (only,) = case_rows(cases, Reading(JANUARY, "2026-02-05", "zh"))
    assert (only["result"], only["visited_on"], only["causes"]) == ("未走访", "", "")
