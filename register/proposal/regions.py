"""The region whose income line holds, as far as ids tell it, and a line where none is known."""

from collections import Counter
from collections.abc import Sequence

from register.proposal.history import Holdings
from register.proposal.looking import Look
from register.proposal.names import declared, folded
from register.proposal.settings import placeholder_line
from register.reference import income_lines

#: First digits of the ids of households, persons and villages: the province (GB/T 2260).
_PROVINCE = r"^([1-6][1-9])[0-9]{7,}"
TO_FILL_IN = "PLACEHOLDER 请填本地的线及出处 write the line and where it stands"
PLACEHOLDER = (
    "PLACEHOLDER 请换成正式的线：首轮三成人低于此 "
    "put your line here: three in ten people live below it in the first wave"
)
HEADER = "region_id,effective_from,amount,period,currency,status,source"


def region_of(looks: Sequence[Look]) -> str | None:
    """Give the province with which most ids begin; None where no id begins with one."""
    ids = {folded(word) for role in ("household_id", "member_id", "village_id") for word in declared(role)}
    counts: Counter[str] = Counter()
    for one in looks:
        for header in (header for header in one.columns if folded(header) in ids):
            begins = one.content.frame[header].drop_nulls().str.extract(_PROVINCE).drop_nulls()
            counts.update(dict(begins.value_counts().rows()))
    return f"{counts.most_common(1)[0][0]}0000" if counts else None


def lines_text(held: Holdings, months: int | None) -> str | None:
    """Write a ``lines.csv`` for the regions that no line is known for; None where all are.

    Parameters
    ----------
    held : Holdings
    months : int or None
        Months that the amounts of a survey were brought to: then a placeholder can be worked
        out. An office's line is left empty: it must say it.
    """
    known = income_lines()["region_id"].unique().to_list()
    regions = [region for region in held.regions if region not in known]
    days = [day for one in held.tables.values() for day in one.recorded]
    if not regions or not days:
        return None
    amount = placeholder_line(held, months) if months else None
    stated = ("", "CNY", TO_FILL_IN) if amount is None else (f"{amount:.0f}", "XXX", PLACEHOLDER)
    sum_of_year, currency, source = stated
    start = f"{min(days).year}-01-01"
    rows = [f"{region},{start},{sum_of_year},year,{currency},unverified,{source}" for region in regions]
    return "\n".join([HEADER, *rows]) + "\n"
