"""The forms of the month: columns of the tables for the county, of the meeting's sheet and of the notice."""

from pathlib import Path
from typing import Literal

from register.parameters import parameter
from register.reference.cited import FOLDER, Named, entries

#: 排查情况统计表, 排查情况明细表, 民主评议表, 公示.
Form = Literal["statistics", "detail", "meeting", "notice"]


class FormColumn(Named):
    """A column of a form, in the order of the file."""

    form: Form = parameter("the form it belongs to")
    kind: Literal["text", "count", "open"] = parameter("text, a count, or left to be written in by hand")
    width: int = parameter("on the sheet", unit="characters", ge=3)


def form_columns(form: Form, path: Path = FOLDER / "monthly_forms.yaml") -> tuple[FormColumn, ...]:
    """Load the columns of a form, from left to right.

    Raises
    ------
    ParamsError
        When an entry lacks a date, a source or a form.

    Examples
    --------
    >>> [one.zh for one in form_columns("notice")][:3]
    ['序号', '户主', '村民小组']
    """
    return tuple(one for one in entries(path, FormColumn) if one.form == form)
