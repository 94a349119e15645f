"""Which group is proposed for whom."""

import pytest

from register.errors import ParamsError
from register.reference.proposed_groups import proposed_groups
from register.tables.households import HOUSEHOLDS
from tests.register.reference.spoilt import spoilt


@pytest.mark.parametrize("category", HOUSEHOLDS.by_name["category"].codes)
@pytest.mark.parametrize("is_below", [True, False])
def test_exactly_one_rule_speaks_for_every_household(category, is_below):
    spoken = [
        rule
        for rule in proposed_groups()
        if rule.is_below_line == is_below and rule.category in (None, category)
    ]
    assert len(spoken) == 1


@pytest.mark.parametrize("changes", [{"group": "poor"}, {"category": "rich"}, {"source": None}])
def test_a_rule_of_an_unknown_group_or_kind_does_not_load(tmp_path, changes):
    with pytest.raises(ParamsError, match=r"proposed_groups.yaml entry 1:"):
        proposed_groups(spoilt(tmp_path, "proposed_groups.yaml", 0, **changes))
