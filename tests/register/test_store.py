import polars as pl
import pytest
from polars.testing import assert_frame_equal

from register.atomic import write_parquet
from register.errors import StoreError
from register.shard import Shard
from register.store import Register, made_under, refuse_lost, seal, write_lines, write_register_shard
from register.tables import TABLES
from tests.households import household, lines_of, village_tables
from tests.laws.registers import LINES, random_tables


@pytest.fixture
def root(tmp_path):
    """The Zheng family, sealed."""
    write_register_shard(tmp_path, "C1", village_tables(household("zheng", income=50)))
    write_lines(tmp_path, lines_of())
    seal(tmp_path, {"source_kind": "folder"})
    return tmp_path


def test_a_sealed_register_opens_county_by_county(root):
    register = Register(root)
    assert register.counties == ["C1"]
    assert len(register.shard("C1").tables["income"]) == 36
    assert len(register.shard("C1").tables["shocks"]) == 0


def test_a_county_opens_as_it_was_marked(tmp_path):
    """Nothing is sorted again; a county that an earlier version kept without marks is, and opens alike."""
    kept = {name: frame.select(list(TABLES[name].kept)) for name, frame in random_tables(5).items()}
    write_register_shard(tmp_path, "new", kept)
    for name, frame in kept.items():
        write_parquet(tmp_path / "old" / f"{name}.parquet", frame)
    write_lines(tmp_path, LINES)
    seal(tmp_path, {})
    shard, marked = Shard.of(kept, LINES), pl.read_parquet(tmp_path / "new" / "income.parquet")
    assert marked.equals(shard.tables["income"])
    assert 0 < marked["replaced_on"].null_count() < len(marked)
    for county in ("new", "old"):
        opened = Register(tmp_path).shard(county)
        assert_frame_equal(opened.lines, shard.lines)
        for name in TABLES:
            assert_frame_equal(opened.tables[name], shard.tables[name])


def test_a_register_says_which_tables_it_holds(root):
    assert Register(root).holds("income")
    assert not Register(root).holds("monitoring")


def test_a_register_gives_the_lines_of_its_regions_alone(root):
    """The Zheng family's lines, and one of a province nobody in it lives in."""
    own = lines_of()
    write_lines(root, pl.concat([own, own.with_columns(region_id=pl.lit("110000"))]))
    seal(root, {})
    assert Register(root).lines.equals(own.sort("region_id", "effective_from"))


def test_a_file_changed_after_sealing_is_refused(root):
    path = root / "C1/income.parquet"
    path.write_bytes(path.read_bytes() + b"\0")
    with pytest.raises(StoreError) as refusal:
        Register(root).shard("C1")
    assert str(refusal.value) == (
        f"{path}: missing or changed since ingest; run ingest again (dvc repro -f ingest)"
    )


def test_no_register_and_a_damaged_manifest_are_refused(root):
    manifest = root / "manifest.json"
    manifest.write_text("{")
    with pytest.raises(StoreError) as refusal:
        Register(root)
    assert str(refusal.value) == f"{manifest}: damaged; run ingest again (dvc repro -f ingest)"
    manifest.unlink()
    with pytest.raises(StoreError) as refusal:
        Register(root)
    assert str(refusal.value) == f"{manifest}: no register found; run the ingest stage first (huitou run)"


def test_a_county_that_the_manifest_lacks_is_not_lost_in_silence(root):
    refuse_lost(root, ["C1"])
    with pytest.raises(StoreError) as refusal:
        refuse_lost(root, ["C1", "C2"])
    assert str(refusal.value) == (
        f"{root}: the manifest lacks counties ['C2'] that were taken in; nothing was replaced; report it"
    )


@pytest.mark.parametrize("vault", [None, {"key_id": "0badc0de"}])
def test_a_register_tells_under_which_keys_it_was_made(root, vault):
    seal(root, {"pseudonym_key_id": "a6e19731", "vault": vault})
    assert made_under(root, "pseudonym_key_id") == {"a6e19731"}
    assert made_under(root, "vault", "key_id") == ({"0badc0de"} if vault else set())
    assert made_under(root / "C1", "pseudonym_key_id") == set()
