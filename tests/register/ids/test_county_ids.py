"""A county's id names a folder: what may be one is the same for every source."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from register.errors import ContractError
from register.ids.county_ids import MAX_BYTES, is_county_id, refuse_county_id, refuse_county_ids
from register.intake.ingest import Settings, ingest
from register.intake.review import review
from register.sources.database import Database
from register.sources.folder import FolderSource
from register.sources.sql import SqlSource
from register.store import Register
from register.vault.place import VaultPlace
from tests.households import household, village_tables, write_folder

OPEN = Settings("folder", 0.5, None)
ALLOWED = (
    "allowed are up to 78 bytes of letters, digits, - and _, a dot inside, no file ending such as .parquet; "
    "correct it"
)
FORBIDDEN = [
    "",
    ".",
    "..",
    "../../ESCAPED",
    "/etc",
    "云南/昆明",
    "a\\b",
    ".hidden",
    "C1.",
    "C1 ",
    "C 1",
    "C\x001",
    "C\n1",
    "C\x1b[2J",
    "C\u200b1",  # zero width space
    "C\u202e1",  # right to left override
    "C\ufe0f1",  # variation selector: a mark that nobody sees
    "C\u31641",  # a letter that nobody sees
    "\udcff",
    "a" * (MAX_BYTES + 1),
    "县" * (MAX_BYTES // 3 + 1),
    "income_lines.parquet",
    "Manifest.JSON",
    "ledger.csv",
    "delivery.md",
]


@pytest.mark.parametrize("text", ["530901", "永德县", "C-1_a", "a.b", "ནག་ཆུ".replace("་", "-"), "县" * 26])
def test_a_place_may_be_called_what_places_are_called(text):
    assert is_county_id(text)


@pytest.mark.parametrize("text", FORBIDDEN)
def test_what_would_leave_its_folder_or_look_like_another_is_none(text):
    assert not is_county_id(text)


@given(st.text(max_size=40) | st.text("ab./-_县\\\0\u200b", max_size=8))
def test_whatever_is_allowed_stays_in_its_folder_under_one_name(text):
    if is_county_id(text):
        assert Path("root", text).parts == ("root", text)
        assert Path("root", f"{text}.vault").name == f"{text}.vault"
        assert text.isprintable()


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("../../ESCAPED", "'../../ESCAPED'"),
        ("C\x1b[2J", r"'C\x1b[2J'"),
        ("a" * 99, f"'{'a' * 30}' and 69 characters more"),
        ("/530622198001011234", "(a long number, not shown)"),
    ],
)
def test_a_refused_id_is_shown_as_far_as_it_is_harmless(text, printed):
    with pytest.raises(ContractError) as refusal:
        refuse_county_id(text, "villages.csv row 3")
    assert str(refusal.value) == f"villages.csv row 3: found county id {printed}, {ALLOWED}"


@pytest.mark.parametrize(("one", "other"), [("c1", "C1"), ("530901", "５３０９０１"), ("é", "e\u0301")])
def test_two_ids_that_a_disk_may_not_tell_apart_are_refused(one, other):
    with pytest.raises(ContractError, match="which a disk may not tell apart; write one county in one way"):
        refuse_county_ids([one, other])


def named(folder, county):
    """Li's village lies in a county of that name."""
    li = village_tables(household("li", income=90), villages=[{"county_id": county, "region_id": "530000"}])
    return write_folder(folder, li, county=county)


def held_in(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


@pytest.mark.parametrize("county", ["C1.", "C 1", "manifest.json"])
def test_ingest_and_check_refuse_a_folder_alike_and_write_nothing(tmp_path, county):
    source = FolderSource(named(tmp_path / "sent", county))
    before = held_in(tmp_path)
    messages = []
    for take in (
        lambda: ingest(source, tmp_path / "work/register", OPEN),
        lambda: review(source, OPEN, walk=lambda counties, _: counties),
    ):
        with pytest.raises(ContractError) as refusal:
            take()
        messages.append(str(refusal.value))
    assert messages == [f"the delivery: found county id {county!r}, {ALLOWED}"] * 2
    assert held_in(tmp_path) == before


@pytest.mark.parametrize("county", ["../../ESCAPED", "云南/昆明"])
def test_a_database_cannot_write_outside_the_register(tmp_path, county):
    li = village_tables(household("li", income=90), villages=[{"county_id": county, "region_id": "530000"}])
    engine = sa.create_engine(f"sqlite:///{tmp_path}/office.db", poolclass=sa.NullPool)
    with engine.begin() as connection:
        for name, frame in li.items():
            columns = ", ".join(f'"{column}" TEXT' for column in frame.columns)
            connection.exec_driver_sql(f'CREATE TABLE "{name}" ({columns})')
            places = ", ".join("?" for _ in frame.columns)
            rows = [tuple(None if one is None else str(one) for one in row) for row in frame.rows()]
            connection.exec_driver_sql(f'INSERT INTO "{name}" VALUES ({places})', rows)
    url = tmp_path / "url"
    url.write_text(f"sqlite:///{tmp_path}/office.db\n", encoding="utf-8")
    url.chmod(0o600)
    before = held_in(tmp_path)
    source = SqlSource(Database(url))
    with pytest.raises(ContractError) as refusal:
        ingest(source, tmp_path / "artifacts/register", OPEN)
    source._database._connection.close()
    assert str(refusal.value) == (
        f"{url} table villages, column county_id: found county id {county!r}, {ALLOWED}"
    )
    assert held_in(tmp_path) == before


@pytest.mark.parametrize("county", ["a.b", "县" * 26])
def test_an_allowed_county_goes_through_register_and_vault(tmp_path, county):
    """The longest and the dotted one: every file of theirs can be written, and the manifest holds them."""
    li = village_tables(
        household("li", income=90, state={"phone": "13912345678"}),
        villages=[{"county_id": county, "region_id": "530000"}],
    )
    source = FolderSource(write_folder(tmp_path / "sent", li, county=county))
    vault = VaultPlace(tmp_path / "vault", tmp_path / "keys/vault.key")
    ingest(source, tmp_path / "register", Settings("folder", 0.5, None, vault))
    register = Register(tmp_path / "register")
    assert register.counties == [county]
    assert len(register.shard(county).tables["income"]) == 36
    assert (tmp_path / "vault" / f"{county}.vault").is_file()
