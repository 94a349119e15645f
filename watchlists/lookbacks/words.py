"""What is said of cells that cannot be taken, in the words of the sheet: Chinese / English."""

from collections.abc import Iterator

import polars as pl

from register.contract import Column
from register.lookback_store import WITHDRAWN
from register.quarantine import Finding
from register.sources.delivery import Sheet
from register.sources.workbook import FORMULA
from register.tables.lookbacks import LOOKBACKS

MISSING = {
    "household_id": (
        "没有户编号，看不出是哪一户 / there is no household id: which household is it",
        "从“名单”页复制该户的户编号 / copy the id of the household from the sheet 名单",
    ),
    "visited_on": (
        "没有走访日期 / the date of the visit is missing",
        "填走访日期，如 2026-01-31 / enter the date of the visit, such as 2026-01-31",
    ),
    "result": (
        "有填写而没有核实结果 / the row is filled in but has no result",
        "请选核实结果：{words} / choose the result",
    ),
}
BAD_DATE = (
    "走访日期读不出 / the date of the visit cannot be read",
    "年月日写全，如 2026-01-31 / write year, month and day, such as 2026-01-31",
)
BAD_WORD = (
    "不是“{zh}”下拉列表中的词 / not a word of the drop-down list of {zh}",
    "只选一个：{words} / choose one of these words",
)
BAD_WORDS = (
    (
        "“{zh}”中有下拉列表以外的词，或多于{most}个 / "
        "a word that the drop-down list of {zh} lacks, or more than {most}"
    ),
    "只写这些词，几个用“、”隔开：{words} / write some of these words, parted by 、",
)
WRITTEN_AS_FORMULA = (
    "单元格是公式 / the cell is a formula",
    "直接填写内容，不用公式 / type what it should say, not a formula",
)
BAD_CELL = (
    "单元格是错误值，或长数字末位已丢失 / an error value, or a long number that lost its last digits",
    "先把该格设为文本，再重新填写 / format the cell as text, then enter it again",
)
SHARED = (
    "名单上有几户同用这个户编号，分不清是哪一户 / several households of the list have this id: which is it",
    "请告诉发放名单的人，由其查明后重新发放 / tell who handed out the list; it has to be made again",
)
BEFORE_LIST = (
    "走访日期早于名单的截止日期 {day} / visited before {day}, the day the list was judged as of",
    "更正走访日期，须在 {day} 或以后 / correct the date of the visit to {day} or later",
)
NOT_YET = (
    "走访日期晚于读回之日 {day} / visited after {day}, when it is read back",
    "更正走访日期，须在 {day} 或以前 / correct the date of the visit to {day} or earlier",
)
#: Written into the note by whoever takes back what was handed in before.
CORRECTION = "更正"
SAY_SO = (
    f"是更正的，在“备注”中写“{CORRECTION}”后再交；两人结果不一的，核实后由一人照此更正 / "
    f"if it is a correction write {CORRECTION} into 备注; if two people found different things, "
    "agree, and let one correct it so"
)
SUPERSEDED = (
    "与已被更正或撤销的旧内容相同 / the same as what has been corrected or withdrawn since",
    SAY_SO,
)
CHANGED = (
    "同一户同一天，此前读回的“{zh}”不同 / one household, one day: {zh} was read back before and was another",
    SAY_SO,
)
OTHER_ROLE = (
    (
        "同一户同一天，此前读回的是“{old}”的走访，这里是“{new}”的 / "
        "one household, one day: read back before from {old}, here from {new}"
    ),
    SAY_SO,
)
AT_ODDS = (
    "同一户同一天结果不一，另见 {places} / one household, one day, told otherwise in {places}",
    "核实后只留一行，其余各行清空浅黄色单元格 / agree on one row, clear the yellow cells of the others",
)


def reason_and_step(template: tuple[str, str], **values: object) -> tuple[str, str]:
    """Put a reason and a next step into words."""
    reason, step = template
    return reason.format(**values), step.format(**values)


def cell_findings(sheet: Sheet, typed: pl.DataFrame) -> Iterator[Finding]:
    """Say what is wrong with cells by themselves.

    Parameters
    ----------
    sheet : Sheet
        Text of the filled rows.
    typed : DataFrame
        The same rows cast; a bad cell is missing.

    Yields
    ------
    Finding
        By column of the contract. A cell may be named twice: the first says more.
    """
    for finding in sheet.findings:
        if finding.reason == FORMULA[0]:
            yield Finding(finding.rows, finding.column, *WRITTEN_AS_FORMULA)
        elif LOOKBACKS.by_name[finding.column].kind == "text":
            yield Finding(finding.rows, finding.column, *BAD_CELL)
    for name in sheet.frame.columns:
        is_filled = sheet.frame[name].is_not_null()
        column = LOOKBACKS.by_name[name]
        if column.required:
            lacking = ~is_filled & ~(typed["result"].eq_missing(WITHDRAWN) & (name == "visited_on"))
            yield Finding(lacking, name, *reason_and_step(MISSING[name], words=_words(column)))
        if column.kind in ("date", "code", "codes"):
            yield Finding(is_filled & typed[name].is_null(), name, *_refused(column))


def _refused(column: Column) -> tuple[str, str]:
    if column.kind == "date":
        return BAD_DATE
    template = BAD_WORDS if column.most else BAD_WORD
    return reason_and_step(template, zh=column.zh, words=_words(column), most=column.most)


def _words(column: Column) -> str:
    return "、".join(column.meanings.values())
