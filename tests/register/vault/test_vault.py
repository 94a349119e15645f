"""Names, phones, addresses and identity numbers are in the vault and nowhere else."""

import json
import logging
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from register.errors import ContractError, StoreError
from register.intake.ingest import Settings, ingest
from register.sources.folder import FolderSource
from register.vault.cipher import decrypt, encrypt
from register.vault.place import VaultPlace
from register.vault.reading import read_identities
from register.vault.writing import NUMBERS, refuse_identities
from tests.households import household, lines_of, village_tables, write_folder
from tests.parameters import parameters

#: Invented, and planted so that any trace of them can be found by its bytes.
NAME, LATER_NAME, ID_NUMBER = "欧阳金丝雀", "上官金丝雀", "53302319800101424X"
PHONE, HOME_PHONE, ADDRESS = "19900004242", "19900004343", "金丝雀巷42号"
OWN_NUMBER = "530023001"
CANARIES = (NAME, LATER_NAME, ID_NUMBER, PHONE, HOME_PHONE, ADDRESS)


class FolderWithLines(FolderSource):
    """A folder in the made-up region R1."""

    def lines(self):
        return lines_of()


def named():
    """Ouyang has a name, a phone and an address, and later another name; her neighbour Li has none."""
    ouyang = household(
        OWN_NUMBER,
        income=200,
        state={"phone": HOME_PHONE, "address": ADDRESS},
        members=0,
    )
    who = {"household_id": OWN_NUMBER, "member_id": "53002300101", "phone": PHONE, "id_number": ID_NUMBER}
    ouyang["members"] = [
        {**who, "name": NAME},
        {**who, "name": LATER_NAME, "valid_from": "2024-01-01", "recorded_on": "2024-02-01"},
    ]
    return village_tables(ouyang, household("530023002", income=90))


def place_in(tmp_path):
    return VaultPlace(tmp_path / "work/vault", tmp_path / "keys/vault.key")


def take(tmp_path, tables, *, pseudonymise=True, vault=True):
    source = FolderWithLines(write_folder(tmp_path / "sent", tables))
    key_file = tmp_path / "keys/pseudonym.key" if pseudonymise else None
    settings = Settings("folder", 0.9, key_file, place_in(tmp_path) if vault else None)
    return ingest(source, tmp_path / "work/register", settings)


def manifest(tmp_path):
    return json.loads((tmp_path / "work/register/manifest.json").read_text(encoding="utf-8"))


def identities(tmp_path):
    return read_identities(place_in(tmp_path), "C1", manifest(tmp_path)["vault"])


def held(path: Path) -> str:
    """Everything a file says, also behind Parquet's compression."""
    text = path.read_bytes().decode("utf-8", "replace")
    return text + (repr(pl.read_parquet(path).to_dicts()) if path.suffix == ".parquet" else "")


def spoilt(tables):
    """Ouyang comes again with a bad date, a rounded number, an unknown home and a contradiction."""
    broken = {name: frame.cast(pl.String) for name, frame in tables.items()}
    first = broken["members"].head(1)
    again = (
        first.with_columns(birth_date=pl.lit("31/02/1980")),
        first.with_columns(id_number=pl.lit("5.3302E+17"), valid_from=pl.lit("2024-06-01")),
        first.with_columns(household_id=pl.lit("nobody"), valid_from=pl.lit("2025-01-01")),
        first.with_columns(education=pl.lit("high")),
    )
    return {**broken, "members": pl.concat([broken["members"], *again])}


