"""The words of a workbook: columns as (field, Chinese, English, width, style), results, guide.

Braces take the words of the outcome (`list_columns`, `guide`).
"""

from watchlists.label_wording import ORDER, UNDER_HELP, LabelWording

#: The last column is for the screen: printed, it would make the others too small to read.
LIST_COLUMNS = (
    ("rank", "走访顺序", "visit order", 8, "count"),
    ("household_id", "户编号", "household id", 17, "text"),
    ("village_id", "行政村", "village", 13, "text"),
    ("risk", "{risk_zh}", "{risk} in {months} months", 11, "share"),
    ("chance_listed", "入列把握", "chance listed", 9, "share"),
    ("listed_by_shown", "入列方式", "listed by", 11, "text"),
    ("rules_shown", "触发的必访规则", "must-visit rules", 16, "text"),
    ("main_cause_shown", "近一年的主要原因（模型归因）", "main cause of the year (attributed)", 16, "text"),
    ("vulnerability_shown", "长期处境（模型归因）", "long-standing (attributed)", 13, "text"),
    ("change_shown", "与上季相比", "since last season", 10, "text"),
    ("measures_shown", "可考虑的帮扶", "measures to consider", 18, "text"),
    ("reasons_zh", "走访理由", "reasons (Chinese)", 54, "text"),
    ("reasons_en", "走访理由（英文）", "reasons (English)", 100, "text"),
)
#: What a named copy shows besides, after the id.
NAME_COLUMNS = (
    ("number", "系统户编号", "own number, as delivered", 20, "text"),
    ("head", "户主", "head of household", 10, "text"),
    ("phone", "电话", "phone", 14, "text"),
    ("address", "住址", "address", 22, "text"),
)
LIST_SHEET, GUIDE_SHEET, LOOKBACK_SHEET = "名单", "说明", "回头看"
#: Beside it stands which list the workbook is of; read back with the visits.
MARK = "名单编号，请勿改动 list id, do not change"
LOOKBACK_COLUMNS = (
    ("rank", "走访顺序", "visit order", 8, "count"),
    ("household_id", "户编号", "household id", 20, "text"),
    ("village_id", "行政村", "village", 13, "text"),
    ("listed_by_shown", "入列方式", "listed by", 11, "text"),
    ("visited_on", "走访日期", "visited on", 12, "open_date"),
    ("role", "走访人身份", "who visited", 18, "open"),
    ("result", "核实结果", "result", 12, "open"),
    ("cause_found", "核实的原因", "cause found", 16, "open"),
    ("measure_begun", "开始的措施", "measure begun", 18, "open"),
    ("note", "备注", "note", 34, "open"),
)
_BY_ORDER = (
    "名单在走访能力之内：先列必访户（触发部门规则），再按公布的排序；同位按户编号。",
    "The list keeps to the visits available: must-visit first, then the published order; ties by id.",
)
#: So many of the first sentences of the guide speak of a risk.
OF_RISK = 4
GUIDE = (
    (
        "名单在走访能力之内：先列必访户（触发部门规则），再按风险从高到低；风险相同按户编号。",
        "The list keeps to the visits available: must-visit first, then by risk; ties by household id.",
    ),
    (
        "{risk_zh}：模型估计的{under_help}今后{months}个月内{back_zh}的概率，已用过去的季度校准。",
        "Risk: the model's probability, {under_help_en}, of {gerund} in {months} months, calibrated.",
    ),
    (
        "只有近一年登记了事件、且模型将风险上升归因于它的，才列为原因；长期处境另列。这是模型的归因，不等于真实原因，须入户核实。",
        "A cause is named if the year shows an event and the model attributes a rise to it; check it.",
    ),
    (
        "入列把握：按模型自身的不确定性，该户仍会入列的可能性；接近50%的户与未入列的户差别很小。",
        "Chance listed: under the model's own uncertainty. Near 50 % it hardly differs from one left out.",
    ),
    (
        "“回头看”表：走访后在浅黄色单元格填写日期、身份、结果、原因、措施、备注；其他单元格受保护（无密码）。",
        "Sheet 回头看: fill in the yellow cells after a visit; the others are protected (no password).",
    ),
    (
        "没有走访的户留空。可以筛选、改文件名、用Excel、WPS或LibreOffice另存；排序前先撤销保护。填好后交回，由分析人员读回。",
        "Leave others empty. Filter, rename, save with any program; unprotect to sort. Hand it back.",
    ),
    (
        "填了任何一格，就要有走访日期和核实结果。写错了就在同一格更正，备注写“更正”，再交一次：两个版本都保留。",
        "A visit needs date and result. To correct: same cell, 更正 in the note, hand in; both are kept.",
    ),
    (
        "不在名单上的户同样可以申报、走访和帮扶。",
        "Households that are not listed may be visited and helped all the same.",
    ),
    (
        "内容含健康、残疾等敏感信息：仅限工作使用，不得公示或转发。",
        "Holds sensitive data on health and disability: for work only, never to be posted or passed on.",
    ),
)


def list_columns(wording: LabelWording) -> tuple[tuple[str, str, str, int, str], ...]:
    """Name the columns of the list for an outcome."""
    return tuple(
        (field, _named(zh, wording), _named(en, wording), width, style)
        for field, zh, en, width, style in LIST_COLUMNS
    )


def guide(wording: LabelWording, *, ordered: bool = False) -> tuple[tuple[str, str], ...]:
    """Say how to read the list, for an outcome; `ordered` where a published order lists."""
    words = tuple((_named(zh, wording), _named(en, wording)) for zh, en in GUIDE)
    return (_BY_ORDER, ORDER, *words[OF_RISK:]) if ordered else words


def _named(words: str, wording: LabelWording) -> str:
    zh, en = UNDER_HELP
    words = words.format(**vars(wording.of), months=wording.months, under_help=zh, under_help_en=en)
    return wording.worded(words)
