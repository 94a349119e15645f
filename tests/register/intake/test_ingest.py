import json
from datetime import date

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from register.errors import ContractError, ParamsError
from register.faults import SeveralFaults
from register.intake.ingest import Settings, ingest
from register.intake.ledger import COUNTS
from register.sources.folder import FolderSource
from register.store import Register
from register.tables import TABLES
from register.vault.place import VaultPlace
from tests.deliveries import Given, raw_of
from tests.households import household, village_tables, write_folder
from tests.parameters import parameters

OPEN = Settings("folder", 0.5, None)
TODAY = date(2026, 1, 31)


def with_ingest(**changes):
    """Give the settings of an ingest of TODAY, some of them changed."""
    changed = {f"ingest.{name}": value for name, value in changes.items()}
    chosen = parameters({"privacy.pseudonymise": False, "privacy.vault": None, **changed})
    return Settings.of("folder", chosen.ingest, chosen.privacy, TODAY)


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
    manifest = json.loads((tmp_path / "register/manifest.json").read_text())
    assert manifest["control_totals"] is True
    assert "有对账单 control.json" in (tmp_path / "register/delivery.md").read_text(encoding="utf-8")
    assert manifest["pseudonym_key_id"] is None
    assert manifest["source_kind"] == "folder"
    assert manifest["ledger"] == {"accepted": 78, "duplicates": 0, "quarantined": 0, "rows_in": 78}


def test_feeding_the_same_source_again_changes_no_byte(tmp_path):
    root = tmp_path / "register"
    ingest(Given(wang()), root, OPEN)
    before = Register(root).digest
    ingest(Given(wang()), root, OPEN)
    assert Register(root).digest == before
    assert [path.name for path in tmp_path.iterdir()] == ["register"]


def data_of(root):
    """Give the bytes of every table of the register, without the reports about the delivery."""
    return {path.name: path.read_bytes() for path in sorted((root / "C1").iterdir())}


def test_a_file_that_comes_again_beside_the_old_one_changes_no_table(tmp_path):
    """The February delivery holds January's rows once more, under another name."""
    tables = wang()
    ingest(Given(tables), tmp_path / "one", OPEN)
    again = [raw_of(name, f"C1/february/{name}.csv", frame) for name, frame in tables.items()]
    ledger = ingest(Given(tables, *again), tmp_path / "two", OPEN)
    assert data_of(tmp_path / "two") == data_of(tmp_path / "one")
    second = ledger.filter(pl.col("file") == "C1/february/income.csv")
    assert second.select(COUNTS).row(0) == (72, 0, 0, 72)


def with_cell(frame, row, column, value):
    """Change one cell of a frame of text; rows count from 0."""
    text = frame.cast(pl.String).with_row_index("at")
    changed = pl.when(pl.col("at") == row).then(pl.lit(value)).otherwise(column).alias(column)
    return text.with_columns(changed).drop("at")


def test_a_corrected_row_that_is_fed_again_enters_exactly_once(tmp_path):
    """Wang's first wage was typed `2OO`; the mended row is sent, and then sent once more."""
    tables = wang()
    ingest(Given(tables), tmp_path / "clean", OPEN)
    spoilt = {**tables, "income": with_cell(tables["income"], 0, "amount", "2OO")}
    assert counts(ingest(Given(spoilt), tmp_path / "r", OPEN), "income") == (72, 71, 1, 0)
    mended = raw_of("income", "C1/mended.csv", tables["income"].head(1))
    again = raw_of("income", "C1/mended_again.csv", tables["income"].head(1))
    for further in ([mended], [mended, again]):
        ingest(Given(spoilt, *further), tmp_path / "r", OPEN)
        assert data_of(tmp_path / "r") == data_of(tmp_path / "clean")


