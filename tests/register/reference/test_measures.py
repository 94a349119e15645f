"""The fourteen groups of measures."""

import pytest

from register.errors import ParamsError
from register.reference import measures
from register.tables.assistance import MEASURES
from register.tables.monitoring import CAUSES
from tests.register.reference.spoilt import spoilt


def test_the_fourteen_groups_of_measures_serve_every_cause():
    assert tuple(measures()) == MEASURES
    assert {cause for one in measures().values() for cause in one.serves} == set(CAUSES)


def test_compulsory_school_needs_a_child_of_that_age_and_other_support_a_student():
    assert measures()["compulsory_education"].needs == ("child_of_compulsory_age",)
    assert measures()["education"].needs == ("student",)


def test_nobody_is_moved_twice_and_nobody_from_a_safe_house():
    assert measures()["relocation"].needs == ("unsafe_house", "not_relocated")


def test_who_can_work_is_helped_to_earn_by_four_groups_of_measures():
    earning = [code for code, one in measures().items() if one.is_development]
    assert earning == ["industry", "employment", "finance", "public_post"]


def test_a_measure_for_an_unknown_need_does_not_load(tmp_path):
    path = spoilt(tmp_path, "measures.yaml", 0, needs=["tall"])
    with pytest.raises(ParamsError) as caught:
        measures(path)
    assert str(caught.value) == (
        "measures.yaml entry 1: needs item 1: found 'tall', "
        "allowed is student, child_of_compulsory_age, disabled, able_to_work, not_relocated, unsafe_house "
        "or unsafe_water; mend it"
    )