def traces(folder):
    """Name each file below a folder in which something planted can be found."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [(str(path), one) for path in files for one in CANARIES if one in held(path) or one in str(path)]


@pytest.mark.parametrize("pseudonymise", [True, False])
@pytest.mark.parametrize(("damage", "quarantined"), [(dict, 0), (spoilt, 5)])
def test_planted_identities_are_nowhere_but_encrypted(
    tmp_path, pseudonymise, damage, quarantined, caplog, capfd
):
    caplog.set_level(logging.DEBUG)
    take(tmp_path, damage(named()), pseudonymise=pseudonymise)
    work = tmp_path / "work"
    assert pseudonymise == (OWN_NUMBER not in "".join(map(held, work.glob("register/C1/*"))))
    assert pl.read_parquet(work / "register/quarantine.parquet").n_unique(["file", "row"]) == quarantined
    assert (work / "vault/C1.vault").is_file()
    assert traces(work) == []
    output = capfd.readouterr()
    assert [one for one in CANARIES if one in caplog.text + output.out + output.err] == []


def test_the_vault_gives_back_with_the_key_what_was_planted(tmp_path):
    take(tmp_path, named())
    vaulted = identities(tmp_path)
    register = pl.read_parquet(tmp_path / "work/register/C1/members.parquet")
    home, *persons = vaulted.filter(pl.col("table") != NUMBERS).sort("table", "valid_from").to_dicts()
    assert (home["phone"], home["address"]) == (HOME_PHONE, ADDRESS)
    assert [(one["name"], one["phone"], one["id_number"]) for one in persons] == [
        (NAME, PHONE, ID_NUMBER),
        (LATER_NAME, PHONE, ID_NUMBER),
    ]
    assert {one["member_id"] for one in persons} < set(register["member_id"])
    assert len(home["household_id"]) == 32


def test_the_vault_knows_the_own_number_of_every_household_also_of_one_that_names_nobody(tmp_path):
    take(tmp_path, named())
    numbers = identities(tmp_path).filter(pl.col("table") == NUMBERS)
    assert set(numbers["number"]) == {OWN_NUMBER, "530023002"}
    register = pl.read_parquet(tmp_path / "work/register/C1/households.parquet")
    assert numbers["household_id"].to_list() == register["household_id"].unique().sort().to_list()


def test_ids_stay_in_the_vault_too_where_they_are_not_pseudonymised(tmp_path):
    take(tmp_path, named(), pseudonymise=False)
    assert set(identities(tmp_path)["household_id"]) == {OWN_NUMBER}


def test_folder_files_and_key_are_for_their_owner_only_and_the_key_lies_apart(tmp_path):
    take(tmp_path, named())
    place = place_in(tmp_path)
    modes = [
        path.stat().st_mode & 0o777 for path in (place.folder, place.folder / "C1.vault", place.key_file)
    ]
    assert modes == [0o700, 0o600, 0o600]
    assert place.folder not in place.key_file.parents
    facts = manifest(tmp_path)["vault"]
    assert len(facts["key_id"]) == 8
    assert place.key_file.read_bytes().hex() not in json.dumps(facts)


def test_feeding_again_changes_no_byte_of_register_or_vault(tmp_path):
    take(tmp_path, named())
    before = {path: path.read_bytes() for path in (tmp_path / "work").rglob("*") if path.is_file()}
    take(tmp_path, named())
    assert {path: path.read_bytes() for path in (tmp_path / "work").rglob("*") if path.is_file()} == before


def test_where_nobody_is_named_no_key_is_made_and_an_older_vault_goes(tmp_path):
    take(tmp_path, named(), pseudonymise=False)
    (tmp_path / "keys/vault.key").unlink()
    take(tmp_path, village_tables(household("530023002", income=90)), pseudonymise=False)
    assert list((tmp_path / "work/vault").iterdir()) == []
    assert not (tmp_path / "keys/vault.key").exists()
    assert manifest(tmp_path)["vault"] is None
    assert identities(tmp_path).is_empty()


def test_a_refused_delivery_leaves_the_vault_as_it_was(tmp_path):
    take(tmp_path, named())
    before = identities(tmp_path)
    broken = {**named(), "income": named()["income"].cast(pl.String).with_columns(amount=pl.lit("much"))}
    with pytest.raises(ContractError):
        take(tmp_path, broken)
    assert_frame_equal(identities(tmp_path), before)
    assert traces(tmp_path / "work") == []


def test_without_a_vault_a_delivery_that_names_people_is_refused(tmp_path):
    with pytest.raises(ContractError) as refusal:
        take(tmp_path, named(), vault=False)
    assert str(refusal.value) == (
        "county C1: found names, phones, addresses or identity numbers, but privacy.vault is empty; "
        "set it in params.yaml, or leave these columns out of the delivery"
    )


def test_a_vault_that_is_not_the_registers_does_not_open(tmp_path):
    take(tmp_path, named())
    path = tmp_path / "work/vault/C1.vault"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(StoreError) as refusal:
        identities(tmp_path)
    assert str(refusal.value) == (
        f"{path}: missing, or not sealed with this register; run ingest again (dvc repro -f ingest)"
    )


@pytest.mark.parametrize(("other", "held"), [(b"k" * 32, "key 5e318f8c"), (None, "no key")])
def test_without_its_key_the_vault_stays_shut_and_none_is_made(tmp_path, other, held):
    take(tmp_path, named())
    key_file = place_in(tmp_path).key_file
    key_file.write_bytes(other) if other else key_file.unlink()
    with pytest.raises(StoreError) as refusal:
        identities(tmp_path)
    assert str(refusal.value) == (
        f"{key_file}: found {held}, the vault was sealed under key {manifest(tmp_path)['vault']['key_id']}; "
        f"restore that key from its safe copy, or add '{manifest(tmp_path)['vault']['key_id']}' to "
        "privacy.given_up_keys in params.yaml and run ingest again (dvc repro -f ingest)"
    )
    assert key_file.exists() == bool(other)


def test_no_changed_byte_and_no_other_county_opens():
    sealed = encrypt(bytes(32), "C1", b"whom it may concern")
    assert decrypt(bytes(32), "C1", sealed) == b"whom it may concern"
    assert decrypt(bytes(32), "C2", sealed) is None
    for place in range(len(sealed)):
        flipped = bytes(byte ^ (number == place) for number, byte in enumerate(sealed))
        assert decrypt(bytes(32), "C1", flipped) is None


def test_the_place_of_the_key_is_beside_the_pseudonym_key():
    place = VaultPlace.of(parameters().privacy)
    assert place == VaultPlace(Path("artifacts/vault"), Path.home() / ".config/huitou/vault.key")


@pytest.mark.parametrize("vault", [None, ""])
def test_an_empty_vault_parameter_means_none(vault):
    chosen = parameters({"privacy.pseudonymise": False, "privacy.vault": vault})
    made = Settings.of("folder", chosen.ingest, chosen.privacy, date(2026, 1, 31))
    assert made == Settings("folder", 0.05, None, None)


def test_a_county_that_names_nobody_needs_no_vault():
    refuse_identities("C1", {"water": pl.DataFrame({"household_id": ["H1"]})})
