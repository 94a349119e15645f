"""The five exports of the national system, through the shipped mapping, to accepted rows."""

from datetime import date

import polars as pl
import pytest

from register.errors import ContractError, ParamsError
from register.intake.ingest import Settings, ingest
from register.sources.open import open_source
from register.store import Register
from register.vault.place import VaultPlace
from tests.parameters import source_section
from tests.register import exports
from tests.register.exports import write_exports


def taken(tmp_path, mapping="national_exports", share=0.0, **rows):
    """Write exports, take them in, give the tables of the county and the ledger."""
    sent = write_exports(
        tmp_path / "sent", **{"行政村信息": [exports.VILLAGE], "户信息": [exports.wang()], **rows}
    )
    source = open_source(source_section(kind="folder", path=sent, mapping=mapping, region="530000"))
    vault = VaultPlace(tmp_path / "vault", tmp_path / "keys/vault.key")
    ledger = ingest(source, tmp_path / "register", Settings("folder", share, None, vault))
    return Register(tmp_path / "register").shard("元谋县").tables, ledger


def quarantined(tmp_path):
    listed = pl.read_parquet(tmp_path / "register/quarantine.parquet")
    return {(row["file"], row["row"], row["column"]) for row in listed.to_dicts()}


def test_a_village_and_its_wang_household_arrive_with_their_codes_translated(tmp_path):
    tables, ledger = taken(tmp_path)
    assert ledger.select("quarantined", "duplicates").sum().row(0) == (0, 0)
    (village,) = tables["villages"].to_dicts()
    assert (village["village_id"], village["township_id"]) == ("元谋县-元马镇-星火村", "元谋县-元马镇")
    assert (village["collective_income"], village["has_clinic"]) == (123500.0, True)
    (house,) = tables["households"].to_dicts()
    assert (house["category"], house["road_type"], house["road_distance_km"]) == ("lifted_out", "paved", 0.5)
    assert house["recorded_on"] == house["valid_from"] == date(2025, 10, 31)
    (wang,) = tables["members"].to_dicts()
    assert (wang["birth_date"], wang["sex"], wang["ethnicity"]) == (date(1980, 3, 12), "male", "minority")
    assert (wang["relation"], wang["education"], wang["labour"]) == ("head", "primary", "ordinary")
    assert tables["housing"].select("grade", "fuel", "area_m2").row(0) == ("B", "wood_coal", 96.0)
    assert tables["land"].select("arable_mu", "forest_mu", "is_in_cooperative").row(0) == (3.5, None, False)
    assert tables["health"].select("kind", "insurance").rows() == [("insurance", "resident")]


def test_a_wide_yearly_form_becomes_income_dated_at_year_end_by_source(tmp_path):
    """Wang earned 8,000 for wages, two public posts of 300.1 and 200.2, sold pigs, spent 900 on them."""
    form = {
        "a1务工": 8000,
        "a2行业部门公益岗": "300.1",
        "a4村级公益岗": "200.2",
        "b2养殖": 5000,
        "e2养殖": "900",
    }
    tables, _ = taken(tmp_path, 户信息=[exports.wang(**form)])
    assert tables["income"].select("occurred_on", "source", "amount", "member_id").sort("source").rows() == [
        (date(2024, 12, 31), source, amount, None)
        for source, amount in [
            ("business_cost", 900.0),
            ("livestock", 5000.0),
            ("public_post", 500.3),
            ("wage", 8000.0),
        ]
    ]


def test_household_columns_repeated_for_every_member_count_once(tmp_path):
    """Wang and his mother: one household, one house, one year's wages, three copies counted as such."""
    mother = exports.wang(
        人编号="53232800010002", 与户主关系="之母", 性别="女", 证件号码="532328195001010024", a1务工=8000
    )
    tables, ledger = taken(tmp_path, 户信息=[exports.wang(), mother])
    assert len(tables["households"]) == len(tables["housing"]) == len(tables["income"]) == 1
    assert tables["members"]["relation"].sort().to_list() == ["head", "parent"]
    assert ledger.filter(pl.col("duplicates") > 0)["table"].sort().to_list() == [
        "households",
        "housing",
        "income",
        "land",
    ]


def test_several_states_of_health_in_one_cell_become_several_records(tmp_path):
    tables, _ = taken(tmp_path, 户信息=[exports.wang(健康状况="长期慢性病、残疾", 居民医保="否")])
    assert tables["health"].select("kind", "insurance").sort("kind").rows() == [
        ("chronic", None),
        ("disability", None),
        ("insurance", "none"),
    ]


def test_identification_and_elimination_are_two_events_of_the_same_row(tmp_path):
    ill = {**exports.MONITORED, "致贫/返贫风险1": "因病", "致贫/返贫风险2": "缺劳动力"}
    out = {**ill, "风险是否已消除": "是", "消除监测时间": "202502", "风险消除方式": "落实措施消除"}
    tables, _ = taken(tmp_path, 监测对象信息=[out])
    columns = [
        "event",
        "occurred_on",
        "group",
        "main_cause",
        "cause_2",
        "elimination_mode",
        "income_per_person",
    ]
    assert tables["monitoring"].select(columns).sort("occurred_on").rows() == [
        ("identified", date(2024, 3, 31), "unstable", "illness", "labour", None, 7600.0),
        ("eliminated", date(2025, 2, 28), "unstable", "illness", "labour", "helped", None),
    ]


