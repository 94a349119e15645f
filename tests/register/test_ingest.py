import json

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from register.errors import ContractError, ParamsError
from register.ingest import Settings, ingest
from register.sources.delivery import RawTable
from register.store import Register
from tests.households import household, lines_of, village_tables, write_folder

OPEN = Settings("folder", 0.5, None)


class Given:
    """A source whose one county C1 is given as text frames."""

    has_control_totals = True

    def __init__(self, tables):
        self._tables = {name: frame.cast(pl.String) for name, frame in tables.items()}

    def counties(self):
        return ["C1"]

    def tables(self, county_id):
        for name, frame in self._tables.items():
            yield RawTable(name, f"{county_id}/{name}.csv", frame)

    def lines(self):
        return lines_of()


def wang():
    """Two of the Wang family live on 200 a month; Li lives alone on 90."""
    return village_tables(household("wang", members=2, income=200), household("li", income=90))


def counts(ledger, table):
    return ledger.filter(pl.col("table") == table).select(pl.exclude("file", "table")).row(0)


def test_a_clean_source_is_taken_in_whole_and_sealed(tmp_path):
    ledger = ingest(Given(wang()), tmp_path / "register", OPEN)
    assert counts(ledger, "income") == (72, 72, 0, 0)
    register = Register(tmp_path / "register")
    assert register.counties == ["C1"]
    assert register.shard("C1").tables["income"]["amount"].sum() == 36 * 290
    told = json.loads((tmp_path / "register/manifest.json").read_text())
    assert told["control_totals"] is True
    assert "有对账单 control.json" in (tmp_path / "register/delivery.md").read_text(encoding="utf-8")
    assert told["pseudonym_key_id"] is None
    assert told["source_kind"] == "folder"
    assert told["ledger"] == {"accepted": 78, "duplicates": 0, "quarantined": 0, "rows_in": 78}


def test_feeding_the_same_source_again_changes_no_byte(tmp_path):
    root = tmp_path / "register"
    ingest(Given(wang()), root, OPEN)
    before = Register(root).digest
    ingest(Given(wang()), root, OPEN)
    assert Register(root).digest == before
    assert [path.name for path in tmp_path.iterdir()] == ["register"]


CELLS = st.sampled_from(["", "2024-01-31", "wang", "li", "nobody", "-1", "inf", "wage", "7", "1e400", "NA"])
ROWS = st.lists(st.lists(CELLS, min_size=6, max_size=6), min_size=1, max_size=12)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, repeats=st.integers(0, 5))
def test_rows_in_are_accepted_or_quarantined_or_duplicates(tmp_path, rows, repeats):
    tables = {name: frame.cast(pl.String) for name, frame in wang().items()}
    dirty = pl.DataFrame(rows, schema=tables["income"].schema, orient="row")
    tables["income"] = pl.concat([tables["income"], dirty, tables["income"].head(repeats), dirty])
    ledger = ingest(Given(tables), tmp_path / "register", Settings("folder", 1.0, None))
    rows_in, accepted, quarantined, duplicates = counts(ledger, "income")
    assert rows_in == len(tables["income"]) == accepted + quarantined + duplicates
    assert duplicates >= repeats
    listed = pl.read_parquet(tmp_path / "register/quarantine.parquet")
    assert listed.select("file", "row").n_unique() == quarantined
    assert len(Register(tmp_path / "register").shard("C1").tables["income"]) == accepted


def test_rows_of_a_household_nobody_registered_are_quarantined(tmp_path):
    """Zhao earns, but has no row in households."""
    tables = wang()
    stray = tables["income"].head(1).with_columns(household_id=pl.lit("zhao"))
    ledger = ingest(Given({**tables, "income": pl.concat([tables["income"], stray])}), tmp_path / "r", OPEN)
    assert counts(ledger, "income") == (73, 72, 1, 0)
    (found,) = pl.read_parquet(tmp_path / "r/quarantine.parquet").to_dicts()
    assert (found["row"], found["column"]) == (74, "household_id")
    assert found["reason"] == "本县无此户 / no valid household row in this county"


def test_too_many_bad_rows_replace_nothing(tmp_path):
    root = tmp_path / "register"
    ingest(Given(wang()), root, OPEN)
    before = Register(root).digest
    spoilt = {**wang(), "income": wang()["income"].cast(pl.String).with_columns(amount=pl.lit("much"))}
    mixed = {
        **spoilt,
        "income": pl.concat([spoilt["income"].head(40), wang()["income"].cast(pl.String)[40:]]),
    }
    with pytest.raises(ContractError) as refusal:
        ingest(Given(mixed), root, OPEN)
    assert str(refusal.value) == (
        "income: 40 of 72 rows quarantined, allowed is a share of 0.5 (ingest.max_quarantined_share); "
        f"nothing was replaced; mend the rows listed in {tmp_path}/register.building/quarantine.parquet "
        "and run again"
    )
    assert Register(root).digest == before


def test_ids_are_replaced_everywhere_by_the_same_pseudonym(tmp_path):
    key = tmp_path / "vault/key"
    ingest(Given(wang()), tmp_path / "register", Settings("folder", 0.5, key))
    tables = Register(tmp_path / "register").shard("C1").tables
    assert set(tables["income"]["household_id"]) == set(tables["households"]["household_id"])
    assert set(tables["households"]["household_id"].str.len_chars()) == {32}
    told = (tmp_path / "register/manifest.json").read_text()
    assert len(json.loads(told)["pseudonym_key_id"]) == 8
    assert key.read_bytes().hex() not in told


def test_a_run_killed_while_swapping_leaves_the_old_register_to_come_back(tmp_path):
    root = tmp_path / "register"
    ingest(Given(wang()), root, OPEN)
    root.rename(tmp_path / "register.old")
    broken = {name: frame for name, frame in wang().items() if name != "income"}
    with pytest.raises(ContractError) as refusal:
        ingest(Given(broken), root, OPEN)
    assert str(refusal.value) == (
        "county C1: no usable row in ['income']; every county needs these tables; "
        "mend them (huitou check lists the faults) and run again"
    )
    assert Register(root).counties == ["C1"]


def test_a_county_without_an_income_line_is_refused(tmp_path):
    tables = wang()
    tables["villages"] = tables["villages"].with_columns(region_id=pl.lit("R9"))
    with pytest.raises(ContractError) as refusal:
        ingest(Given(tables), tmp_path / "register", OPEN)
    assert str(refusal.value) == (
        "county C1: villages lie in region_id ['R9'], allowed is one of ['R1']; "
        "correct region_id or add the region's income line"
    )


def test_a_share_outside_zero_to_one_is_refused():
    with pytest.raises(ParamsError) as refusal:
        Settings.of({"ingest": {"max_quarantined_share": 5}})
    assert str(refusal.value) == (
        "ingest.max_quarantined_share: found 5, allowed is 0 to 1; mend params.yaml"
    )


def test_a_folder_of_csv_files_holds_what_the_tables_hold(tmp_path):
    assert write_folder(tmp_path, wang()).joinpath("C1/income.csv").is_file()
