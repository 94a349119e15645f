"""The words of a workbook: columns as (field, Chinese, English, width, style), results, guide.

Braces take the words of the outcome (`list_columns`, `guide`).
"""

from watchlists.label_wording import ORDER, UNDER_HELP, LabelWording

Columns = tuple[tuple[str, str, str, int, str], ...]

#: One order for sheet, card and phone: who, where, why now, how it stands, what to check, help.
LIST_COLUMNS: Columns = (
    ("rank", "走访顺序", "visit order", 6, "count"),
    ("household_id", "户编号", "household id", 14, "text"),
    ("village_shown", "行政村", "village", 8, "text"),
    ("type_shown", "户类型", "kind", 10, "text"),
    ("risk", "{risk_zh}", "{risk} in {months} months", 8, "share"),
    ("listed_by_shown", "入列方式", "listed by", 7, "text"),
    ("now", "为什么现在去", "why now", 18, "text"),
    ("standing", "薄弱在哪里", "what makes it vulnerable", 25, "text"),
    ("check", "核查要点", "what to check", 26, "text"),
    ("help", "在享帮扶", "help in force", 11, "text"),
    ("fits", "可考虑的帮扶", "help that could fit", 10, "text"),
)
#: What a named copy shows in place of the id, which goes last.
HEAD = ("head", "户主", "head", 8, "text")
REACHED: Columns = (
    ("address", "住址", "address", 9, "text"),
    ("phone", "电话", "phone", 13, "text"),
)
NUMBER = ("number", "系统户编号", "own number, as delivered", 20, "text")
LIST_SHEET, GUIDE_SHEET, LOOKBACK_SHEET = "名单", "说明", "回头看"
OFF_LIST_SHEET = "名单外走访"
#: Beside it stands which list the workbook is of; read back with the visits.
MARK = "名单编号，请勿改动 list id, do not change"
#: Every row of the look-back says its list too: sheets are deleted, and rows copied into other workbooks.
LIST_MARK = "名单编号"
LOOKBACK_COLUMNS: Columns = (
    ("rank", "走访顺序", "visit order", 6, "count"),
    ("household_id", "户编号", "household id", 16, "text"),
    ("village_shown", "行政村", "village", 11, "text"),
    ("listed_by_shown", "入列方式", "listed by", 9, "text"),
    ("visited_on", "走访日期", "visited on", 12, "open_date"),
    ("role", "走访人身份", "who visited", 13, "open"),
    ("result", "核实结果", "result", 12, "open"),
    ("causes_found", "核实的原因", "causes found", 13, "open"),
    ("measures_begun", "开始的措施", "measures begun", 14, "open"),
    ("contact", "核实方式", "how verified", 9, "open"),
    ("note", "备注", "note", 18, "open"),
    ("list_mark", LIST_MARK, "list id", 24, "text"),
)
#: What stands beside the yellow cells of a returned row, and names that row when it comes back.
RETURNED_WORDS: Columns = (
    ("returned_reason", "退回原因", "why it is returned", 30, "text"),
    ("returned_step", "怎样更正", "what to do", 30, "text"),
)
TICKET = ("ticket", "退回编号", "number of the returned row", 15, "text")
#: Of a sheet of visits, tells that they are off the list: no other has this heading.
HOUSEHOLDER = "户主姓名"
#: Who was visited, for whom no row is prepared, then the same cells of a visit.
OFF_LIST_COLUMNS: Columns = (
    ("number", "序号", "number", 5, "count"),
    ("household_id", "户编号", "household id or own number", 16, "open"),
    ("head", HOUSEHOLDER, "householder's name", 9, "open"),
    ("village", "所在村", "village", 10, "open"),
    *(column for column in LOOKBACK_COLUMNS if column[-1] in ("open", "open_date")),
)
#: How many are duties, and why they stand where they stand.
DUTIES = (
    "本名单{listed}户，其中必访{duties}户：必访户触发了部门规则，不论风险高低都排在最前；其余按风险从高到低，风险相同按户编号。",
    (
        "{listed} households, {duties} of them must be visited: a department's rule speaks for them, so they "
        "stand first however low their risk; the others follow by risk, ties by household id."
    ),
)
_BY_ORDER = (
    "名单在走访能力之内：先列必访户（触发部门规则），再按公布的排序；同位按户编号。",
    "The list keeps to the visits available: must-visit first, then the published order; ties by id.",
)
#: So many of the first sentences of the guide speak of a risk.
OF_RISK = 3
GUIDE = (
    DUTIES,
    (
        "{risk_zh}：{under_help}今后{months}个月内{back_zh}的概率，按往年结果校准，是估计，不是结论。",
        "Risk: the probability, {under_help_en}, of {gerund} in {months} months, calibrated: an estimate.",
    ),
    (
        "“为什么现在去”写的是登记在册的事：谁、什么事、多少钱、哪个月；属不属实、是不是原因，要入户核实。",
        "'Why now' says what is on record: who, what, how much, when; whether it is so, a visit must tell.",
    ),
    (
        "“核查要点”是到户要问、要看的；按实际增减。",
        "'What to check' is what to ask and see there; add what else is needed.",
    ),
    (
        "“回头看”表：走访后在浅黄色单元格填写日期、身份、结果、原因、措施、核实方式、备注；其他单元格受保护（无密码）。",
        "Sheet 回头看: fill in the yellow cells after a visit; the others are protected (no password).",
    ),
    (
        (
            "原因（至多五个，主要的写在最前）和措施可写几个，用“、”隔开，如 因病、因残。"
            "不在家的户可电话核实：核实方式选“电话核实”。"
        ),
        (
            "Causes (up to five, the main one first) and measures may be several, parted by 、. "
            "Who is away may be asked by phone: choose 电话核实."
        ),
    ),
    (
        "没有走访的户留空。可以筛选、改文件名、用Excel、WPS或LibreOffice另存；排序前先撤销保护。填好后交回，由分析人员读回。",
        "Leave others empty. Filter, rename, save with any program; unprotect to sort. Hand it back.",
    ),
    (
        (
            "填了任何一格，就要有走访日期和核实结果。写错了就更正（日期、户写错了也一样），备注写“更正”，"
            "再交一次；整次走访不算的，核实结果选“撤销”。各个版本都保留。"
        ),
        (
            "A visit needs date and result. To correct any of it, day and household too: 更正 in the note, "
            "hand in again. To withdraw a visit: 撤销 as its result. All versions are kept."
        ),
    ),
    (
        "不在名单上的户同样可以申报、走访和帮扶；走访了的填入“名单外走访”表：户编号（或系统户编号），没有的写户主姓名和所在村。",
        "Others may be visited and helped all the same: enter them in 名单外走访, by id or name and village.",
    ),
    (
        "内容含健康、残疾等敏感信息：仅限工作使用，不得公示或转发。",
        "Holds sensitive data on health and disability: for work only, never to be posted or passed on.",
    ),
)


