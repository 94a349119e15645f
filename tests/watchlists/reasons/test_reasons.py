from datetime import date

import pytest

from features.declaration import declared_features
from register.shard import IncomeLine
from tests.watchlists.lists import UNKNOWN_FRESH, explained, features, forecast, list_rules
from watchlists.reasons.facts import County
from watchlists.reasons.reasons import main_causes, reasons, served_causes

WORDING = list_rules().wording


LINE = IncomeLine("530000", date(2025, 1, 1), 725.0, "CNY", "a test")
#: A man fell ill this year: 40 % of the year's needs went to the hospital; his neighbours paid 2 %.
ILL = {
    "household_id": "H1",
    "own_payment_over_needs_12m": 0.4,
    "own_payment_over_needs_3m": 0.3,
    "own_payment_over_rural_income_12m": 0.62,
}
NEIGHBOURS = [{"household_id": f"H{n}", "own_payment_over_needs_12m": 0.02} for n in (2, 3, 4)]
#: The years before were hard: three times below the line.
POOR = {"n_past_falls": 3.0}
A_YEAR_AGO = {**POOR, "own_payment_over_needs_12m": 0.01}


def sentences(row, *others, line=None, earlier=None, scored=None, **changes):
    """Write the reasons of a household whom illness raises now and the level of income long since."""
    facts = features(row, *others)
    before = None if earlier is None else features({"household_id": row["household_id"], **earlier})
    scored = scored or explained(row["household_id"], illness=0.833, income=0.5, water=-0.5)
    county = County(facts, declared_features(), line, before)
    return reasons({**scored, "rules": [], **facts.to_dicts()[0], **changes}, county, WORDING)


def test_the_reasons_of_an_ill_man_tell_what_happened_what_is_attributed_and_what_is_of_long_standing():
    assert sentences({**ILL, **POOR}, *NEIGHBOURS, line=LINE, earlier=A_YEAR_AGO)[0] == [
        "扣除医疗自付后，人均年收入约13,000元，比监测线（8,700元）高50%。",
        "因病：近12个月合规自付支出占全年需求：40%（一年前1%，全县一般2%）；模型将风险上升归因于此。",
        "处境薄弱在于（模型归因）：收入水平——最近四次观察中低于线的次数：3次（全县一般0次）。",
    ]


def test_the_reasons_of_an_ill_man_in_english():
    assert " ".join(sentences({**ILL, **POOR}, *NEIGHBOURS, line=LINE, earlier=A_YEAR_AGO)[1]) == (
        "After own medical payment, income is about 13,000 yuan a person and year, "
        "50% above the line of 8,700. "
        "Illness: own medical payment in 12 months, share of a year's needs: 40% "
        "(a year ago 1%, typical of the county: 2%); the model attributes a rise of the risk to it. "
        "What makes it vulnerable, as the model attributes: level of income – observations below the line, "
        "of the last four: 3 times (typical of the county: 0 times)."
    )


@pytest.mark.parametrize(
    ("step", "zh", "en"),
    [
        ("firm", "（把握较大）。", " (fairly sure)."),
        ("likely", "（较可能）。", " (likely)."),
        ("uncertain", "（说不准，请核实）。", " (not sure, please ask)."),
        (None, "归因于此。", " to it."),
    ],
)
def test_how_sure_the_main_cause_is_is_said_in_three_steps_and_of_no_other_cause(step, zh, en):
    both = explained("H1", illness=0.8, disaster=0.3)
    chinese, english = sentences(
        {**ILL, "disaster_loss_over_needs_12m": 0.2}, *NEIGHBOURS, scored=both, main_cause_confidence=step
    )
    assert chinese[1].endswith(zh)
    assert english[1].endswith(en)
    assert chinese[2] == "因自然灾害：近12个月灾害损失占全年需求：20%（全县一般0%）；模型将风险上升归因于此。"


def test_without_an_event_the_text_says_so_what_is_weak_and_what_to_ask_of_first():
    quiet = explained("H1", events=(), illness=0.4, income=1.2)
    zh, en = sentences({"household_id": "H1", **POOR}, *NEIGHBOURS, scored=quiet)
    assert zh[1:] == [
        "近一年没有登记到推高风险的事件。",
        "处境薄弱在于（模型归因）：收入水平——最近四次观察中低于线的次数：3次（全县一般0次）。",
        "走访时先问：健康、就学、务工。",
    ]
    assert en[1] == "No event that raises the risk is on record for the last year."
    assert en[3] == "Ask first about: health, schooling, work."


def test_what_such_households_were_recorded_to_fall_by_is_asked_of_first():
    quiet = explained("H1") | forecast(schooling=0.2, business=0.5, water=0.3)
    assert sentences({"household_id": "H1"}, scored=quiet)[0][-1] == "走访时先问：产业、饮水、就学。"


