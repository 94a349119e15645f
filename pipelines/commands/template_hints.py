"""What a template says of a column where it is filled in: its note, the prompt of its cells, their rule."""

from typing import Any

from register.contract import Column
from register.dictionary import allowed

#: What Excel shows at most in the prompt of a cell.
MOST_TITLE, MOST_MESSAGE = 32, 255
NUMBERS = ("number", "money", "integer")
FLAGS = ["是", "否"]
FORMATS = {
    "id": "编号，按文本填写 id, as text",
    "text": "文本 text",
    "date": "日期，如 2025-01-31 a date such as 2025-01-31",
    "flag": "填 是 或 否 是 is yes, 否 is no",
    "number": "数字 a number",
    "integer": "整数 a whole number",
    "money": "金额，只填数字 an amount, digits only",
}
_WRONG = {
    "error_title": "不在允许范围 not allowed",
    "error_message": "见说明.xlsx。See the guide 说明.xlsx.",
}
#: Several words are typed, which a list to choose from takes after a warning.
_SEVERAL = {
    "error_type": "warning",
    "error_title": "可填几个 several words",
    "error_message": "列表中的词可填几个，用“、”隔开。Several listed words: part them by 、.",
}


def note(column: Column) -> str:
    """Say all about a column, for the note of its header."""
    needed = "必填 required" if column.required else "可空 may be empty"
    lines = (f"{column.zh} {column.en}", needed, format_of(column), column.description)
    return "\n".join(line for line in lines if line)


def format_of(column: Column) -> str:
    """Say what a cell of a column may hold: its format, unit and bounds, or the words to choose from.

    Examples
    --------
    >>> from register.tables import TABLES
    >>> format_of(TABLES["households"].by_name["road_distance_km"])
    '数字 a number；单位 unit km；0 … 100'
    """
    if column.meanings:
        how = f"至多{column.most}个，用、隔开 up to {column.most}" if column.most else "选一个 choose"
        return f"{how}: " + "、".join(column.meanings.values())
    unit = f"单位 unit {column.unit}" if column.unit else ""
    return "；".join(part for part in (FORMATS[column.kind], unit, allowed(column)) if part)


def rule(column: Column) -> dict[str, Any]:
    """Give what a cell may hold, and what a person reads on entering it."""
    title = f"{column.zh}{'（必填）' if column.required else ''}"[:MOST_TITLE]
    message = f"{format_of(column)}。{column.description or column.en}"
    prompt = {"input_title": title, "input_message": _clipped(message)}
    if column.meanings or column.kind == "flag":
        wrong = _SEVERAL if column.most else _WRONG
        return {"validate": "list", "source": list(column.meanings.values()) or FLAGS, **prompt, **wrong}
    if column.kind in NUMBERS and (column.low is not None or column.high is not None):
        whole = "integer" if column.kind == "integer" else "decimal"
        return {"validate": whole, **_bounds(column), **prompt, **_WRONG}
    return {"validate": "any", **prompt}


def _bounds(column: Column) -> dict[str, Any]:
    if column.high is None:
        return {"criteria": ">=", "value": column.low}
    if column.low is None:
        return {"criteria": "<=", "value": column.high}
    return {"criteria": "between", "minimum": column.low, "maximum": column.high}


def _clipped(text: str) -> str:
    return text if len(text) <= MOST_MESSAGE else f"{text[: MOST_MESSAGE - 1]}…"
