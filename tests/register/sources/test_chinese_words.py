"""Chinese headers and words are those of the contract, whatever their width, and never two things at once."""

import polars as pl
import pytest

from register.errors import ContractError
from register.sources.chinese_words import folded, in_register_words
from register.sources.delivery import Sheet
from register.sources.folder import FolderSource
from register.tables import TABLES
from tests.households import household, village_tables, write_folder
from tests.register.exports import workbook

WIDE = {code: chr(code + 0xFEE0) for code in range(0x21, 0x7F)}
WAYS = (
    lambda column: column.name,
    lambda column: column.zh,
    lambda column: f"{column.zh} {column.name}",
    lambda column: f"{column.zh}\n{column.name}",
    lambda column: f"\u3000{column.zh}\u200b ",
    lambda column: column.zh.translate(WIDE),
)


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_a_chinese_name_or_word_means_one_thing_in_its_table(table):
    words = [folded(word) for column in table.columns for word in (column.name, column.zh)]
    assert len(set(words)) == len(words)
    assert not [word for word in words if len(word.split()) > 1]
    for column in table.columns:
        meanings = [folded(zh) for zh in column.meanings.values()]
        assert len({*meanings, *column.codes}) == 2 * len(meanings)


@pytest.mark.parametrize("first", range(len(WAYS)))
@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_every_way_to_write_a_header_gives_the_register_s_column_in_any_order(table, first):
    columns = list(reversed(table.columns))
    headers = [WAYS[(first + place) % len(WAYS)](column) for place, column in enumerate(columns)]
    sheet = Sheet.of(pl.DataFrame([["1"] * len(headers)], schema=headers, orient="row"))
    assert in_register_words("a.csv", sheet, table).frame.columns == [column.name for column in columns]


@pytest.fixture
def folder(tmp_path):
    """The Chen family of one lives on 300 a month."""
    return write_folder(tmp_path / "sent", village_tables(household("chen", income=300)))


def income(folder):
    return {raw.name: raw for raw in FolderSource(folder).tables("C1")}["income"]


def refused(folder, text):
    path = folder / "C1/income.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContractError) as refusal:
        income(folder)
    return str(refusal.value).removeprefix(str(path))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_csv_of_chinese_headers_and_words_is_read_as_the_register_s_own(folder, encoding):
    text = "户编号,人编号,发生日期,来源,金额 ,录入日期\nchen,,2024-01-31,务工收入,300,2024-02-02\n"
    word = TABLES["income"].by_name["source"].meanings["wage"]
    (folder / "C1/income.csv").write_bytes(text.replace("务工收入", word).encode(encoding))
    assert income(folder).frame.to_dicts() == [
        {
            "household_id": "chen",
            "member_id": None,
            "occurred_on": "2024-01-31",
            "source": "wage",
            "amount": "300",
            "recorded_on": "2024-02-02",
        }
    ]


def test_several_words_of_a_cell_become_their_codes_and_an_unknown_one_stays(folder):
    frame = pl.DataFrame(
        {"核实的原因": ["因病、因残", "因病;懒", None], "result": ["风险属实", "confirmed", "撤销"]}
    )
    read = in_register_words(folder / "lookbacks.csv", Sheet.of(frame), TABLES["lookbacks"]).frame
    assert read["causes_found"].to_list() == ["illness;disability", "illness;懒", None]
    assert read["result"].to_list() == ["confirmed", "confirmed", "withdrawn"]


def test_what_is_known_of_cells_follows_their_column(folder):
    """The amount was calculated in the workbook."""
    (folder / "C1/income.csv").unlink()
    row = {
        "户编号": "chen",
        "发生日期": "2024-01-31",
        "来源": "wage",
        "金额": "=1+1",
        "录入日期": "2024-02-02",
    }
    workbook(folder / "C1/income.xlsx", [row])
    raw = income(folder)
    assert [one.column for one in raw.findings] == ["amount"]
    assert (
        raw.kinds.columns
        == raw.frame.columns
        == [
            "household_id",
            "occurred_on",
            "source",
            "amount",
            "recorded_on",
        ]
    )


def test_a_column_that_comes_twice_under_two_names_is_refused(folder):
    assert refused(folder, "户编号,发生日期,household_id,来源,金额,录入日期\n1,2,3,4,5,6\n") == (
        ": columns 1 and 3 are both household_id (户编号); keep one of them and remove the other"
    )


def test_a_header_that_names_two_columns_is_refused(folder):
    assert refused(folder, "户编号 member_id,发生日期,来源,金额,录入日期\n1,2,4,5,6\n") == (
        ": column 1 bears two names, household_id (户编号) and member_id (人编号); leave it one of them"
    )


def test_a_chinese_header_that_no_column_has_is_refused_by_its_own_name(folder):
    assert refused(folder, "户编号,发生日期,来源,数额,录入日期\n1,2,4,5,6\n").startswith(
        ": missing columns ['amount'], unknown columns ['数额']; allowed are ['household_id', "
    )
