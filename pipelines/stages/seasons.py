"""The seasons a stage or a study trains for: labels as known at each date, and the rows to look at."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

import polars as pl

from models.keys import KEYS
from models.labels.cohort import below_line, cohort
from models.labels.label_rules import LabelRules
from models.labels.labels import labels, labels_by_change
from models.labels.line_scenarios import CAME, assumed_change, line_scenarios
from models.labels.observed_dates import observed_dates
from models.labels.parameters import ALSO_BELOW, CohortParameters
from models.training.season_training import wanted_rows
from models.training.settings import ModelSettings
from pipelines.workspace.workspace import Workspace, progress
from register.atomic import read_parquet
from register.seasons import months_later
from register.store import Register

Read = TypeVar("Read")

#: What a label says, with its rows' keys.
KNOWN = (*KEYS, "label", "label_known_on")


@dataclass(frozen=True)
class Season:
    """One date to train for: its labels, those of a label window earlier, and the rows to look at.

    A model is kept in `folders`; the last season of a panel may be judged and delivered too.
    `line_changes` are those the counties' labels were read with, new line over old, and
    `line_changes_came` those of the window that followed; none where labels are read as the line
    was. For every other rise the risks are read for, `known` has a column of labels by its name.
    `below` are the labels of the rows outside the cohort that trees learn from too, if they do.
    """

    day: date
    known: pl.DataFrame
    known_earlier: pl.DataFrame
    rows: pl.DataFrame
    folders: Sequence[Path]
    line_changes: Sequence[float]
    line_changes_came: Sequence[float]
    below: pl.DataFrame | None = None


def labelled_cohorts(
    register: Register,
    dates: Sequence[date],
    rules: LabelRules,
    categories: Sequence[str],
    end: date,
    threads: int,
) -> pl.DataFrame:
    """List every county's cohorts with their labels as known at the register's end."""

    def of(county_id: str) -> pl.DataFrame:
        shard = register.shard(county_id)
        rows = cohort(shard, observed_dates(shard, dates), rules.resources_months, categories, rules.outcome)
        return rows.join(labels(shard, rows, rules, end), on=KEYS, how="left")

    return pl.concat(side_by_side(register, of, "cohorts and labels", threads)).sort(KEYS)


def rows_below_line(
    register: Register, dates: Sequence[date], rules: LabelRules, section: CohortParameters, threads: int
) -> pl.DataFrame | None:
    """List every county's households that are below the line at a date already: to learn from alone.

    None where trees learn from the cohort and nobody else.
    """
    if section.learns_from != ALSO_BELOW:
        return None

    def of(county_id: str) -> pl.DataFrame:
        shard = register.shard(county_id)
        days = observed_dates(shard, dates)
        return below_line(shard, days, rules.resources_months, section.categories, rules.outcome)

    return pl.concat(side_by_side(register, of, "households below the line", threads)).sort(KEYS)


def last_recorded_on(register: Register) -> date:
    """Find the last date anything was recorded on households or income."""
    paths = [
        register.root / county_id / f"{name}.parquet"
        for county_id in register.counties
        for name in ("households", "income")
    ]
    latest = [pl.scan_parquet(path).select(pl.col("recorded_on").max()).collect() for path in paths]
    last: date = max(one.item() for one in latest)
    return last


def seasons_to_train(
    register: Register,
    judged: pl.DataFrame,
    rules: LabelRules,
    settings: ModelSettings,
    folders: Mapping[date, Sequence[Path]],
    end: date,
    threads: int,
    below: pl.DataFrame | None = None,
) -> list[Season]:
    """Label the cohorts again as known at each training date, and a label window before it.

    Nothing recorded later is seen. Of the earlier labels only those new then are wanted. Both
    are read with the line as it is taken at the training date. `end` is where the register ends.
    Rows `below` the line (`rows_below_line`) are labelled alike and stand among the rows to look
    at alone, to train the trees.
    """
    earlier = {day: months_later(day, -rules.months) for day in folders}
    back = -2 * rules.months - rules.settle_months
    new_then = {day: (months_later(known_on, back), known_on) for day, known_on in earlier.items()}

    def of(county_id: str) -> dict[date, _Known]:
        shard, rows = register.shard(county_id), judged.filter(pl.col("county_id") == county_id)
        outside = rows.clear() if below is None else below.filter(pl.col("county_id") == county_id)
        learned = pl.concat([rows.select(KEYS), outside.select(KEYS)])
        read = {}
        for day in folders:
            assumed = assumed_change(shard, day, rules)
            stated = line_scenarios(shard, day, rules, settings.line_rises, end)
            past = learned.filter(pl.col("as_of_date") < day)
            known, *others = labels_by_change(shard, past, rules, day, [assumed, *stated.values()])
            columns = [other["label"].alias(name) for name, other in zip(stated, others, strict=True)]
            then = rows.filter(pl.col("as_of_date").is_between(*new_then[day], closed="left"))
            known = known.with_columns(columns).drop_nulls("label").select(*KNOWN, *stated)
            read[day] = _Known(
                known.join(outside, on=KEYS, how="anti"),
                known.select(KNOWN).join(outside, on=KEYS, how="semi"),
                labels(shard, then, rules, earlier[day], assumed).drop_nulls("label").select(KNOWN),
                assumed,
                stated.get(CAME),
            )
        return read

    read = side_by_side(register, of, "labels at training dates", threads)

    def season(day: date, kept: Sequence[Path]) -> Season:
        at_day = [one[day] for one in read]
        known = pl.concat(one.now for one in at_day).sort(KEYS)
        outside = None if below is None else pl.concat(one.below for one in at_day).sort(KEYS)
        scored = judged.filter(pl.col("as_of_date") == day)
        return Season(
            day,
            known,
            pl.concat(one.earlier for one in at_day).sort(KEYS),
            wanted_rows(known, scored, day, rules.months, settings, outside),
            kept,
            sorted({one.assumed for one in at_day if one.assumed is not None}),
            sorted({one.came for one in at_day if one.came is not None}),
            outside,
        )

    return [season(day, kept) for day, kept in folders.items()]


@dataclass(frozen=True)
class _Known:
    """What a county knew at a training date, and the changes of its line.

    `now` are the labels of the cohort, `below` those of the rows outside it.
    """

    now: pl.DataFrame
    below: pl.DataFrame
    earlier: pl.DataFrame
    assumed: float | None
    came: float | None


def gathered(workspace: Workspace, wanted: Iterable[pl.DataFrame]) -> list[pl.DataFrame]:
    """Read every county's features once, keeping the rows that some training looks at."""
    keys = pl.concat(rows.select(KEYS) for rows in wanted).unique()
    return [shard.join(keys, on=KEYS, how="semi") for shard in feature_shards(workspace)]


def feature_shards(workspace: Workspace) -> Iterator[pl.DataFrame]:
    """Walk the counties' features, sorted by county."""
    for path in sorted(workspace.features.glob("*.parquet")):
        yield read_parquet(path)


def side_by_side(register: Register, read: Callable[[str], Read], title: str, threads: int) -> list[Read]:
    """Read the counties side by side: one county's tables are too small to keep two cores busy."""
    with ThreadPoolExecutor(threads) as pool:
        submitted = [pool.submit(read, county_id) for county_id in register.counties]
        return [one.result() for one in progress(submitted, title, "county")]
