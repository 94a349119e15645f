"""The county's own workbook: households at high risk that found no place on the list, in order of risk."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from watchlists import NOTICE_EN, NOTICE_ZH
from watchlists.label_wording import LabelWording
from watchlists.language import Language, in_language
from watchlists.sheets.sheet_drawing import guide_sheet, paged, printed, table_sheet, workbook
from watchlists.sheets.sheet_words import Columns, list_columns
from watchlists.sheets.visit_cells import FREEDOMS
from watchlists.sheets.workbook import BAR, FOOTER, SEVERAL, WHO, together

SHEET = "名单外高风险户"
NUMBER = ("number_here", "序号", "number", 5, "count")
TOWNSHIP = ("township_shown", "乡镇", "township", 9, "text")
#: Of the list's columns, those that say nothing of who is not on it.
OF_LIST = ("rank", "listed_by_shown")
GUIDE = (
    (
        "本表{households}户，风险达到{high_risk:.0%}而走访名额已用完，没有列入名单；按风险从高到低，事实与名单写法相同。",
        (
            "{households} households at a risk of {high_risk:.0%} or more that found no place on the list, "
            "the highest risk first; facts are written as on the list."
        ),
    ),
    (
        "供县里决定是否增加走访名额；走访了的，填在乡镇工作簿的“名单外走访”页；本表不读回。",
        (
            "For the county to decide on more visits; who is visited goes into sheet 名单外走访 of the "
            "township. This one is not read back."
        ),
    ),
    (
        "内容含健康、残疾等敏感信息：仅限工作使用，不得公示或转发。",
        "Holds sensitive data on health and disability: for work only, never to be posted or passed on.",
    ),
)


def write_off_list(
    target: Path,
    rows: Sequence[Mapping[str, Any]],
    title: str,
    high_risk: float,
    wording: LabelWording,
    line: tuple[str, str],
    language: Language,
    *,
    named: bool = False,
) -> None:
    """Write a county's households of high risk that are not on the list.

    Parameters
    ----------
    target : Path
        The .xlsx file.
    rows : sequence of mapping
        From `watchlists.reasons.household_view`, the highest risk first.
    title : str
        County and season, on every printed page.
    high_risk : float
        Risk from which they are named, probability.
    wording, line, language, named
        As `watchlists.sheets.workbook.write_workbook` takes them.
    """
    texts = [
        {**row, **{name: together(row[name]) for name in SEVERAL}, "number_here": number}
        for number, row in enumerate(rows, 1)
    ]
    columns = off_list_columns(wording, named=named)
    fields = [name for name, *_ in columns]
    who, risk = next(place for place, name in enumerate(fields) if name in WHO), fields.index("risk")
    with workbook(target, title) as (book, styles):
        for name, part in paged(SHEET, texts):
            sheet, last = table_sheet(book, styles, name, part, columns, language)
            sheet.freeze_panes(1, who + 1)
            sheet.conditional_format(1, risk, last, risk, {**BAR, "min_value": 0, "max_value": 1})
            sheet.print_area(0, 0, last, fields.index("fits"))
            sheet.protect("", FREEDOMS)
            printed(sheet, title, in_language(FOOTER, language))
        facts = {"households": len(rows), "high_risk": high_risk}
        used = wording.worded(line[0]), wording.worded(line[1])
        words = [(zh.format(**facts), en.format(**facts)) for zh, en in GUIDE]
        titles = ("怎样读这张表", "How to read this sheet")
        guide_sheet(book, styles, titles, (used, (NOTICE_ZH, NOTICE_EN), *words)).protect()


def off_list_columns(wording: LabelWording, *, named: bool = False) -> Columns:
    """Name the columns: those of the list that say something of who is not on it, with the township."""
    columns = [one for one in list_columns(wording, named=named) if one[0] not in OF_LIST]
    village = [field for field, *_ in columns].index("village_shown")
    return (NUMBER, *columns[:village], TOWNSHIP, *columns[village:])
