"""What changed since last season, in sentences."""

from tests.watchlists.explaining import CHANGED, document_of, kept, scored, words
from watchlists.reasons.evidence_shape import FACTS_CHANGES


def test_the_change_since_last_season_is_a_product_of_facts_model_and_calibration(tmp_path):
    assert (
        "上季（2025Q3）风险14.2%，本季31.0%；几率变为×2.7，由这几部分相乘而来："
        "情况变化×2.5（因病 ×2.0、收入水平 ×1.2）、模型更新×1.2、校准更新×0.95。"
    ) in words(document_of(tmp_path, [scored(**CHANGED)], [kept()]))


def test_a_new_household_has_nothing_to_compare_with(tmp_path):
    new = kept(previous_season=None, previous_risk=None, **dict.fromkeys(FACTS_CHANGES))
    document = document_of(tmp_path, [scored()], [new])
    assert document["since"] is None
    assert "No earlier list." in words(document)