def test_the_monthly_ledger_becomes_a_spell_of_work_and_with_the_other_mapping_a_wage(tmp_path):
    rows = {"已外出务工": [exports.WORK], "计划外出务工": [exports.PLAN]}
    tables, _ = taken(tmp_path / "a", 户信息=[exports.wang()], **rows)
    spell = tables["employment"].filter(pl.col("activity") == "employee").to_dicts()[0]
    assert (spell["started_on"], spell["ended_on"], spell["monthly_wage"]) == (date(2025, 2, 1), None, 4200.0)
    assert (spell["place"], spell["sector"], spell["channel"]) == ("outside", "manufacturing", "relative")
    assert tables["employment"]["activity"].sort().to_list() == ["employee", "seeking"]
    assert tables["income"]["amount"].to_list() == [8000.0]
    tables, _ = taken(tmp_path / "b", "national_exports_monthly", 户信息=[exports.wang()], **rows)
    assert tables["income"].select("occurred_on", "amount").rows() == [(date(2025, 9, 30), 4200.0)]


def test_values_the_mapping_does_not_list_go_to_quarantine_with_file_row_and_column(tmp_path):
    spoilt = exports.wang(人编号="53232800010003", 民族="彝", 健康状况="健康、不详", 在校生状况="八年级")
    taken(tmp_path, share=0.6, 户信息=[exports.wang(), spoilt])
    file = "2025-10-31/(乡村建设)户信息.xlsx"
    assert quarantined(tmp_path) == {(file, 3, "ethnicity"), (f"{file} › ?", 3, "kind")}


def test_an_amount_that_is_no_number_is_never_scaled_or_added(tmp_path):
    village = {**exports.VILLAGE, "村级集体经济收入(万元)": "约12", "行政村": "二村"}
    form = exports.wang(a2行业部门公益岗="1e3", a3乡镇公益岗="5", b1种植=700)
    taken(tmp_path, share=0.6, 行政村信息=[exports.VILLAGE, village], 户信息=[form])
    assert {(row, column) for _, row, column in quarantined(tmp_path)} == {
        (3, "collective_income"),
        (2, "amount"),
    }


def test_columns_and_files_that_nothing_maps_are_told(tmp_path):
    taken(tmp_path, 户信息=[exports.wang()])
    delivery_notes = (tmp_path / "register/delivery.md").read_text(encoding="utf-8")
    assert (
        "columns not in the mapping, not read: 自然村、政治面貌: 2025-10-31/(乡村建设)户信息.xlsx"
        in delivery_notes
    )
    assert "in the mapping, not delivered: {exported_on}/*监测对象信息*" in delivery_notes
    assert "没有对账单" in delivery_notes


def test_a_mapped_column_that_is_missing_is_named(tmp_path):
    row = exports.wang()
    del row["年度"]
    with pytest.raises(
        ContractError, match=r"户信息\.xlsx: mapped columns \['年度'\] are missing, found are \['县',"
    ):
        taken(tmp_path, 户信息=[row])


def test_a_delivery_without_any_mapped_file_and_a_date_nobody_gave_are_refused(tmp_path):
    (tmp_path / "sent").mkdir()
    with pytest.raises(Exception, match="no delivered file fits the mapping national_exports: found"):
        open_source(source_section(kind="folder", path=tmp_path / "sent", mapping="national_exports"))
    with pytest.raises(ParamsError, match=r"source\.mapping: not for source\.kind eph; set it to null"):
        open_source(source_section(kind="eph", path=tmp_path, mapping="national_exports"))


def test_an_office_that_does_not_say_where_it_lies_gets_nobodys_line(tmp_path):
    """An office in Guizhou forgot; it was given Yunnan's line without a word."""
    sent = write_exports(tmp_path / "sent", 行政村信息=[exports.VILLAGE], 户信息=[exports.wang()])
    with pytest.raises(ParamsError) as refused:
        open_source(source_section(kind="folder", path=sent, mapping="national_exports"))
    assert str(refused.value).endswith(
        "nothing gives ['region']; set source.region to the code of the province, or of the county with a "
        "line of its own (GB/T 2260)"
    )


def test_an_office_elsewhere_brings_its_line(tmp_path):
    sent = write_exports(tmp_path / "sent", 行政村信息=[exports.VILLAGE], 户信息=[exports.wang()])
    head, row = "region_id,effective_from,amount,period,currency,source", "520000,2021-01-01,7500,year,CNY,x"
    (sent / "lines.csv").write_text(f"{head}\n{row}\n", encoding="utf-8")
    source = open_source(
        source_section(kind="folder", path=sent, mapping="national_exports", region="520000")
    )
    vault = VaultPlace(tmp_path / "vault", tmp_path / "keys/vault.key")
    ingest(source, tmp_path / "register", Settings("folder", 0.0, None, vault))
    assert Register(tmp_path / "register").shard("元谋县").line_on(date(2025, 12, 31)).per_year == 7500
    assert not any("not in the mapping" in note and "lines.csv" in note for note in source.notes)
