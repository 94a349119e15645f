"""What nobody delivered, no feature sees."""

from features.blindness import blind_without, causes_without
from features.declaration import CAUSES, declared_features
from register.tables import TABLES


def test_without_every_table_everything_is_blind_and_without_none_nothing():
    assert blind_without([]) == set()
    names = {one.name for one in declared_features() if one.over in TABLES}
    assert names <= blind_without([*TABLES])
    assert causes_without([]) == []
    assert {*causes_without([*TABLES])} <= {*CAUSES}


def test_a_table_takes_its_features_and_what_is_made_of_them_alone():
    blind = blind_without(["water"])
    assert {one.name for one in declared_features() if one.over == "water"} <= blind
    assert "household_size" not in blind
    assert causes_without(["water"]) == ["water"]
