"""What a reading changed about visits that were read back before: taken, yet a person should look at it."""

from collections.abc import Iterator

import polars as pl

from register.lookback_store import holding
from register.quarantine import Finding, reasons_of
from watchlists.lookbacks.replacements import MOVED_DAY, MOVED_HOUSEHOLD
from watchlists.lookbacks.versions import BEFORE, CORRECTABLE, LISTED, ROW, VISIT, beside_stored

CORRECTS = (
    "更正了此前读回的内容 / corrects what was read back before",
    "原来的内容也保留；是更正或补充的不必处理 / the earlier version stays; nothing to do if it was meant so",
)
WITHOUT_RISK = (
    "核实结果是没有风险或没见到人，却写了原因 / no risk or nobody met, and yet a cause is written",
    "核对；写错的，更正后备注写“更正”再交 / check it; if it is wrong, correct it with 更正 in the note",
)
#: Results beside which a cause makes no sense.
RISKLESS = ("not_confirmed", "not_at_home")
OTHER_DAY = (
    "该户另有一天的走访，本表没有，两次都保留 / a visit of another day is not in this sheet, both are kept",
    (
        "走访两次的不必处理；若是更正日期，在“备注”写“更正”再交，那次就撤销 / nothing to do if there "
        "were two visits; if the date was corrected write 更正 into 备注 and hand it in again"
    ),
)
CLEARED = (
    "该户另有走访，本表为空，那次保留 / there is a visit to this household, here its row is empty: it stays",
    (
        "别人走访的不必处理；若是填错了户，在这一行的“核实结果”选“撤销”再交 / nothing to do if somebody else "
        "visited; if it was the wrong household choose 撤销 as the result of this row and hand it in again"
    ),
)


def remarks_of(
    accepted: pl.DataFrame,
    sound: pl.DataFrame,
    blank: pl.DataFrame,
    stored: pl.DataFrame,
    withdrawn: pl.DataFrame,
) -> pl.DataFrame:
    """Hold a reading against what is stored.

    Parameters
    ----------
    accepted : DataFrame
        New visits and versions: `VISIT`, `CORRECTABLE`, ``list_id``, ``file``, ``row``.
    sound : DataFrame
        Every visit of this reading that has no fault, known ones included: `VISIT`, ``file``.
    blank : DataFrame
        Rows that are not filled in: `LISTED`, ``file``, ``row``.
    stored : DataFrame
        What earlier readings left.
    withdrawn : DataFrame
        Visits that this reading takes back: `VISIT`.

    Returns
    -------
    DataFrame
        `register.quarantine.REASONS`.
    """
    known = pl.concat([one.select(*LISTED, "visited_on") for one in (holding(stored), accepted)]).unique()
    visits = known.join(withdrawn, on=VISIT, how="anti")
    before = beside_stored(accepted, stored)
    other_day = Finding(_leaves_out(accepted, visits, sound), "visited_on", *OTHER_DAY)
    cleared = Finding(_leaves_out(blank, visits, sound), "result", *CLEARED)
    return pl.concat(
        [
            reasons_of(before, _corrections(before)),
            reasons_of(accepted, [other_day, _riskless(accepted)]),
            reasons_of(blank, [cleared]),
        ]
    ).sort(ROW, maintain_order=True)


def _leaves_out(rows: pl.DataFrame, visits: pl.DataFrame, sound: pl.DataFrame) -> pl.Series:
    """Mark the rows whose household was visited on a day that their file does not tell of."""
    known = rows.select(*ROW, *LISTED).join(visits, on=LISTED)
    unsaid = known.join(sound, on=["file", *VISIT], how="anti").select(ROW).unique()
    marked = rows.join(unsaid.with_columns(unsaid=True), on=ROW, how="left", maintain_order="left")
    return marked["unsaid"].fill_null(value=False)


def _riskless(accepted: pl.DataFrame) -> Finding:
    both = accepted["result"].is_in(RISKLESS) & accepted["causes_found"].is_not_null()
    return Finding(both.fill_null(value=False), "causes_found", *WITHOUT_RISK)


def corrected(remarks: pl.DataFrame) -> pl.DataFrame:
    """Give file and row of the rows that replace what was read back before."""
    reasons = [CORRECTS[0], MOVED_DAY[0], MOVED_HOUSEHOLD[0]]
    return remarks.filter(pl.col("reason").is_in(reasons)).select(ROW).unique()


def _corrections(before: pl.DataFrame) -> Iterator[Finding]:
    """Name every cell that says something else than the version that held."""
    for name in CORRECTABLE:
        changed = before[name].ne_missing(before[f"{name}{BEFORE}"])
        # No version is without a result: without one before, there was no visit before.
        yield Finding(before[f"result{BEFORE}"].is_not_null() & changed, name, *CORRECTS)
