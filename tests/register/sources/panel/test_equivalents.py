"""A household counts for what the scale that is named makes of its people."""

import pytest

from register.errors import ContractError
from register.sources.panel.equivalents import with_equivalents
from tests.register.sources.panel.amounts import homes, layout, persons


@pytest.mark.parametrize(
    ("equivalents", "expected"),
    [
        ("heads", [3.0, 1.0, 3.0]),
        ("square_root", [3**0.5, 1.0, 3**0.5]),
        ("oecd_modified", [1 + 0.5 + 0.3, 1.0, 1 + 0.5 + 0.3]),  # two adults and a child of 10
        ({"by_age": {0: 0.4, 15: 0.9}}, [0.9 + 0.9 + 0.4, 0.9, 0.9 + 0.9 + 0.4]),
    ],
)
def test_equivalents_are_counted_by_the_scale_that_is_named(equivalents, expected):
    made = with_equivalents(homes(), persons(40, 35, 10), layout(equivalents=equivalents))
    assert made["equivalents"].to_list() == pytest.approx(expected)


def test_equivalents_out_of_reach_are_refused():
    with pytest.raises(ContractError) as refused:
        with_equivalents(homes(equivalents=[2.0, 2.5, None]), persons(40), layout(equivalents="column"))
    assert str(refused.value) == (
        "the mapping: equivalents of 2 of 3 households and waves are missing, not above 0 or more than 2 a "
        "person; clean the column, list codes under no_answer, or write equivalents: heads"
    )
    with pytest.raises(
        ContractError, match=r"^the mapping: equivalents: column needs `equivalents` in one of the"
    ):
        with_equivalents(homes(), persons(40), layout(equivalents="column"))
