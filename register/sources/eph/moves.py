"""Where the head came from, and what changed since the household's previous interview."""

import polars as pl

from register.sources.eph.home import TENURE
from register.sources.eph.interviews import Interviews
from register.sources.eph.people import named

HEAD = 1
#: Kind -> column and codes of the head: born (CH15), lived five years ago (CH16).
ORIGIN = {
    "from_elsewhere": ("CH15", [2, 3]),
    "from_abroad": ("CH15", [4, 5]),
    "recent_arrival": ("CH16", [2, 3, 4, 5]),
}


def relocation(interviews: Interviews) -> pl.DataFrame:
    """Give origins of the head, and changes of members and tenure, dated at the interview."""
    head = interviews.persons.filter(pl.col("CH03") == HEAD)
    events = [
        _event(head.filter(pl.col(column).is_in(codes)), kind) for kind, (column, codes) in ORIGIN.items()
    ]
    changes = _compared(interviews)
    events += [
        _event(changes.filter(pl.col(kind)), kind)
        for kind in ("member_joined", "member_left", "tenure_change")
    ]
    return pl.concat(events).unique(["household_id", "occurred_on", "kind"], maintain_order=True)


def _compared(interviews: Interviews) -> pl.DataFrame:
    lived = interviews.persons.group_by("household_id", "as_of").agg(pl.col("COMPONENTE").sort().alias("now"))
    states = (
        interviews.households.select("household_id", "as_of", named("II7", TENURE, "tenure"))
        .join(lived, on=["household_id", "as_of"], how="left")
        .sort("household_id", "as_of")
    )
    before = states.with_columns(pl.col("now", "tenure").shift(1).over("household_id").name.suffix("_before"))
    return before.with_columns(
        (pl.col("now").list.set_difference("now_before").list.len() > 0).alias("member_joined"),
        (pl.col("now_before").list.set_difference("now").list.len() > 0).alias("member_left"),
        (pl.col("tenure") != pl.col("tenure_before")).alias("tenure_change"),
    )


def _event(rows: pl.DataFrame, kind: str) -> pl.DataFrame:
    return rows.select(
        "household_id",
        pl.col("as_of").alias("occurred_on"),
        pl.lit(kind).alias("kind"),
        pl.col("as_of").alias("recorded_on"),
    )
