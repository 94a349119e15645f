"""The shipped mapping fits exports whose headers differ in width, signs or a word, and says where."""

import pytest

from register.proposal.columns import Columns
from register.proposal.looking import look
from register.proposal.shipped import adapted, best_mapping, county_of, fits, remarks_on
from register.proposal.waves import known_on
from register.sources.mapping_file import load_mapping
from tests.register import exports
from tests.register.proposal import folders


def fitting(folder):
    looks, _ = look(folder)
    name = best_mapping(looks)
    return [fit for one in looks for fit in fits(one, name, known_on(one, Columns(one)))]


def test_exports_as_described_need_no_mapping_of_their_own(tmp_path):
    looks, _ = look(folders.office(tmp_path))
    assert best_mapping(looks) == "national_exports"
    assert all(fit.is_exact for fit in fitting(tmp_path))
    assert county_of(fitting(tmp_path)) == "元谋县"


def test_without_yearly_wages_the_monthly_ledger_fits_better(tmp_path):
    row = {name: value for name, value in folders.WANG.items() if name != "a1务工"}
    exports.write_exports(tmp_path, **folders.BESIDE, 户信息=[row])
    assert best_mapping(look(tmp_path)[0]) == "national_exports_monthly"


def test_a_survey_is_no_export(tmp_path):
    assert best_mapping(look(folders.waves(tmp_path))[0]) is None


@pytest.fixture
def careless(tmp_path):
    return {fit.pattern: fit for fit in reversed(fitting(folders.careless_office(tmp_path / "sent")))}


def test_what_differs_is_said_with_the_nearest_name(careless):
    said = [one.en for one in remarks_on(careless["{exported_on}/*户信息*"])]
    assert said == [
        "no column 危房等级; the nearest, 危房等级认定, is proposed: please confirm",
        "no column 主要燃料; it is left out of the mapping: add the column, or name another there",
        "no column b3林果; it is left out of the mapping: add the column, or name another there",
    ]
    assert [*remarks_on(careless["{exported_on}/*行政村信息*"])] == []


def test_the_adapted_entry_reads_the_delivered_headers_and_nothing_else(careless, tmp_path):
    fit = careless["{exported_on}/*户信息*"]
    text = adapted(fit)
    (tmp_path / "m.yaml").write_text("files:\n" + text, encoding="utf-8")
    (loaded,) = load_mapping(str(tmp_path / "m.yaml"))
    assert loaded.header == 2
    assert {*loaded.headers} <= {*fit.look.columns}
    assert {"危房等级认定", "与村主干路距离（公里）"} <= {*loaded.headers}
    (forest,) = [one for one in loaded.records if one.label == "forest"]
    assert forest.own["amount"].add == ("a5自主采摘",)


def test_a_record_that_loses_all_it_tells_is_left_out(tmp_path):
    row = {
        name: value
        for name, value in folders.WANG.items()
        if name not in ("耕地", "林地", "林果面积", "加入合作组织", "健康状况")
    }
    exports.write_exports(tmp_path / "sent", **folders.BESIDE, 户信息=[row])
    fit = next(fit for fit in fitting(tmp_path / "sent") if fit.absent)
    (tmp_path / "m.yaml").write_text("files:\n" + adapted(fit), encoding="utf-8")
    (loaded,) = load_mapping(str(tmp_path / "m.yaml"))
    assert "land" not in {record.table for record in loaded.records}
    assert [record.label for record in loaded.records if record.table == "health"] == ["insurance"]


def test_a_file_of_another_name_is_known_by_its_headers(tmp_path):
    exports.workbook(tmp_path / "2025-10-31/村情.xlsx", [exports.VILLAGE])
    (fit,) = fitting(tmp_path)
    assert fit.pattern == "{exported_on}/村情.xlsx"
    assert "path: '{exported_on}/村情.xlsx'" in adapted(fit)
