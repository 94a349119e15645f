"""The seasons a stage or a study trains for: labels as known at each date, and the rows to look at."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

import polars as pl

from features.storage import read_features
from models.keys import KEYS
from models.labels.cohort import below_line, cohort
from models.labels.label_rules import LabelRules
from models.labels.labels import labels, labels_by_change
from models.labels.line_scenarios import CAME, assumed_change, line_scenarios
from models.labels.observed_dates import observed_dates
from models.labels.parameters import ALSO_BELOW, CohortParameters
from models.risk.parameters import USED
from models.survey_weights import WEIGHT, survey_weights
from models.training.season_training import wanted_rows
from models.training.settings import ModelSettings
from pipelines.workspace.parameters.sections import ComputeParameters
from pipelines.workspace.shards import Part, map_shards, parts
from pipelines.workspace.workspace import Workspace
from register.seasons import months_later
from register.shard import Shard
from register.store import Register

#: What a label says, with its rows' keys.
KNOWN = (*KEYS, "label", "label_known_on")


@dataclass(frozen=True)
class Season:
    """One date to train for: its labels, those of a label window earlier, and the rows to look at.

    A model is kept in `folders`; the last season of a panel may be judged and delivered too.
    `line_changes` are those the counties' labels were read with, new line over old, and
    `line_changes_came` those of the window that followed; none where labels are read as the line
    was. For every other rise the risks are read for, `known` has a column of labels by its name.
    `below` are the labels of the rows outside the cohort that trees learn from too, if they do. Both
    have the survey weights beside them where training uses them.
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
    compute: ComputeParameters,
) -> pl.DataFrame:
    """List every county's cohorts with their labels as known at the register's end."""
    shared = _Cohorts(register, dates, rules, categories, end)
    return pl.concat(map_shards(_cohort, register.counties, "cohorts and labels", compute, shared)).sort(KEYS)


class _Cohorts(NamedTuple):
    """Which rows of a county are wanted, and until when its records are read."""

    register: Register
    dates: Sequence[date]
    rules: LabelRules
    categories: Sequence[str]
    end: date


def _cohort(county_id: str, shared: _Cohorts) -> pl.DataFrame:
    shard, rules = shared.register.shard(county_id), shared.rules
    days = observed_dates(shard, shared.dates)
    rows = cohort(shard, days, rules.resources_months, shared.categories, rules.outcome)
    return rows.join(labels(shard, rows, rules, shared.end), on=KEYS, how="left")


def rows_below_line(
    register: Register,
    dates: Sequence[date],
    rules: LabelRules,
    section: CohortParameters,
    compute: ComputeParameters,
) -> pl.DataFrame | None:
    """List every county's households that are below the line at a date already: to learn from alone.

    None where trees learn from the cohort and nobody else.
    """
    if section.learns_from != ALSO_BELOW:
        return None
    shared = _Cohorts(register, dates, rules, section.categories, date.max)
    read = map_shards(_below, register.counties, "households below the line", compute, shared)
    return pl.concat(read).sort(KEYS)


def _below(county_id: str, shared: _Cohorts) -> pl.DataFrame:
    shard, rules = shared.register.shard(county_id), shared.rules
    days = observed_dates(shard, shared.dates)
    return below_line(shard, days, rules.resources_months, shared.categories, rules.outcome)


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
    compute: ComputeParameters,
    below: pl.DataFrame | None = None,
) -> list[Season]:
    """Label the cohorts again as known at each training date, and a label window before it.

    Nothing recorded later is seen. Of the earlier labels only those new then are wanted. Both
    are read with the line as it is taken at the training date. `end` is where the register ends.
    Rows `below` the line (`rows_below_line`) are labelled alike and stand among the rows to look
    at alone, to train the trees.
    """
    both = [(False, judged)] if below is None else [(False, judged), (True, below)]
    learned = [
        frame.select(*KEYS, "county_id", pl.lit(outside).alias("is_outside")) for outside, frame in both
    ]
    shared = _Trainings(register, tuple(folders), rules, settings, end)
    of_county = parts(pl.concat(learned), register.counties)
    read = map_shards(_known, of_county, "labels at training dates", compute, shared)

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


class _Trainings(NamedTuple):
    """When to train and how to read what was known then; `end` is where the register ends."""

    register: Register
    days: Collection[date]
    rules: LabelRules
    settings: ModelSettings
    end: date


def _known(part: Part, shared: _Trainings) -> dict[date, _Known]:
    """Label a county's rows as known at each training date; those outside the cohort are told apart."""
    shard, rules = shared.register.shard(part.county_id), shared.rules
    learned, outside = part.rows.select(KEYS), part.rows.filter("is_outside").select(KEYS)
    rows, read = part.rows.filter(~pl.col("is_outside")).select(KEYS), {}
    for day in shared.days:
        assumed = assumed_change(shard, day, rules)
        stated = line_scenarios(shard, day, rules, shared.settings.line_rises, shared.end)
        past = learned.filter(pl.col("as_of_date") < day)
        known, *others = labels_by_change(shard, past, rules, day, [assumed, *stated.values()])
        columns = [other["label"].alias(name) for name, other in zip(stated, others, strict=True)]
        known = known.with_columns(columns).drop_nulls("label").select(*KNOWN, *stated)
        known = _with_weights(known, shard) if shared.settings.survey_weights == USED else known
        earlier, new_then = _a_window_before(day, rules)
        then = rows.filter(new_then)
        read[day] = _Known(
            known.join(outside, on=KEYS, how="anti"),
            known.select(*KNOWN, pl.col(f"^{WEIGHT}$")).join(outside, on=KEYS, how="semi"),
            labels(shard, then, rules, earlier, assumed).drop_nulls("label").select(KNOWN),
            assumed,
            stated.get(CAME),
        )
    return read


def _with_weights(known: pl.DataFrame, shard: Shard) -> pl.DataFrame:
    days = known["as_of_date"].unique().sort()
    return known.join(survey_weights(shard, days), on=KEYS, how="left", validate="1:1", maintain_order="left")


def _a_window_before(day: date, rules: LabelRules) -> tuple[date, pl.Expr]:
    """Give the day a label window before `day`, and which rows' labels were new then."""
    earlier = months_later(day, -rules.months)
    first = months_later(earlier, -2 * rules.months - rules.settle_months)
    return earlier, pl.col("as_of_date").is_between(first, earlier, closed="left")


def gathered(workspace: Workspace, wanted: Iterable[pl.DataFrame]) -> list[pl.DataFrame]:
    """Read every county's features once, keeping the rows that some training looks at."""
    keys = pl.concat(rows.select(KEYS) for rows in wanted).unique()
    dates = keys["as_of_date"].unique().to_list()
    return [shard.join(keys, on=KEYS, how="semi") for shard in feature_shards(workspace, dates)]


def feature_shards(workspace: Workspace, dates: Collection[date] | None = None) -> Iterator[pl.DataFrame]:
    """Walk the counties' features, sorted by county; at some dates, or at all."""
    for path in sorted(workspace.features.glob("*.parquet")):
        yield read_features(path, dates)
