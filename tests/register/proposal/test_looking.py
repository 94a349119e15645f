"""Every table of a folder is looked at, wherever its header stands; what cannot be read says why."""

from openpyxl import Workbook

from register.proposal.looking import look, n_known
from tests.register.proposal import folders


def test_a_title_above_the_header_is_passed_over(tmp_path):
    folders.titled(tmp_path / "户信息.xlsx", {"户编号": "1", "姓名": "王某"})
    one = folders.only_look(tmp_path)
    assert (one.header, one.columns, one.content.frame.rows()) == (2, ["户编号", "姓名"], [("1", "王某")])


def test_a_title_above_a_csv_too(tmp_path):
    (tmp_path / "a.csv").write_bytes("户信息表\n户编号,姓名\n1,王某\n".encode("gb18030"))
    one = folders.only_look(tmp_path)
    assert (one.header, one.columns) == (2, ["户编号", "姓名"])
    assert one.content.notes == ("编码 / encoding gb18030",)


def test_every_visible_sheet_of_a_workbook_is_a_table(tmp_path):
    book = Workbook()
    book.active.title = "户"
    book.active.append(["户编号"])
    book.active.append(["1"])
    for title, state in (("人", "visible"), ("旧", "hidden"), ("空", "visible")):
        sheet = book.create_sheet(title)
        sheet.sheet_state = state
        if title != "空":
            sheet.append(["人编号"])
            sheet.append(["11"])
    book.save(tmp_path / "a.xlsx")
    looks, remarks = look(tmp_path)
    assert ([(one.sheet, one.columns) for one in looks], remarks) == (
        [("户", ["户编号"]), ("人", ["人编号"])],
        [],
    )


def test_what_cannot_be_read_is_named_and_the_rest_is_read_all_the_same(tmp_path):
    (tmp_path / "old.xls").write_bytes(b"")
    (tmp_path / "cut.dta").write_bytes(b"<stata_dta>")
    (tmp_path / "letter.docx").write_bytes(b"")
    (tmp_path / ".hidden.csv").write_bytes(b"")
    (tmp_path / "lines.csv").write_text("region_id\n", encoding="utf-8")
    (tmp_path / "good.csv").write_text("hhid\n1\n", encoding="utf-8")
    looks, remarks = look(tmp_path)
    assert [one.path for one in looks] == ["good.csv"]
    assert [one.place for one in remarks if one.must_mend] == ["cut.dta", "old.xls"]
    assert [one.place for one in remarks if not one.must_mend] == ["letter.docx"]


def test_a_table_of_unknown_names_is_read_as_it_stands(tmp_path):
    (tmp_path / "a.csv").write_text("q1,q2\n1,2\n3,4\n", encoding="utf-8")
    one = folders.only_look(tmp_path)
    assert (one.header, one.columns, n_known(one.columns)) == (1, ["q1", "q2"], 0)


def test_stata_files_say_what_their_columns_are_about(tmp_path):
    (home, _), _ = look(folders.interviews(tmp_path / "sent"))
    assert home.questions == {"spent": "Total expenditure"}
