"""A folder in, a proposal out: offices, careless offices, surveys, and the Uganda panel where it lies."""

import gzip
import shutil
from datetime import date

import pytest

from register.errors import SourceError
from register.proposal.proposal import propose
from register.sources.mapping_file import load_mapping
from tests.households import household, village_tables, write_folder
from tests.parameters import parameters
from tests.register.proposal import folders

TODAY = date(2026, 11, 29)


def rows(proposal):
    return {name: one.rows for name, one in proposal.holdings.tables.items()}


def values(proposal):
    return {one.name: one.value for one in proposal.settings}


def loaded(proposal, tmp_path):
    (tmp_path / "proposed.yaml").write_text(proposal.text, encoding="utf-8")
    return load_mapping(str(tmp_path / "proposed.yaml"))


def test_exports_as_described_are_read_by_the_shipped_mapping(tmp_path):
    proposal = propose(folders.office(tmp_path / "sent"), TODAY)
    assert (proposal.mapping, proposal.text, proposal.remarks, proposal.lines) == (
        "national_exports",
        None,
        [],
        None,
    )
    assert values(proposal) == {
        "source.region": "530000",
        "season": "2025Q4",
        "features.first_season": "2024Q4",
        "label.settle_months": 0,
    }


def test_a_careless_office_gets_a_mapping_of_its_own_with_the_departments_list(tmp_path):
    proposal = propose(folders.careless_office(tmp_path / "sent"), TODAY)
    assert proposal.must_mend == []
    assert {one.pattern for one in loaded(proposal, tmp_path)} >= {
        "{exported_on}/*户信息*",
        "{exported_on}/住房鉴定.csv",
    }
    assert rows(proposal)["housing"] == 3
    assert proposal.holdings.counties == ["元谋县"]


def test_exports_that_differ_from_one_another_are_to_be_made_alike(tmp_path):
    folders.office(tmp_path / "sent")
    folders.titled(tmp_path / "sent" / folders.DAYS[1] / "(乡村建设)户信息.xlsx", folders.WANG)
    (differs, *_) = propose(tmp_path / "sent", TODAY).must_mend
    assert differs.en == "its header differs from that of 2024-10-31/(乡村建设)户信息.xlsx; make them alike"


def test_an_old_workbook_is_named_once_and_the_rest_proposed(tmp_path):
    folders.careless_office(tmp_path / "sent")
    (tmp_path / "sent/old.xls").write_bytes(b"")
    proposal = propose(tmp_path / "sent", TODAY)
    assert [one.place for one in proposal.must_mend] == ["old.xls"]
    assert (proposal.holdings, bool(proposal.text)) == (None, True)


def test_the_registers_own_names_need_no_mapping(tmp_path):
    folder = write_folder(tmp_path / "sent", village_tables(household("wu", income=900)))
    proposal = propose(folder, TODAY)
    assert (proposal.mapping, proposal.text, proposal.remarks) == (None, None, [])
    assert rows(proposal) == {"villages": 1, "households": 1, "members": 1, "income": 36}
    (folder / "C1/income.csv").rename(folder / "C1/incomes.csv")
    spoilt = propose(folder, TODAY)
    assert (spoilt.holdings, len(spoilt.must_mend)) == (None, 2)


@pytest.mark.parametrize("write", [folders.waves, folders.interviews])
def test_a_panel_is_read_as_proposed(tmp_path, write):
    proposal = propose(write(tmp_path / "panel"), TODAY)
    assert proposal.must_mend == []
    assert rows(proposal) == {"villages": 120, "households": 120, "members": 240, "income": 120}
    assert proposal.holdings.incomplete["members"] == 0
    assert values(proposal)["label.reading"] == "next_observation"
    assert "PLACEHOLDER" in proposal.lines
    (tmp_path / "panel/lines.csv").write_text(proposal.lines, encoding="utf-8")
    assert propose(tmp_path / "panel", TODAY).lines is None


def test_persons_of_a_wave_hold_until_the_next(tmp_path):
    mapping = loaded(propose(folders.waves(tmp_path / "panel"), TODAY), tmp_path)
    ends = {one.pattern: one.records[0].own.get("valid_to") for one in mapping if "persons" in one.pattern}
    assert [end and end.constant for end in ends.values()] == ["2010-12-31", "2011-12-31", None]


def test_of_two_files_of_households_the_one_with_the_amounts_counts(tmp_path):
    folders.waves(tmp_path / "panel")
    for path in sorted((tmp_path / "panel").glob("result_*")):
        shutil.copy(path, path.with_name(path.name.replace("result", "a")))
        text = path.read_text(encoding="utf-8").replace("TOT_consumption", "q1")
        path.with_name(path.name.replace("result", "a")).write_text(text, encoding="utf-8")
    assert rows(propose(tmp_path / "panel", TODAY))["households"] == 120


def test_a_day_of_export_that_nothing_says_is_today_until_confirmed(tmp_path):
    text = "hhid,ea_id,monthly_income\n" + "".join(f"{home},1,5\n" for home in range(9))
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    proposal = propose(tmp_path, TODAY)
    assert values(proposal)["source.exported_on"] == "2026-11-29"


def test_a_folder_nobody_knows_anything_of_says_so(tmp_path):
    (tmp_path / "a.csv").write_text("q1\n1\n", encoding="utf-8")
    proposal = propose(tmp_path, TODAY)
    assert [one.must_mend for one in proposal.remarks] == [False, True]
    (tmp_path / "empty").mkdir()
    assert propose(tmp_path / "empty", TODAY).looks == []


def test_no_folder_is_refused(tmp_path):
    with pytest.raises(SourceError, match="no such folder"):
        propose(tmp_path / "none", TODAY)


@pytest.mark.skipif(not folders.UGANDA.is_dir(), reason="the Uganda panel is not beside the project")
def test_the_uganda_panel_is_read_as_proposed(tmp_path):
    for path in folders.UGANDA.glob("*.gz"):
        (tmp_path / path.stem).write_bytes(gzip.decompress(path.read_bytes()))
    proposal = propose(tmp_path, TODAY)
    assert proposal.must_mend == []
    assert rows(proposal)["income"] == 3 * 2157
    assert values(proposal) | {"watchlist.capacity.visits": 0, "ingest.max_quarantined_share": 0} == {
        "season": "2011Q4",
        "features.first_season": "2009Q4",
        "cohort.categories": ["ordinary"],
        "label.settle_months": 0,
        "watchlist.capacity.visits": 0,
        "label.reading": "next_observation",
        "label.line_rise": "observed",
        "label.months": 12,
        "label.resources_months": 1,
        "cohort.learns_from": "also_below",
        "evaluate.cluster": "household",
        "label.resources": "consumption",
        "evaluate.origins": 1,
        "ingest.max_quarantined_share": 0,
    }
    assert parameters(values(proposal))
