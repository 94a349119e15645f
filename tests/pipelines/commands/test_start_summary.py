"""What is said of a folder is Chinese and English, each fault once with the places it holds for."""

from datetime import date

from pipelines.commands.start_summary import summary
from register.proposal.looking import Remark
from register.proposal.proposal import Proposal, propose
from tests.register.proposal import folders

TODAY = date(2026, 11, 29)


def test_an_office_reads_of_its_files_tables_history_and_costs(tmp_path):
    said = "\n".join(summary(propose(folders.careless_office(tmp_path / "sent"), TODAY)))
    for line in (
        "文件夹里的表 tables in the folder: 11",
        "；表头在第 2 行 header in row 2",
        "；编码 / encoding gb18030",
        "读进来的表 tables as read: 1 县 counties, 1 户 households",
        "历史 history: 2024Q4 – 2025Q4，5 个季度 seasons",
        "没有的表，各看不到什么 tables that are not there",
        "列映射 mapping: 另写一份",
        "--set source.region=530000",
    ):
        assert line in said


def test_a_survey_without_a_line_is_told_to_bring_one(tmp_path):
    said = "\n".join(summary(propose(folders.waves(tmp_path / "panel"), TODAY)))
    assert "收入线 line: 本地区没有已知的线" in said
    assert "没有结构问题。No structural fault." in said


def test_the_same_fault_of_many_files_is_said_once():
    remarks = [Remark(f"{number}.xls", "读不了", "cannot be read") for number in range(5)]
    said = [*summary(Proposal([], remarks, None, None, None, [], None))]
    assert "须先改 to be mended first: 5" in said
    assert "  0.xls、1.xls、2.xls (+2)" in said
    assert said.count("      cannot be read") == 1
    assert "改好以后再运行 huitou start。Mend it, then run huitou start again." in said
