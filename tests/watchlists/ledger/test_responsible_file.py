"""责任人.csv as offices save it, and every way in which it may be wrong."""

import pytest

from pipelines.workspace.error_words import in_language
from register.errors import ParamsError
from watchlists.ledger.responsible_file import ALLOWED, Entry, read_responsible

HEAD = "行政村,村民小组,户编号,责任人,电话"


def read(tmp_path, *lines, encoding="utf-8"):
    path = tmp_path / "责任人.csv"
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return read_responsible(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_is_read_as_spreadsheets_save_it(tmp_path, encoding):
    """A village's cadre, the helper of its third group, and one household's own."""
    lines = [HEAD, "小湾村,,,张三,13900000001", "小湾村,3组,,D-07,", ",,533001,李四,", ",,,,"]
    assert read(tmp_path, *lines, encoding=encoding) == [
        Entry(2, "小湾村", "", "", "张三", "13900000001"),
        Entry(3, "小湾村", "3组", "", "D-07", ""),
        Entry(4, "", "", "533001", "李四", ""),
    ]


def test_columns_stand_in_any_order_and_what_is_not_needed_may_be_left_out(tmp_path):
    assert read(tmp_path, "responsible,village", "张三, 小湾村 ") == [Entry(2, "小湾村", "", "", "张三", "")]


def test_a_file_of_headings_alone_names_nobody(tmp_path):
    assert read(tmp_path, HEAD) == []


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([], f", row 1: needs 责任人, and 行政村 or 户编号; allowed are {ALLOWED}"),
        (["行政村,电话"], f", row 1: needs 责任人, and 行政村 or 户编号; allowed are {ALLOWED}"),
        (["责任人,村民小组"], f", row 1: needs 责任人, and 行政村 or 户编号; allowed are {ALLOWED}"),
        (["行政村,责任人,备注"], f", row 1, column 3: found another heading, allowed are {ALLOWED}"),
        (["行政村,责任人,village"], ", row 1, column 1: stands twice; keep one column of each heading"),
        (["行政村,责任人", "小湾村"], ", row 2: found 1 cells, allowed are 2, one for each heading"),
        (
            [HEAD, "小湾村,,,,13900000001"],
            ", row 2, column 责任人: is empty; write a name or a code, or delete the row",
        ),
        (
            [HEAD, ",,,张三,"],
            ", row 2, column 行政村: is empty; write a village, or a household under 户编号",
        ),
        (
            [HEAD, ",3组,,张三,"],
            ", row 2, column 行政村: is empty beside a group; write the village the group is of",
        ),
        (
            [HEAD, "小湾村,,533001,张三,"],
            ", row 2, column 户编号: stands beside a village; leave 行政村 and 村民小组 empty in this row",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_row_and_column_and_no_name(tmp_path, lines, said):
    with pytest.raises(ParamsError) as refused:
        read(tmp_path, *lines)
    assert str(refused.value) == f"{tmp_path / '责任人.csv'}{said}"
    assert "张三" not in str(refused.value)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ParamsError) as refused:
        read_responsible(tmp_path / "no.csv")
    path = tmp_path / "no.csv"
    assert str(refused.value) == (
        f"{path}: not found; set watchlist.ledger.responsible to a CSV file {ALLOWED}, or to null"
    )


def test_what_is_no_table_is_refused(tmp_path):
    with pytest.raises(ParamsError) as refused:
        read(tmp_path, HEAD, '"小湾村,,,张三,')
    path = tmp_path / "责任人.csv"
    assert str(refused.value) == f"{path}: found no table of commas and lines; save it as CSV UTF-8"


def test_a_cell_holds_no_command_to_a_terminal(tmp_path):
    assert read(tmp_path, "行政村,责任人", "小湾村,\x1b[31m张三")[0].responsible == "[31m张三"


def test_text_in_no_known_encoding_is_refused(tmp_path):
    path = tmp_path / "责任人.csv"
    path.write_bytes(b"\xff\xff\x80")
    with pytest.raises(ParamsError) as refused:
        read_responsible(path)
    assert str(refused.value) == f"{path}: found text in no encoding known here; save it as CSV UTF-8"


def test_a_village_office_reads_the_fault_in_chinese(tmp_path):
    with pytest.raises(ParamsError) as refused:
        read(tmp_path, HEAD, "小湾村,,,,")
    path = tmp_path / "责任人.csv"
    assert (
        in_language(str(refused.value), "zh") == f"{path} 第 2 行责任人列: 空着；请写姓名或代号，或删去这一行"
    )
