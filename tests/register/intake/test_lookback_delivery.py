"""Look-backs enter the register with the delivery, under the same pseudonym as their household."""

import json
from datetime import date

import polars as pl
import pytest

from register.intake.ingest import Settings, ingest
from register.intake.lookback_delivery import WithLookbacks
from register.keys.key_file import make_key
from register.keys.pseudonym import Pseudonymiser
from register.store import Register
from register.vault.place import VaultPlace
from register.vault.reading import read_identities
from tests.deliveries import Given
from tests.households import household, village_tables
from tests.register.test_lookback_store import visit, visits

TABLES = village_tables(household("wu", income=100), household("li", income=90))


def taken(tmp_path, *rows, key=True, **settings):
    """Ingest two households and what visits found; give register and what was left out."""
    key_file = tmp_path / "keys" / "pseudonym.key" if key else None
    pseudonym = _pseudonym(key_file) if key else None
    source = WithLookbacks(Given(TABLES), visits(*rows), pseudonym)
    place = VaultPlace(tmp_path / "vault", tmp_path / "keys" / "vault.key")
    ingest(source, tmp_path / "register", Settings("folder", 0.0, key_file, place, **settings))
    return Register(tmp_path / "register"), source.left_out


def _pseudonym(key_file):
    maker = Pseudonymiser(make_key(key_file))
    return lambda identifier: maker.pseudonym("household_id", identifier)


def ledger(tmp_path):
    return pl.read_csv(tmp_path / "register" / "ledger.csv").filter(pl.col("table") == "lookbacks")


@pytest.mark.parametrize("key", [True, False])
def test_a_visit_joins_its_household_and_the_id_is_hashed_once(tmp_path, key):
    listed = _pseudonym(tmp_path / "keys" / "pseudonym.key")("wu") if key else "wu"
    register, left_out = taken(tmp_path, visit(listed, role="village_cadre", causes_found="illness"), key=key)
    tables = register.shard("C1").tables
    assert tables["lookbacks"].select("household_id", "result", "role", "causes_found").rows() == [
        (listed, "confirmed", "village_cadre", "illness")
    ]
    assert listed in tables["households"]["household_id"].to_list()
    assert left_out == 0
    assert ledger(tmp_path).select("rows_in", "accepted", "quarantined", "duplicates").rows() == [
        (1, 1, 0, 0)
    ]


def test_visits_of_another_county_or_of_households_no_longer_delivered_are_left_out_and_counted(tmp_path):
    register, left_out = taken(tmp_path, visit("gone"), visit("wu", county_id="C2"), key=False)
    assert register.shard("C1").tables["lookbacks"].is_empty()
    assert left_out == 1


def test_a_note_may_name_people_and_goes_to_the_vault(tmp_path):
    """The officer wrote whose brother pays the hospital."""
    taken(tmp_path, visit("wu", note="弟弟吴金丝付费"), key=False)
    files = [path for path in (tmp_path / "register").rglob("*") if path.is_file()]
    for path in files:
        cells = str(pl.read_parquet(path).rows()) if path.suffix == ".parquet" else path.read_text()
        assert "金丝" not in cells, path
    facts = json.loads((tmp_path / "register" / "manifest.json").read_bytes())["vault"]
    place = VaultPlace(tmp_path / "vault", tmp_path / "keys" / "vault.key")
    assert read_identities(place, "C1", facts)["note"].to_list() == ["弟弟吴金丝付费"]


def test_a_withdrawn_visit_is_a_version_of_its_day_and_several_causes_stay_in_order(tmp_path):
    """Read back in March with two causes, withdrawn in April."""
    rows = (
        visit("wu", causes_found="disability;illness", measures_begun="health;social"),
        visit("wu", result="withdrawn", recorded_on=date(2026, 4, 1)),
    )
    shard = taken(tmp_path, *rows, key=False)[0].shard("C1")
    known = [
        shard.view("lookbacks", date(2026, 12, 31), day) for day in (date(2026, 3, 31), date(2026, 4, 1))
    ]
    assert [view.select("result", "causes_found", "measures_begun").rows() for view in known] == [
        [("confirmed", "disability;illness", "health;social")],
        [("withdrawn", None, None)],
    ]


def test_two_versions_of_a_visit_are_known_each_from_its_day(tmp_path):
    later = visit("wu", result="not_confirmed", recorded_on=date(2026, 4, 1))
    register, _ = taken(tmp_path, visit("wu"), later, key=False)
    shard = register.shard("C1")
    results = [
        shard.view("lookbacks", day)["result"].to_list() for day in (date(2026, 3, 31), date(2026, 4, 1))
    ]
    assert results == [["confirmed"], ["not_confirmed"]]


def test_more_visits_than_last_time_are_no_other_delivery(tmp_path):
    """The sender's tables may change by a tenth; visits come as they come."""
    taken(tmp_path, visit("wu"), key=False, max_row_change=0.1)
    more = [visit("wu", day=day) for day in range(1, 20)]
    taken(tmp_path, *more, key=False, max_row_change=0.1)
    assert ledger(tmp_path)["accepted"].to_list() == [19]


def test_what_the_source_says_of_itself_is_still_said(tmp_path):
    assert WithLookbacks(Given(TABLES), visits(), None).has_control_totals
    assert not hasattr(WithLookbacks(Given(TABLES), visits(), None), "nothing")
