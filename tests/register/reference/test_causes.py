"""Causes, today's and of the older lists."""

from datetime import date

import pytest

from features.declaration import GROUPS
from register.errors import ParamsError
from register.reference import causes, older_causes
from register.tables.households import HOUSEHOLDS
from register.tables.monitoring import CAUSES
from tests.register.reference.spoilt import spoilt


def test_every_official_cause_and_every_group_of_explanations_has_both_labels():
    known = causes()
    assert tuple(code for code, cause in known.items() if cause.kind == "cause") == CAUSES
    assert {*GROUPS, "other"} == known.keys()
    assert all(cause.zh and cause.en for cause in known.values())


def test_every_wording_of_the_older_lists_is_structural_and_maps_to_one_current_cause_or_none():
    older = older_causes()
    assert len({one.wordings for one in older.values()}) == 14
    assert {one.structural for one in older.values()} == set(HOUSEHOLDS.by_name["structural_cause"].codes)
    assert {wording for wording, one in older.items() if not one.cause} == {
        "缺技术",
        "缺资金",
        "缺土地",
        "缺水",
        "交通条件落后",
        "自身发展动力不足",
        "自身发展力不足",
    }
    assert older["因灾"].cause == "disaster"
    assert older["因丧"].effective_from == date(2017, 1, 1)


def test_a_cause_of_unknown_kind_does_not_load(tmp_path):
    path = spoilt(tmp_path, "causes.yaml", 0, kind="reason")
    with pytest.raises(ParamsError) as caught:
        causes(path)
    assert str(caught.value) == (
        "causes.yaml entry 1: kind: found 'reason', allowed is cause or circumstance; mend it"
    )


def test_an_older_cause_that_maps_to_no_current_one_says_so_by_an_empty_text(tmp_path):
    with pytest.raises(ParamsError) as caught:
        older_causes(spoilt(tmp_path, "older_causes.yaml", 0, cause="bad luck"))
    assert str(caught.value).startswith(
        'older_causes.yaml entry 1: cause: found text, allowed is "", illness, '
    )


def test_a_cause_the_contract_does_not_know_does_not_load(tmp_path):
    with pytest.raises(ParamsError) as caught:
        causes(spoilt(tmp_path, "causes.yaml", 0, code="bad_luck"))
    assert str(caught.value).startswith("causes.yaml entry 1: found cause 'bad_luck', allowed are illness, ")