def test_a_row_is_set_aside_with_every_reason_from_cells_and_from_other_tables(tmp_path):
    """A row of a household nobody knows, with a day that never was and a sum below zero."""
    tables = wang()
    wrong = (
        tables["income"]
        .head(1)
        .cast(pl.String)
        .with_columns(household_id=pl.lit("zhao"), occurred_on=pl.lit("2024-02-31"), amount=pl.lit("-1"))
    )
    ingest(Given(tables, raw_of("income", "C1/more.csv", wrong)), tmp_path / "r", OPEN)
    listed = pl.read_parquet(tmp_path / "r/quarantine.parquet")
    assert listed["column"].to_list() == ["occurred_on", "amount", "household_id"]
    assert all(" / " in step for step in listed["next_step"])


def test_two_people_whose_numbers_a_spreadsheet_rounded_do_not_become_one(tmp_path):
    tables = wang()
    rounded = (
        tables["members"]
        .cast(pl.String)
        .with_columns(
            member_id=pl.when(pl.col("household_id") == "wang")
            .then(pl.lit("530622198001010000"))
            .otherwise("member_id")
        )
    )
    ledger = ingest(Given({**tables, "members": rounded}), tmp_path / "r", Settings("folder", 0.7, None))
    assert counts(ledger, "members") == (3, 1, 2, 0)


def test_a_village_named_na_keeps_its_name(tmp_path):
    tables = wang()
    ingest(
        Given({**tables, "villages": tables["villages"].with_columns(name=pl.lit("NA"))}),
        tmp_path / "r",
        OPEN,
    )
    assert Register(tmp_path / "r").shard("C1").tables["villages"]["name"].to_list() == ["NA"]


def test_a_file_with_a_header_only_stands_in_the_ledger_with_zeros(tmp_path):
    empty = pl.DataFrame(schema=TABLES["land"].schema)
    ledger = ingest(Given({**wang(), "land": empty}), tmp_path / "r", OPEN)
    assert counts(ledger, "land") == (0, 0, 0, 0)


def test_one_household_alone_makes_a_register(tmp_path):
    ledger = ingest(Given(village_tables(household("li", income=90))), tmp_path / "r", OPEN)
    assert counts(ledger, "households") == (1, 1, 0, 0)


def test_a_required_column_that_is_empty_throughout_is_refused(tmp_path):
    tables = wang()
    empty = tables["members"].with_columns(birth_date=pl.lit(None, pl.Date))
    with pytest.raises(ContractError) as refusal:
        ingest(Given({**tables, "members": empty}), tmp_path / "r", OPEN)
    assert str(refusal.value) == (
        "county C1: no usable row in ['members']; every county needs these tables; most often (n=3, first "
        "C1/members.csv row 2): 必填项为空 / required cell is empty; 补录 / enter the value at the source; "
        "mend them (huitou check lists the faults) and run again"
    )


def test_a_delivery_much_shorter_than_the_last_replaces_nothing(tmp_path):
    root, steady = tmp_path / "register", Settings("folder", 0.5, None, max_row_change=0.3)
    ingest(Given(wang()), root, steady)
    before = Register(root).digest
    with pytest.raises(ContractError) as refusal:
        ingest(Given({**wang(), "income": wang()["income"].head(50)}), root, steady)
    assert str(refusal.value) == (
        "income: 50 rows against 72 of the register in use, allowed is a change by a share of 0.3 "
        "(ingest.max_row_change); nothing was replaced; ask the sender whether the delivery is complete, "
        "or set ingest.max_row_change=null for this run"
    )
    assert Register(root).digest == before
    ingest(Given({**wang(), "income": wang()["income"].head(51)}), root, steady)


def test_a_register_of_another_kind_of_source_is_no_measure(tmp_path):
    root = tmp_path / "register"
    ingest(Given(wang()), root, Settings("simulator", 0.5, None))
    short = Given({**wang(), "income": wang()["income"].head(5)})
    ingest(short, root, Settings("folder", 0.5, None, max_row_change=0.3))