def list_columns(wording: LabelWording, *, named: bool = False) -> Columns:
    """Name the columns of the list for an outcome; a named copy says who and where, and the id last."""
    columns = tuple(
        (field, _named(zh, wording), _named(en, wording), width, style)
        for field, zh, en, width, style in LIST_COLUMNS
    )
    return with_names(columns) if named else columns


def lookback_columns(*, named: bool = False) -> Columns:
    """Name the columns of the look-back."""
    return with_names(LOOKBACK_COLUMNS) if named else LOOKBACK_COLUMNS


def returned_columns(*, named: bool = False) -> Columns:
    """Name the columns of a sheet of returned rows: those of the look-back, and why a row is on it."""
    columns = lookback_columns(named=named)
    place = [field for field, *_ in columns].index("visited_on")
    return (*columns[:place], *RETURNED_WORDS, *columns[place:], TICKET)


def with_names(columns: Columns) -> Columns:
    """Put the head of household where the id stood, where to reach them behind the village, the ids last."""
    place = [field for field, *_ in columns].index("household_id")
    before, (household_id, village), after = columns[:place], columns[place : place + 2], columns[place + 2 :]
    return (*before, HEAD, village, *REACHED, *after, NUMBER, household_id)


def guide(
    wording: LabelWording, listed: int, duties: int, *, ordered: bool = False
) -> tuple[tuple[str, str], ...]:
    """Say how to read the list, for an outcome; `ordered` where a published order lists."""
    words = tuple(
        (_named(zh, wording, listed, duties), _named(en, wording, listed, duties)) for zh, en in GUIDE
    )
    return (_BY_ORDER, ORDER, *words[OF_RISK - 1 :]) if ordered else words


def _named(words: str, wording: LabelWording, listed: int = 0, duties: int = 0) -> str:
    zh, en = UNDER_HELP
    facts = {"listed": listed, "duties": duties, "under_help": zh, "under_help_en": en}
    return wording.worded(words.format(**vars(wording.of), months=wording.months, **facts))
