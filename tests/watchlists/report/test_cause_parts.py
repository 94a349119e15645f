import math

import polars as pl
import pytest

from features.declaration import GROUPS
from tests.watchlists.lists import UNKNOWN_FRESH, explained, scores
from watchlists.reasons.evidence_shape import EXPLAINED
from watchlists.report.cause_parts import dependences, parts_by_group, parts_by_place, raised


def test_long_term_and_fresh_parts_are_averaged_over_all_and_lowering_ones_count_as_nothing():
    ill = explained("H1", illness=math.log(4)) | {"fresh_illness": math.log(2)}
    well = explained("H2", illness=-1.0, events=[])
    multiples = dict(zip(GROUPS, raised(scores(ill, well)), strict=True))
    assert multiples["illness"] == pytest.approx((math.sqrt(2), math.sqrt(2)))
    assert multiples["water"] == (1.0, 1.0)


def test_of_a_newcomer_everything_is_long_term():
    newcomer = explained("H1", illness=math.log(2)) | UNKNOWN_FRESH
    assert raised(scores(newcomer), ["illness"]) == [pytest.approx((2.0, 1.0))]


def test_places_and_groups_of_a_few_are_left_out():
    rows = scores(
        *(explained(f"A{n}", county="C1", illness=math.log(2)) for n in range(9)),
        *(explained(f"B{n}", county="C2") for n in range(7)),
    ).with_columns(groups=pl.when(pl.col("county_id") == "C1").then(["remote"]).otherwise([]))
    (county,) = parts_by_place(rows, "county_id")["rows"]
    assert (county["name"], county["cells"][0]) == (("C1", ""), ("×1.00", "×2.00"))
    assert [row["name"][1] for row in parts_by_group(rows)["rows"]] == ["all", "remote village"]


def paid(number):
    """Bills of a growing share of needs, whose effect grows with them, and a flag that takes one value."""
    facts = {
        "own_payment_over_needs_12m": 0.01 * number,
        "has_medical_over_100pct": 1.0,
    }
    evidence = [
        {"group": "illness", "feature": name, "value": value, "median": 0.0} for name, value in facts.items()
    ]
    return {"household_id": f"H{number:03}", "resources_over_line": None, "evidence": evidence}


def test_a_cause_is_followed_over_the_fact_told_most_often_that_takes_several_values():
    listed = scores(*(explained(f"H{n:03}", illness=0.01 * n) for n in range(100)))
    kept = pl.DataFrame([paid(n) for n in range(100)], schema=EXPLAINED)
    ((name, fact, band),) = dependences(listed, kept)
    assert (name[1], fact[0]) == ("illness", "近12个月合规自付支出占全年需求")
    assert len(band) == 5
    assert all(low <= middle <= high for _, low, middle, high in band)
    assert [value for value, *_ in band] == sorted(value for value, *_ in band)
    assert band[-1][2] == pytest.approx(math.exp(0.895), rel=0.02)


def test_too_few_households_draw_nothing():
    listed = scores(*(explained(f"H{n:03}", illness=0.01 * n) for n in range(19)))
    assert dependences(listed, pl.DataFrame([paid(n) for n in range(19)], schema=EXPLAINED)) == []