def test_the_largest_standing_part_is_named_even_if_no_fact_stands_behind_it_and_others_only_with_one():
    quiet = explained("H1", events=(), community=0.9, household=0.7, income=0.4)
    zh, _ = sentences({"household_id": "H1", **POOR}, *NEIGHBOURS, scored=quiet)
    standing = "处境薄弱在于（模型归因）：村庄环境；"
    assert zh[2] == f"{standing}收入水平——最近四次观察中低于线的次数：3次（全县一般0次）。"


def test_income_that_fell_within_the_year_is_told_although_it_is_no_official_cause():
    fallen = explained("H1", events=(), income=1.2) | {"fresh_income": 1.4, "vulnerability": []}
    zh, en = sentences(
        {"household_id": "H1", "resources_over_line": 1.1},
        *NEIGHBOURS,
        scored=fallen,
        earlier={"resources_over_line": 1.8},
    )
    assert zh[1:3] == [
        "近一年没有登记到推高风险的事件。",
        "近一年变差的处境（模型归因）：收入水平——收入与监测线之比：110%（一年前180%，全县一般150%）。",
    ]
    assert en[2].startswith("What became worse in the last year, as the model attributes: level of income")


def test_an_event_that_the_model_attributes_no_rise_to_is_told_as_that():
    calm = explained("H1", events=["illness"])
    zh, en = sentences(ILL, *NEIGHBOURS, scored=calm)
    assert zh[1] == (
        "近一年登记有：健康——近12个月合规自付支出占全年需求：40%（全县一般2%）；模型没有将风险上升归因于此。"
    )
    assert en[1].startswith("On record for the last year: health – own medical payment")
    assert zh[2] == "走访时先问：健康、就学、务工。"


def test_an_event_that_does_not_fit_the_household_is_named_as_no_cause():
    """Somebody of 71 lost a job: attributed, but nobody in the house is able to work."""
    old = explained("H1", employment=0.9) | {"named_causes": [], "main_cause": None}
    zh, _ = sentences({"household_id": "H1", "n_able_to_work": 0.0}, scored=old)
    assert zh[1] == "近一年登记的事件与该户条件不符，不列为原因。"


def test_a_household_new_in_the_register_is_told_by_its_standing_alone():
    new = explained("H1", events=(), income=0.9) | UNKNOWN_FRESH
    zh, en = sentences({"household_id": "H1", **POOR}, *NEIGHBOURS, scored=new)
    assert zh[1:3] == [
        "入册不满一年，看不出近一年的变化。",
        "处境薄弱在于（模型归因）：收入水平——最近四次观察中低于线的次数：3次（全县一般0次）。",
    ]
    assert en[1].startswith("Less than a year in the register")


def test_under_a_published_order_causes_are_those_that_rules_point_to():
    ordered = explained("H1", illness=0.693) | {"risk": None, **UNKNOWN_FRESH}
    zh, en = sentences(ILL, *NEIGHBOURS, scored=ordered)
    assert zh[1:] == ["规则指向：因病 ×2.0，近12个月合规自付支出占全年需求：40%（全县一般2%）。"]
    assert en[1].startswith("Rules point to: illness ×2.0, own medical payment")
    none = explained("H1") | {"risk": None, **UNKNOWN_FRESH}
    assert sentences(ILL, *NEIGHBOURS, scored=none)[0][1:] == ["没有规则指向任何一项致贫原因。"]


def test_causes_are_named_in_their_order_and_no_more_than_texts_have_room_for():
    row = explained("H1", water=0.9, illness=0.8, labour=0.7, disaster=0.6)
    assert main_causes(row, WORDING) == ["water", "illness", "labour"]


def test_help_serves_the_named_causes_and_what_a_rule_speaks_of():
    row = explained("H1", illness=0.2, events=["illness"], income=2.0, labour=0.9)
    assert served_causes(row | {"rules": ["unsafe_water"]}, WORDING) == ["illness", "water"]


def test_a_rule_tells_the_value_and_no_cause_tells_it_again():
    zh, en = sentences(ILL, *NEIGHBOURS, rules=["medical_payment"])
    assert zh[0].endswith("人均可支配收入的50%（该户62%）。")
    assert en[0].endswith("of last year's rural income a head (here 62%).")
    assert zh[2] == "因病：见必访规则；模型将风险上升归因于此。"


@pytest.mark.parametrize(
    ("over", "words"),
    [
        (1.06, "扣除医疗自付后，人均收入比监测线高6%。"),
        (0.9, "扣除医疗自付后，人均收入比监测线低10%。"),
        (3.35, "扣除医疗自付后，人均收入是监测线的3.4倍。"),
    ],
)
def test_where_people_do_not_count_in_yuan_the_line_is_told_in_percent(over, words):
    assert sentences({"household_id": "H1", "resources_over_line": over})[0][0] == words


def test_a_household_without_income_is_told_so_and_its_rule_comes_first():
    row = {"household_id": "H1", "n_dropouts": 1.0}
    zh, en = sentences(row, rules=["dropout"], resources_over_line=None)
    assert zh[:2] == ["必访：义务教育阶段有失学辍学（该户1人）。", "收入未登记，与监测线的距离不详。"]
    assert en[1] == "Income is not recorded; the distance to the line is unknown."
