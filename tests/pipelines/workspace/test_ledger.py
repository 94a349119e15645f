"""The ledger of a release, from its list, the look-backs kept here and the register."""

from datetime import date

import pytest

from pipelines.workspace.ledger import entries_of, ledger_of
from pipelines.workspace.parameters import load_params
from pipelines.workspace.workspace import HERE
from register.errors import StoreError
from register.intake.ingest import Settings, ingest
from register.vault.place import VaultPlace
from tests.deliveries import Given
from tests.households import household, village_tables
from tests.watchlists.handed_out import released
from tests.watchlists.ledger.test_returned import row

DAY = date(2026, 2, 10)
HELPED = {"measure": "health", "started_on": date(2026, 1, 20)}


@pytest.fixture
def register(office):
    """H1 in the second group and helped since January, H2 in the third."""
    homes = [
        household("H1", income=90, state={"address": "模拟村2组"}, assistance=[HELPED]),
        household("H2", income=90, state={"address": "模拟村3组"}),
    ]
    place = VaultPlace(office / "artifacts/vault", office / "keys/vault.key")
    tables = village_tables(*homes, villages=[{"name": "模拟村"}])
    ingest(Given(tables), HERE.register, Settings("folder", 0.0, None, place))


def responsible(office, *lines):
    (office / "责任人.csv").write_text("\n".join(("行政村,村民小组,户编号,责任人", *lines)), encoding="utf-8")
    text = (office / "params.yaml").read_text(encoding="utf-8")
    changed = text.replace("responsible: null", "responsible: 责任人.csv")
    assert changed != text
    (office / "params.yaml").write_text(changed, encoding="utf-8")


def test_nobody_is_responsible_where_no_file_is_named(office, register):
    tasks = ledger_of(released(office, "H1", "H2", village_id="V1"), load_params(), DAY, [])
    assert tasks["responsible"].to_list() == [None, None]
    assert entries_of(load_params()) == []


def test_people_are_named_by_village_and_by_the_group_of_the_address(office, register):
    responsible(office, "V1,,,张三", "模拟村,第3组,,李四")
    tasks = ledger_of(released(office, "H1", "H2", village_id="V1"), load_params(), DAY, [])
    assert tasks.select("group", "responsible").rows() == [("2", "张三"), ("3", "李四")]
    assert [entry.row for entry in entries_of(load_params())] == [2, 3]


def test_a_row_that_was_set_aside_is_to_be_corrected(office, register):
    release = released(office, "H1", "H2", village_id="V1")
    tasks = ledger_of(release, load_params(), DAY, [row(household_id="H2")])
    assert tasks["state"].to_list() == ["not_visited", "returned"]


def test_without_rows_by_group_the_vault_stays_shut(office, register):
    (office / "keys/vault.key").unlink()
    responsible(office, "V1,,,张三")
    tasks = ledger_of(released(office, "H1", "H2", village_id="V1"), load_params(), DAY, [])
    assert tasks["group"].to_list() == [None, None]


def test_without_a_vault_no_group_is_known(office, register):
    responsible(office, "V1,3组,,张三")
    params = (office / "params.yaml").read_text(encoding="utf-8")
    (office / "params.yaml").write_text(
        params.replace("vault: artifacts/vault", "vault: ''"), encoding="utf-8"
    )
    with pytest.raises(Exception, match="no household of the village has an address in this group"):
        ledger_of(released(office, "H1", village_id="V1"), load_params(), DAY, [])


def test_a_county_the_register_does_not_hold_is_refused(office, register):
    with pytest.raises(StoreError) as refused:
        ledger_of(released(office, {"household_id": "H1", "county_id": "C9"}), load_params(), DAY, [])
    assert str(refused.value) == (
        f"{HERE.register}: holds no county C9 of the list, so nobody knows what help was begun there; "
        "run the list's source again (huitou run)"
    )