def test_findings_stand_beside_the_register_under_pseudonyms_and_are_counted(tmp_path):
    """The two Wangs share a phone with Li; the phone itself goes nowhere."""
    tables = wang()
    phones = tables["members"].with_columns(phone=pl.lit("13912345678"))
    place = VaultPlace(tmp_path / "vault", tmp_path / "keys/vault.key")
    private = Settings("folder", 0.5, tmp_path / "keys/key", place)
    ingest(Given({**tables, "members": phones}), tmp_path / "register", private)
    found = pl.read_parquet(tmp_path / "register/findings.parquet").filter(code="shared_phone")
    register = Register(tmp_path / "register").shard("C1")
    assert set(found["household_id"]) == set(register.tables["households"]["household_id"])
    assert set(found["household_id"].str.len_chars()) == {32}
    manifest = json.loads((tmp_path / "register/manifest.json").read_text())
    assert manifest["findings"]["shared_phone"] == 3
    assert "id_number_length" in manifest["unchecked"]
    assert not [
        path for path in tmp_path.rglob("*") if path.is_file() and b"13912345678" in path.read_bytes()
    ]


CELLS = st.sampled_from(["", "2024-01-31", "wang", "li", "nobody", "-1", "inf", "wage", "7", "1e400", "NA"])
ROWS = st.lists(st.lists(CELLS, min_size=6, max_size=6), min_size=1, max_size=12)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
        "nothing was replaced; most often (n=40, first C1/income.csv row 2): 不是数字 / not a number; "
        "只填半角数字和小数点，万元化为元 / enter plain digits with a point: no unit, comma, % or currency; "
        f"mend the rows listed in {tmp_path}/register.building/quarantine.parquet "
        "and run again"
    )
    assert Register(root).digest == before


def test_ids_are_replaced_everywhere_by_the_same_pseudonym(tmp_path):
    key = tmp_path / "vault/key"
    ingest(Given(wang()), tmp_path / "register", Settings("folder", 0.5, key))
    tables = Register(tmp_path / "register").shard("C1").tables
    assert set(tables["income"]["household_id"]) == set(tables["households"]["household_id"])
    assert set(tables["households"]["household_id"].str.len_chars()) == {32}
    manifest = (tmp_path / "register/manifest.json").read_text()
    assert len(json.loads(manifest)["pseudonym_key_id"]) == 8
    assert key.read_bytes().hex() not in manifest


def test_a_run_killed_while_swapping_leaves_the_old_register_to_come_back(tmp_path):
    root = tmp_path / "register"
    ingest(Given(wang()), root, OPEN)
    root.rename(tmp_path / "register.old")
    broken = {name: frame for name, frame in wang().items() if name != "income"}
    with pytest.raises(ContractError) as refusal:
        ingest(Given(broken), root, OPEN)
    assert str(refusal.value) == (
        "county C1: no usable row in ['income']; every county needs these tables; no row of income came; "
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
        "correct region_id, or give the region's line in lines.csv (docs/sources.md)"
    )


@pytest.mark.parametrize(("day", "found"), [("soon", "'soon'"), (20260131, "20260131"), (True, "true")])
def test_a_day_of_delivery_that_is_none_is_refused(day, found):
    with pytest.raises(ParamsError) as refusal:
        with_ingest(delivered_on=day)
    assert str(refusal.value) == (
        f"ingest.delivered_on: found {found}, allowed is a day such as 2026-01-31, or today, or null; mend it"
    )


def test_the_day_of_delivery_may_be_today_or_told_or_left_out():
    days = [with_ingest(delivered_on=day).delivered_on for day in ("today", date(2025, 1, 1), None)]
    assert days == [TODAY, date(2025, 1, 1), None]


def test_a_share_outside_zero_to_one_is_refused():
    with pytest.raises(ParamsError) as refusal:
        with_ingest(max_quarantined_share=5)
    assert str(refusal.value) == (
        "ingest.max_quarantined_share: found 5, allowed is a number from 0 to 1; mend it"
    )


def test_a_folder_of_csv_files_holds_what_the_tables_hold(tmp_path):
    assert write_folder(tmp_path, wang()).joinpath("C1/income.csv").is_file()


