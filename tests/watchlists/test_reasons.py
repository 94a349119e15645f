import pytest

from features.declaration import declared_features
from tests.watchlists.lists import explained, features, listing
from watchlists.facts import County
from watchlists.reasons import main_causes, number, reasons

WORDING = listing().wording


def told(row, *others):
    facts = features(row, *others)
    county = County(facts, declared_features())
    phis = explained(row["household_id"], illness=0.833, labour=0.34, water=-0.5)
    return reasons({**phis, "rules": row.get("rules", []), **facts.to_dicts()[0]}, county, WORDING)


#: A man fell ill: 40 % of the year's needs went to the hospital; his neighbours paid 2 %.
ILL = {"household_id": "H1", "own_payment_over_needs_12m": 0.4}
NEIGHBOURS = [{"household_id": f"H{n}", "own_payment_over_needs_12m": 0.02} for n in (2, 3, 4)]


def test_the_reasons_of_an_ill_man_in_chinese():
    assert told({**ILL}, *NEIGHBOURS)[0] == (
        "资源为监测线的1.50倍（高出50%）。"
        "模型归因于：因病 ×2.3"
        "（近12个月合规自付支出占全年需求 0.4倍需求（县中位数 0.02倍需求））；"
        "因缺劳动力 ×1.4。"
        "评分是走访的理由，不是决定；不得据此拒绝、取消或停止帮扶。"
    )


def test_the_reasons_of_an_ill_man_in_english():
    assert told({**ILL}, *NEIGHBOURS)[1] == (
        "Resources are 1.50 times the line (50% above). "
        "The model attributes the risk to: illness ×2.3 "
        "(own medical payment in 12 months, share of a year's needs "
        "0.4 x needs (county median 0.02 x needs)); "
        "lack of labour ×1.4. "
        "A score is a reason to visit, not a decision; it never refuses, removes or ends help."
    )


def test_causes_that_lower_the_risk_are_not_named_as_causes():
    assert main_causes(explained("H1", illness=0.2, water=-3.0, labour=0.5), WORDING) == ["labour", "illness"]


def test_a_cause_that_hardly_raises_the_risk_is_not_named():
    assert main_causes(explained("H1", illness=0.2, water=0.04), WORDING) == ["illness"]


def test_circumstances_are_not_named_as_causes():
    assert main_causes(explained("H1", income=2.0), WORDING) == []


def test_a_household_without_a_raising_cause_is_told_so():
    row = {**explained("H1"), "rules": [], **features({"household_id": "H1"}).to_dicts()[0]}
    zh, en = reasons(row, County(features({"household_id": "H1"}), declared_features()), WORDING)
    assert "模型未将风险归因于任何一项致贫原因。" in zh
    assert "The model attributes the risk to none of the official causes." in en


def test_a_household_without_income_is_told_so_and_its_rule_comes_first():
    row = {**explained("H1"), "rules": ["dropout"], "resources_over_line": None}
    zh, en = reasons(row, County(features({"household_id": "H1"}), declared_features()), WORDING)
    assert zh.startswith("必访：义务教育阶段有失学辍学。收入未登记，与监测线的距离不详。")
    assert en.startswith("Must visit: a child dropped out of compulsory school. Income is not recorded; ")


def test_a_fact_that_lowers_the_risk_is_not_told():
    less = {"household_id": "H1", "own_payment_over_needs_12m": 0.0}
    assert "县中位数" not in told(less, *NEIGHBOURS)[0].replace("县中位数 0人", "")


@pytest.mark.parametrize(
    ("value", "text"),
    [(3.0, "3"), (0.4, "0.4"), (0.0345, "0.035"), (12.34, "12"), (-1.25, "-1.2"), (1e6, "1000000")],
)
def test_numbers_are_written_with_the_digits_that_matter(value, text):
    assert number(value) == text
