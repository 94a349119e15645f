"""Who lives in a county: places from the register, heads from the vault where one is kept."""

from datetime import date

from pipelines.commands.roll import homes, roll_of
from pipelines.workspace.parameters import load_params
from pipelines.workspace.workspace import HERE
from tests.households import household, village_of
from tests.parameters import write_parameters
from tests.pipelines.commands.offices import HEADS, county_office

DAY = date(2026, 3, 1)


def test_every_household_stands_with_its_village_and_head(office):
    ids = county_office(office)
    roll = roll_of(["C1"], DAY, load_params())
    assert dict(roll.select("household_id", "head").iter_rows()) == {ids[one]: HEADS[one] for one in HEADS}
    assert set(roll.select("county_id", "township_id", "village_name").iter_rows()) == {
        ("C1", "T1", "大河村")
    }


def test_where_no_names_are_kept_there_are_no_heads(office):
    county_office(office)
    write_parameters(office, {"privacy.vault": None})
    assert roll_of(["C1"], DAY, load_params())["head"].to_list() == [None] * len(HEADS)


def test_of_a_county_or_register_that_is_not_there_nobody_stands_on_it(office):
    county_office(office)
    assert roll_of(["C2"], DAY, load_params()).is_empty()
    (HERE.register / "manifest.json").unlink()
    assert roll_of(["C1"], DAY, load_params()).is_empty()


def test_a_household_that_is_no_more_stands_where_it_last_lived():
    """Lin moved away in 2025; a cadre visited before and hands in after."""
    gone = household("lin", income=100, state={"valid_to": "2025-06-30"})
    assert homes(village_of(gone), DAY).select("household_id", "village_id").rows() == [("lin", "V1")]
    assert homes(village_of(gone), date(2019, 1, 1)).is_empty()
