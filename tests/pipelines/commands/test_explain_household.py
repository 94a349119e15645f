"""`huitou explain` as an evaluator meets it."""

import json

import polars as pl
import pytest

from pipelines.stages.ingest import main as ingest_stage
from pipelines.workspace.earlier_keys import noted_key
from pipelines.workspace.parameters import load_params
from pipelines.workspace.workspace import HERE
from register.tables import TABLES
from tests.households import household, village_tables
from tests.parameters import write_parameters
from tests.watchlists.explaining import CHANGED, kept, released, scored
from tests.watchlists.handed_out import opened

NUMBER = "0530623001000017"


def test_a_household_is_explained_on_the_terminal_in_both_languages(office, huitou, capsys):
    released(office, [scored(**CHANGED)], [kept()])
    assert huitou("explain", "H1") == 0
    told = capsys.readouterr().out
    assert "近一年发生了什么 What happened in the last year?" in told
    assert "Fitting: health support, social help." in told


def test_a_program_gets_json_and_a_reader_a_page_in_a_file(office, huitou, capsys):
    released(office, [scored(**CHANGED)], [kept()])
    assert huitou("explain", "H1", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["household_id"] == "H1"
    assert huitou("explain", "H1", "--season", "2025Q4", "--format", "html", "--output", "one.html") == 0
    assert capsys.readouterr().out == "one.html\n"
    assert (office / "one.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_an_unknown_household_is_one_line_and_exit_code_3(office, huitou, capsys):
    released(office, [scored(**CHANGED)], [kept()])
    assert huitou("explain", "H9") == 3
    said = capsys.readouterr().err
    assert said.splitlines()[-1].endswith(
        "scores.parquet: no such household; allowed are its household_id as in the list and its own number "
        "as it stands in the export, whole and with its zeros; check what was typed; or the household was "
        "not in the cohort that season"
    )
    assert "H9" not in said


def test_the_number_as_it_stands_in_the_export_explains_the_household(office, huitou, capsys):
    """The office exports Chinese headers; Ouyang's number begins with a zero."""
    ingest_export(office)
    kept_id = pl.read_parquet(HERE.register / "C1/households.parquet")["household_id"].item()
    assert kept_id != NUMBER
    released(office, [scored(kept_id, **CHANGED)], [kept(kept_id)], hidden_under=noted_key(HERE))
    for named in (NUMBER, f" {NUMBER}", kept_id):
        assert huitou("explain", named, "--format", "json") == 0
        assert json.loads(capsys.readouterr().out)["household_id"] == kept_id
    assert huitou("explain-feature", "n_workers", NUMBER, "2025-12-31") == 0
    assert f"户 household {kept_id}" in capsys.readouterr().out
    assert huitou("workbooks", "--with-names", "named") == 0
    assert NUMBER in str([list(sheet.values) for sheet in opened(office / "named/C1/T1.xlsx")])
    assert [path for path in office.rglob("*") if path.is_file() and NUMBER in str(path)] == []
    holding = {path for path in office.rglob("*") if path.is_file() and NUMBER.encode() in path.read_bytes()}
    assert holding == set((office / "sent/C1").iterdir()) - {office / "sent/C1/villages.csv"}


@pytest.mark.parametrize(
    ("command", "where"),
    [(["explain"], "scores.parquet"), (["explain-feature", "n_workers"], "artifacts/register")],
)
def test_a_number_nobody_has_is_one_line_that_names_both_kinds(office, huitou, capsys, command, where):
    ingest_export(office)
    released(office, [scored("6c6e375e" * 4, **CHANGED)], [kept()], hidden_under=noted_key(HERE))
    day = ["2025-12-31"] if len(command) > 1 else []
    capsys.readouterr()
    assert huitou(*command, NUMBER[1:], *day) == 3
    (said,) = capsys.readouterr().err.splitlines()
    assert where in said
    assert "allowed are its household_id as in the list and its own number as it stands in the export" in said
    assert NUMBER[1:] not in said


def ingest_export(office):
    """Take in what the office exported: one household, one village, Chinese headers."""
    keys = {"privacy.key_file": str(office / "keys/pseudonym.key")}
    write_parameters(office, {"source.kind": "folder", "source.path": "sent", "season": "2025Q4", **keys})
    tables = village_tables(household(NUMBER, income=300.0))
    tables["villages"] = tables["villages"].with_columns(region_id=pl.lit("530000"))
    (office / "sent/C1").mkdir(parents=True)
    for name, frame in tables.items():
        headers = {column.name: column.zh for column in TABLES[name].columns}
        frame.cast(pl.String).rename(headers).write_csv(office / f"sent/C1/{name}.csv")
    ingest_stage(HERE, load_params())
