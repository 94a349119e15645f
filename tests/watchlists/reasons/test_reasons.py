from datetime import date

import pytest

from features.declaration import declared_features
from register.shard import IncomeLine
from tests.watchlists.lists import explained, features, list_rules
from watchlists.reasons.facts import County
from watchlists.reasons.reasons import main_causes, reasons, served_causes

WORDING = list_rules().wording


LINE = IncomeLine("530000", date(2025, 1, 1), 725.0, "CNY", "a test")


def told(row, *others, line=None, support=1.0):
    facts = features(row, *others)
    county = County(facts, declared_features(), line)
    phis = explained(row["household_id"], illness=0.833, labour=0.34, water=-0.5)
    phis["main_cause_support"] = support
    return reasons({**phis, "rules": row.get("rules", []), **facts.to_dicts()[0]}, county, WORDING)


#: A man fell ill: 40 % of the year's needs went to the hospital; his neighbours paid 2 %.
ILL = {
    "household_id": "H1",
    "own_payment_over_needs_12m": 0.4,
    "own_payment_over_needs_3m": 0.3,
    "own_payment_over_rural_income_12m": 0.62,
}
NEIGHBOURS = [{"household_id": f"H{n}", "own_payment_over_needs_12m": 0.02} for n in (2, 3, 4)]


def test_the_reasons_of_an_ill_man_in_chinese_tell_the_payment_once():
    assert told({**ILL}, *NEIGHBOURS, line=LINE)[0] == [
        "扣除医疗自付后，人均年收入约13,000元，比监测线（8,700元）高50%。",
        "模型归因：因病 ×2.3，近12个月合规自付支出占全年需求：40%（全县一般2%）。",
        "模型归因：因缺劳动力 ×1.4。",
    ]


def test_the_reasons_of_an_ill_man_in_english():
    assert " ".join(told({**ILL}, *NEIGHBOURS, line=LINE)[1]) == (
        "After own medical payment, income is about 13,000 yuan a person and year, "
        "50% above the line of 8,700. "
        "The model attributes: illness ×2.3, own medical payment in 12 months, share of a year's needs: 40% "
        "(typical of the county: 2%). "
        "The model attributes: lack of labour ×1.4."
    )


def test_a_main_cause_that_the_members_do_not_agree_on_is_marked_and_the_second_is_not():
    zh, en = told({**ILL}, support=2 / 3)
    assert zh[1].startswith("模型归因（依据不足）：因病 ×2.3")
    assert en[1].startswith("The model attributes (weakly supported): illness ×2.3")
    assert zh[2] == "模型归因：因缺劳动力 ×1.4。"


def test_help_serves_the_main_causes_and_what_a_rule_speaks_of():
    assert served_causes(explained("H1", illness=0.2) | {"rules": ["unsafe_water"]}, WORDING) == [
        "illness",
        "water",
    ]


def test_a_rule_tells_the_value_and_no_cause_tells_it_again():
    zh, en = told({**ILL, "rules": ["medical_payment"]}, *NEIGHBOURS)
    assert zh[0].endswith("人均可支配收入的50%（该户62%）。")
    assert en[0].endswith("of last year's rural income a head (here 62%).")
    assert zh[2] == "模型归因：因病 ×2.3。"


@pytest.mark.parametrize(
    ("over", "words"),
    [
        (1.06, "扣除医疗自付后，人均收入比监测线高6%。"),
        (0.9, "扣除医疗自付后，人均收入比监测线低10%。"),
        (3.35, "扣除医疗自付后，人均收入是监测线的3.4倍。"),
    ],
)
def test_where_people_do_not_count_in_yuan_the_line_is_told_in_percent(over, words):
    assert told({"household_id": "H1", "resources_over_line": over})[0][0] == words


def test_causes_that_lower_the_risk_are_not_named_as_causes():
    assert main_causes(explained("H1", illness=0.2, water=-3.0, labour=0.5), WORDING) == ["labour", "illness"]


def test_a_cause_that_hardly_raises_the_risk_is_not_named():
    assert main_causes(explained("H1", illness=0.2, water=0.04), WORDING) == ["illness"]


def test_circumstances_are_not_named_as_causes():
    assert main_causes(explained("H1", income=2.0), WORDING) == []


def test_a_household_without_a_raising_cause_is_told_so():
    row = {**explained("H1"), "rules": [], **features({"household_id": "H1"}).to_dicts()[0]}
    zh, en = reasons(row, County(features({"household_id": "H1"}), declared_features()), WORDING)
    assert zh[-1] == "模型未将风险归因于任何一项致贫原因。"
    assert en[-1] == "The model attributes the risk to none of the official causes."


def test_a_household_without_income_is_told_so_and_its_rule_comes_first():
    row = {**explained("H1"), "rules": ["dropout"], "n_dropouts": 1.0, "resources_over_line": None}
    zh, en = reasons(row, County(features({"household_id": "H1"}), declared_features()), WORDING)
    assert zh[:2] == ["必访：义务教育阶段有失学辍学（该户1人）。", "收入未登记，与监测线的距离不详。"]
    assert en[1] == "Income is not recorded; the distance to the line is unknown."


def test_a_fact_that_lowers_the_risk_is_not_told():
    less = {"household_id": "H1", "own_payment_over_needs_12m": 0.0}
    assert "全县一般" not in "".join(told(less, *NEIGHBOURS)[0])
