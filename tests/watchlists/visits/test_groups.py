import pytest

from register.errors import ParamsError
from tests.parameters import parameters
from tests.watchlists.lists import features
from watchlists.visits.groups import HARD_GROUPS, groups_of


def test_a_household_belongs_to_every_group_its_facts_speak_for():
    frame = features(
        {"household_id": "H1", "is_elderly_only": 1.0, "n_disabled_members": 2.0},
        {"household_id": "H2", "is_relocated": None},
    )
    assert groups_of(frame)["groups"].to_list() == [["elderly_only", "disabled"], []]


def test_a_group_that_is_not_declared_is_refused():
    with pytest.raises(ParamsError) as refused:
        parameters({"watchlist.minimum_cover": {"women": 2}})
    assert str(refused.value) == (
        f"watchlist.minimum_cover: found 'women', allowed are {', '.join(HARD_GROUPS)}; mend it"
    )


@pytest.mark.parametrize(("visits", "found"), [(-1, "-1"), (0.2, "0.2"), (True, "true"), (None, "null")])
def test_reserved_visits_that_are_no_number_are_refused(visits, found):
    with pytest.raises(ParamsError) as refused:
        parameters({"watchlist.minimum_cover": {"disabled": visits}})
    assert str(refused.value) == (
        f"watchlist.minimum_cover.disabled: found {found}, allowed is a whole number from 0; mend it"
    )
