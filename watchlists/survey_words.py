"""What a survey calls what a register calls otherwise: said for the register's words on every page."""

import re
from collections.abc import Mapping, Sequence

Pairs = Sequence[tuple[str, str]]

#: Register's Chinese and the survey's. An earlier pair goes before a later one.
_ZH: Pairs = (
    ("跌破监测线或新出现三保障、饮水问题", "跌破贫困线"),
    ("收入与经营支出", "收入"),
    ("三保障缺失", "–"),
    ("监测线", "贫困线"),
    ("在线以上且不在监测之中", "在线以上"),
    ("扣除医疗自付后，", ""),
    ("（扣除自付医疗费）", ""),
    ("人均年收入", "每等值人口年收入"),
    ("人均收入", "每等值人口收入"),
    ("每人每年", "每等值人口每年"),
    ("贫困线×人数", "贫困线×等值人口"),
    ("真实登记数据", "真实调查数据"),
    ("（登记数据", "（调查数据"),
    ("行政村", "小区"),
    ("村庄环境", "社区环境"),
    ("同村", "同一小区"),
    ("同乡镇", "同一片区"),
    ("同县", "同一地区"),
    ("全县", "全地区"),
    ("县内", "地区内"),
    ("每个村", "每个小区"),
    ("每个乡镇", "每个片区"),
    ("每个县", "每个地区"),
    ("各乡镇", "各片区"),
    ("各县", "各地区"),
    ("乡镇 ", "片区 "),
    ("县 ", "地区 "),
    ("村 ", "小区 "),
    ("本乡镇", "本片区"),
    ("本县", "本地区"),
    ("本村", "本小区"),
    ("偏远或边境村", "偏远小区"),
    ("所用贫困线：地区", "所用贫困线："),
)
#: The same in English: whole words, no names of columns.
_EN: Pairs = (
    ("falls below the line or newly loses a guarantee", "falls below the line"),
    ("income and business costs", "income"),
    ("a guarantee lost", "–"),
    ("above the line and not under monitoring", "above the line"),
    ("After own medical payment, income is", "Income is"),
    (" after own medical payment", ""),
    ("After own medical payment, income a person", "Income an equivalent"),
    ("a person and year", "an equivalent and year"),
    ("line × persons", "line × equivalents"),
    ("a real register", "a real survey"),
    ("a register", "a survey"),
    ("Line used: region", "Line used:"),
    ("neighbours", "others of the area"),
    ("villages", "areas"),
    ("village", "area"),
    ("townships", "districts"),
    ("township", "district"),
    ("counties", "regions"),
    ("county", "region"),
    ("Counties", "Regions"),
)
#: What resources are called besides income, in both languages.
_RESOURCES: Mapping[str, tuple[Pairs, Pairs]] = {
    "income": ((), ()),
    "consumption": (
        (("收入", "消费"),),
        (("incomes", "consumption"), ("income", "consumption"), ("Income", "Consumption")),
    ),
}


def in_survey_words(text: str, resources: str) -> str:
    """Say a text of a register in the words of a survey.

    Parameters
    ----------
    text : str
        Chinese, English or both, also a page; names of columns (``income_over_line``) stay.
    resources : str
        ``income`` or ``consumption`` (``label.resources``).

    Examples
    --------
    >>> in_survey_words("After own medical payment, income a person is 1% above the line.", "consumption")
    'Consumption an equivalent is 1% above the line.'
    >>> in_survey_words("同村其他户平均收入 income_over_line", "consumption")
    '同一小区其他户平均消费 income_over_line'
    """
    zh, en = _RESOURCES[resources]
    for register, survey in (*_ZH, *zh):
        text = text.replace(register, survey)
    for register, survey in (*_EN, *en):
        text = re.sub(rf"(?<![\w-]){register}(?![\w-])", survey, text)
    return text
