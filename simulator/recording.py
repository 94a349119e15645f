"""How records come to be known: late, corrected, and as text with dirty cells."""

import numpy as np
import polars as pl

from register.contract import Table
from simulator.settings import SimulatorParameters
from simulator.timeline import Days, Floats, Timeline


def recorded(
    events: Days, late: Floats, settings: SimulatorParameters, timeline: Timeline, rng: np.random.Generator
) -> Days:
    """Draw when each event is entered; what precedes the register with its opening.

    `late` is each row's share of late records over the usual share.
    """
    n = len(events)
    month = events.astype("datetime64[M]")
    left = ((month + 1).astype("datetime64[D]") - events).astype(np.int64)
    same = events + np.floor(rng.random(n) * left).astype("timedelta64[D]")
    later = np.searchsorted([0.7, 0.92], rng.random(n)) + 1
    quarter = (month + later).astype("datetime64[D]") + rng.integers(0, 28, n).astype("timedelta64[D]")
    # The autumn round (October to December) back-fills what was left out.
    after = month + 4
    years = after.astype("datetime64[Y]") + (after.astype(np.int64) % 12 > 10)
    autumn = np.maximum(after, years.astype("datetime64[M]") + 9 + rng.integers(0, 3, n)).astype(
        "datetime64[D]"
    )
    autumn = autumn + rng.integers(0, 28, n).astype("timedelta64[D]")
    luck = 1 - (1 - rng.random(n)) / late
    entered = np.where(
        luck < settings.same_month_share,
        same,
        np.where(luck < settings.within_quarter_share, quarter, autumn),
    )
    opening = timeline.opening + rng.integers(0, 28, n).astype("timedelta64[D]")
    return np.asarray(np.where(events < timeline.opening, opening, entered))


def record(
    frame: pl.DataFrame,
    event: str,
    late: Floats,
    settings: SimulatorParameters,
    timeline: Timeline,
    rng: np.random.Generator,
) -> pl.DataFrame:
    """Add ``recorded_on``; records that are not in by the end of the register are left out."""
    days = frame[event].to_numpy().astype("datetime64[D]")
    entered = pl.Series("recorded_on", recorded(days, late, settings, timeline, rng), dtype=pl.Date)
    end = timeline.end.item()
    return frame.with_columns(entered).filter(pl.col("recorded_on") <= end, pl.col(event) <= end)


def record_spells(
    frame: pl.DataFrame,
    begins: str,
    ends: str,
    late: Floats,
    settings: SimulatorParameters,
    timeline: Timeline,
    rng: np.random.Generator,
) -> pl.DataFrame:
    """Record each spell open as it begins, and again as a new version when it has ended."""
    ended = frame[ends].is_not_null()
    entered = recorded(frame[begins].to_numpy().astype("datetime64[D]"), late, settings, timeline, rng)
    opened = frame.with_columns(
        pl.lit(None, dtype=pl.Date).alias(ends), pl.Series("recorded_on", entered, dtype=pl.Date)
    )
    last = frame.filter(ended)[ends].to_numpy().astype("datetime64[D]")
    # An end is entered after its beginning, or the older version would win.
    later = np.maximum(
        recorded(last, late[ended.to_numpy()], settings, timeline, rng),
        entered[ended.to_numpy()] + np.timedelta64(1, "D"),
    )
    closed = frame.filter(ended).with_columns(pl.Series("recorded_on", later, dtype=pl.Date))
    return pl.concat([opened, closed]).filter(
        pl.col("recorded_on") <= timeline.end.item(), pl.col(begins) <= timeline.end.item()
    )


def with_corrections(
    frame: pl.DataFrame,
    column: str,
    settings: SimulatorParameters,
    timeline: Timeline,
    rng: np.random.Generator,
) -> pl.DataFrame:
    """Enter some amounts wrongly at first and correct them by a later version of the row."""
    wrong = pl.Series(rng.random(len(frame)) < settings.correction_share)
    later = pl.Series(rng.integers(20, 120, len(frame)))
    factor = pl.Series(rng.choice([0.5, 0.8, 1.1, 1.3, 2.0], len(frame)))
    marked = frame.with_columns(wrong.alias("_wrong"), later.alias("_later"), factor.alias("_factor"))
    corrections = marked.filter("_wrong").with_columns(
        pl.col("recorded_on") + pl.duration(days=pl.col("_later"))
    )
    first = marked.with_columns(
        pl.when("_wrong")
        .then((pl.col(column) * pl.col("_factor")).round(0))
        .otherwise(pl.col(column))
        .alias(column)
    )
    kept = corrections.filter(pl.col("recorded_on") <= timeline.end.item())
    return pl.concat([first, kept]).drop("_wrong", "_later", "_factor")


def as_text(
    frame: pl.DataFrame, table: Table, settings: SimulatorParameters, rng: np.random.Generator
) -> pl.DataFrame:
    """Write every cell as text in contract order, spoil some cells, repeat some rows."""
    missing = [pl.lit(None).alias(name) for name in table.by_name if name not in frame.columns]
    typed = frame.with_columns(missing).select(pl.col(name).cast(kind) for name, kind in table.schema.items())
    text = typed.select(_written(table, name, typed) for name in table.by_name)
    spoilt = _spoil(text, table, settings.dirty_share, rng)
    repeated = spoilt.filter(pl.Series(rng.random(len(spoilt)) < settings.duplicate_share))
    return pl.concat([spoilt, repeated])


def _written(table: Table, name: str, typed: pl.DataFrame) -> pl.Expr:
    column = pl.col(name)
    if table.by_name[name].kind in ("money", "number"):
        whole = bool((typed[name].drop_nulls().round(0) == typed[name].drop_nulls()).all())
        return column.round(0).cast(pl.Int64).cast(pl.String) if whole else column.round(1).cast(pl.String)
    return column.cast(pl.String)


#: What a cell of each kind is spoilt to.
DIRT = {"date": "2023-13-05", "code": "不详", "money": "-1", "number": "-1"}
#: Columns of surveys alone: no office fills them in, and so none spoils them.
OF_SURVEYS = ("survey_weight",)


def _spoil(text: pl.DataFrame, table: Table, share: float, rng: np.random.Generator) -> pl.DataFrame:
    names = [name for name, column in table.by_name.items() if column.kind in DIRT and name not in OF_SURVEYS]
    dirty = rng.random(len(text)) < share
    choice = rng.integers(0, len(names), len(text))
    return text.with_columns(
        pl.when(pl.Series(dirty & (choice == place)) & pl.col(name).is_not_null())
        .then(pl.lit(DIRT[table.by_name[name].kind]))
        .otherwise(pl.col(name))
        .alias(name)
        for place, name in enumerate(names)
    )