def test_a_run_says_the_faults_of_all_files_at_once_and_makes_nothing(tmp_path):
    """lines.csv has a bad period, C1 lacks income, C2 has a column nobody knows; C3 is whole."""
    for county in ("C1", "C2", "C3"):
        write_folder(tmp_path / "sent", wang(), county=county)
    (tmp_path / "sent/C1/income.csv").unlink()
    members = tmp_path / "sent/C2/members.csv"
    members.write_bytes(members.read_bytes().replace(b"sex", b"gender", 1))
    bad = "region_id,effective_from,amount,period,currency,source\n530000,2024-01-01,9,weekly,CNY,a\n"
    (tmp_path / "sent/lines.csv").write_text(bad, encoding="utf-8")
    with pytest.raises(SeveralFaults) as refusal:
        ingest(FolderSource(tmp_path / "sent"), tmp_path / "register", with_ingest())
    assert [str(one).split(": ")[0].removeprefix(f"{tmp_path}/") for one in refusal.value.faults] == [
        "lines.csv row 2",
        "sent/C1/income.csv",
        "sent/C2/members.csv",
    ]
    assert refusal.value.exit_code == ParamsError.exit_code
    assert [path.name for path in tmp_path.iterdir()] == ["sent"]


def test_every_county_whose_region_has_no_line_is_named(tmp_path):
    for county, region in (("C1", "520000"), ("C2", "530000"), ("C3", "330000")):
        homes = village_tables(
            household(f"li {county}", income=90), villages=[{"region_id": region, "county_id": county}]
        )
        write_folder(tmp_path / "sent", homes, county=county)
    with pytest.raises(SeveralFaults) as refusal:
        ingest(FolderSource(tmp_path / "sent"), tmp_path / "register", with_ingest())
    assert [str(one).split(", allowed")[0] for one in refusal.value.faults] == [
        "county C1: villages lie in region_id ['520000']",
        "county C3: villages lie in region_id ['330000']",
    ]
    assert not (tmp_path / "register").exists()


def test_who_signed_for_ids_that_end_in_zeros_stands_in_manifest_and_delivery_and_is_said(tmp_path):
    """The office numbers its households in tens, 16 digits each."""
    tens = village_tables(*(household(f"5306221980010{n}0", income=200) for n in (11, 23)))
    with pytest.raises(ContractError, match="no usable row in"):
        ingest(Given(tens), tmp_path / "register", with_ingest())
    said, signed = [], {"by": "李主任", "why": "系统按十编号"}
    settings = with_ingest(unrounded_ids={"household_id": signed})
    ledger = ingest(Given(tens), tmp_path / "register", settings, say=said.append)
    assert ledger["quarantined"].sum() == 0
    manifest = json.loads((tmp_path / "register/manifest.json").read_text(encoding="utf-8"))
    assert manifest["unrounded_ids"] == {"household_id": {**signed, "cells": 76}}
    line = (
        "签字放行 let pass on a signature: household_id, 76 格 cells; 李主任: 系统按十编号 "
        "(ingest.unrounded_ids)"
    )
    assert said == [line]
    assert f"- {line}\n" in (tmp_path / "register/delivery.md").read_text(encoding="utf-8")


def test_a_run_says_why_rows_were_set_aside(tmp_path):
    said, tables = [], wang()
    spoilt = (
        tables["income"]
        .cast(pl.String)
        .with_columns(amount=pl.when(pl.int_range(pl.len()) == 0).then(pl.lit("x")).otherwise("amount"))
    )
    ingest(Given({**tables, "income": spoilt}), tmp_path / "register", OPEN, say=said.append)
    assert [line.split("\n")[0] for line in said] == [
        "       1  隔离 不是数字 / not a number (C1/income.csv row 2, amount)"
    ]


@pytest.mark.parametrize(
    ("signed", "refusal"),
    [
        ({"amount": {"by": "a", "why": "b"}}, "found 'amount', allowed are"),
        ({"household_id": {"by": "a"}}, "why"),
        ({"household_id": {"by": " ", "why": "b"}}, "by"),
    ],
)
def test_a_signature_names_an_id_column_who_and_why(signed, refusal):
    with pytest.raises(ParamsError, match=refusal):
        with_ingest(unrounded_ids=signed)
