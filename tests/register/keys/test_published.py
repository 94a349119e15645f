"""Nobody invented is hidden from anybody: one key for all machines; nobody real is hidden under it."""

import json

import pytest

from register.errors import StoreError
from register.intake.ingest import Settings, ingest
from register.keys.key_file import PUBLISHED_ID, key_id, load_key, make_key
from register.keys.published import INVENTED, PUBLISHED_KEY, is_invented
from register.sources.open import KINDS
from tests.deliveries import Given
from tests.households import household, village_tables

TABLES = village_tables(household("li", income=90))


def taken(folder, kind):
    """Ingest one household on a machine of its own; give its id and the key that is noted."""
    ingest(Given(TABLES), folder / "register", Settings(kind, 0.5, folder / "keys/pseudonym.key"))
    manifest = json.loads((folder / "register/manifest.json").read_text(encoding="utf-8"))
    return manifest["sha256"]["C1/households.parquet"], manifest["pseudonym_key_id"]


def test_an_invented_household_has_the_same_id_on_every_machine(tmp_path):
    here, there = (taken(tmp_path / machine, "simulator") for machine in ("here", "there"))
    assert here == there
    assert here[1] == PUBLISHED_ID == key_id(PUBLISHED_KEY)
    assert not (tmp_path / "here/keys").exists()


@pytest.mark.parametrize("kind", sorted(set(KINDS) - INVENTED))
def test_a_household_that_is_somebody_has_the_id_that_its_own_machine_gives(tmp_path, kind):
    here, there = (taken(tmp_path / machine, kind) for machine in ("here", "there"))
    assert not is_invented(kind)
    assert here[0] != there[0]
    assert here[1] == key_id(load_key(tmp_path / "here/keys/pseudonym.key")) != there[1]


def test_real_data_after_invented_ones_get_the_machines_own_key(tmp_path):
    taken(tmp_path, "simulator")
    _, noted = taken(tmp_path, "folder")
    assert noted == key_id(load_key(tmp_path / "keys/pseudonym.key")) != PUBLISHED_ID


def test_a_key_file_that_holds_the_published_key_is_refused(tmp_path):
    """Somebody copied it there to get the figures of the documents on real data."""
    path = tmp_path / "keys/pseudonym.key"
    make_key(path)
    path.write_bytes(PUBLISHED_KEY)
    with pytest.raises(StoreError) as refusal:
        taken(tmp_path, "folder")
    assert str(refusal.value) == (
        f"{path}: found the published key of invented data, which hides nobody; restore this place's own "
        "key from its safe copy, or remove the file if nothing was ever made under another"
    )
    assert not (tmp_path / "register").exists()


def test_the_published_key_stays_what_it_is():
    """Another one would change every figure that is quoted of the simulated prefecture."""
    assert PUBLISHED_ID == "b4ca0681"
