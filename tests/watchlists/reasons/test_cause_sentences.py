from features.declaration import CAUSES
from tests.watchlists.lists import explained, forecast
from watchlists.reasons.cause_sentences import (
    ASPECTS,
    COMMONEST,
    ask_first,
    bracketed,
    counted_cause,
    likeliest,
    named_cause,
    unattributed,
    vulnerability,
    worsened,
)

ILLNESS, STAY = ("因病", "illness"), ("住院1次", "1 stay")


def test_every_cause_has_an_aspect_to_ask_of():
    assert set(ASPECTS) == set(CAUSES)
    assert set(COMMONEST) <= set(CAUSES)


def test_the_model_attributes_and_never_knows_the_cause():
    zh, en = named_cause(ILLNESS, [STAY], "firm")
    assert zh == "因病：住院1次；模型将风险上升归因于此（把握较大）。"
    assert "the model attributes" in en
    assert named_cause(ILLNESS, [], None)[0] == "因病：见必访规则；模型将风险上升归因于此。"
    assert named_cause(ILLNESS, [STAY], None, "2.2")[0] == "因病：住院1次；模型将风险上升归因于此 ×2.2。"
    assert bracketed(None) == ("", "")


def test_an_order_counts_and_attributes_nothing():
    assert counted_cause(ILLNESS, "2.0", [STAY]) == (
        "规则指向：因病 ×2.0，住院1次。",
        "Rules point to: illness ×2.0, 1 stay.",
    )
    assert counted_cause(ILLNESS, "2.0", [])[0] == "规则指向：因病 ×2.0。"


def test_weaknesses_stand_with_their_facts_or_alone():
    aspects = [(("收入水平", "level of income"), [STAY, STAY]), (("健康", "health"), [])]
    assert vulnerability(aspects) == (
        "处境薄弱在于（模型归因）：收入水平——住院1次，住院1次；健康。",
        "What makes it vulnerable, as the model attributes: level of income – 1 stay, 1 stay; health.",
    )
    assert worsened(aspects[1:])[0] == "近一年变差的处境（模型归因）：健康。"
    assert unattributed(aspects[1:])[1].startswith(
        "On record for the last year: health; the model attributes no"
    )


def test_the_three_largest_of_the_forecast_are_asked_of_first_and_without_one_the_commonest():
    shares = forecast(water=0.5, schooling=0.3, business=0.2)
    assert likeliest(shares) == ["water", "schooling", "business"]
    assert likeliest(explained("H1")) == list(COMMONEST)
    assert ask_first(likeliest(shares)) == (
        "走访时先问：饮水、就学、产业。",
        "Ask first about: drinking water, schooling, business.",
    )
