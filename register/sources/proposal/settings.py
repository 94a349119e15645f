"""Settings that fit what a source holds: where it lies, its seasons, how incomes are read."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

import polars as pl

from register.cells.numbers import numbers
from register.seasons import season_end, season_of
from register.sources.proposal.history import Holdings
from register.sources.proposal.waves import APART
from register.tables import TABLES

#: Share of member rows that ingest sets aside by default at most (params.yaml, ingest).
SET_ASIDE = 0.05
#: Of all households, share that is visited where nobody said how many: a list that can be walked.
VISITED = 0.1
#: Share of people below the line that is put in place of a line nobody brought.
POOR = 0.3


@dataclass(frozen=True)
class Setting:
    """One value, and why.

    Attributes
    ----------
    name : str
        As `huitou run --set` takes it.
    value : object
    zh, en : str
        The reason; it is to be confirmed.
    """

    name: str
    value: Any
    zh: str
    en: str

    @property
    def flag(self) -> str:
        """Write it as ``--set`` takes it."""
        value = "null" if self.value is None else self.value
        text = f"[{','.join(value)}]" if isinstance(value, list) else str(value)
        return f"--set {self.name}={text}"


def is_survey(held: Holdings) -> bool:
    """Say whether the same households are asked every few months or years, and not every month."""
    asked_on = held.incomes.select("household_id", "day").drop_nulls().unique().sort("household_id", "day")
    gaps = asked_on.select(pl.col("day").diff().over("household_id").dt.total_days()).to_series().drop_nulls()
    return gaps.is_empty() or float(gaps.median()) >= APART  # type: ignore[arg-type]


def settings(held: Holdings, region: str | None, months: int | None) -> list[Setting]:
    """Propose settings.

    Parameters
    ----------
    held : Holdings
    region : str or None
        For ``source.region``, where the mapping asks for it.
    months : int or None
        Months that the amounts of a survey were brought to; None where no mapping was guessed.
    """
    made = [Setting("source.region", region, "省代码，见户编号开头", "province, off the ids")] if region else []
    known = sorted(day for one in held.tables.values() for day in one.recorded)
    if not known:
        return made
    first, last = season_of(known[0]), season_of(known[-1])
    made.append(Setting("season", last, "最后一次记录所在季度", "the season of the last record"))
    made.append(Setting("features.first_season", first, "最早记录所在季度", "the season of the first record"))
    if months:
        made += _of_a_survey(held, months)
    return [*made, *_set_aside(held)]


def _of_a_survey(held: Holdings, months: int) -> list[Setting]:
    waves = sorted({season_of(day) for day in held.incomes["day"].drop_nulls().unique()})
    made = [
        Setting("cohort.categories", ["ordinary"], "调查没有脱贫户名册", "a survey has no official list"),
        Setting("label.settle_months", 0, "调查当时即录入", "an interview is known when it is held"),
        Setting("watchlist.capacity.visits", _visits(held), "约为一成户；按实际走访能力改", "a tenth of the households: write how many you can visit"),
    ]  # fmt: skip
    if is_survey(held):
        made += [
            Setting("label.reading", "next_observation", "下一次调查定结果", "the next interview decides"),
            Setting("label.months", _between(waves), "两轮之间的月数", "months from a wave to the next"),
            Setting("label.resources_months", months, "每轮问的收入或消费，映射化为这几个月", "months the amounts were brought to in the mapping"),
            Setting("evaluate.origins", max(1, min(3, len(waves) - 2)), f"共 {len(waves)} 轮", f"of {len(waves)} waves"),
        ]  # fmt: skip
    return made


def _between(waves: Sequence[str]) -> int:
    """Give the months of the longest gap between two waves, or a year where there is one wave."""
    ends = [season_end(one) for one in waves]
    gaps = [(b.year - a.year) * 12 + b.month - a.month for a, b in zip(ends, ends[1:], strict=False)]
    return max(gaps, default=12)


def _visits(held: Holdings) -> int:
    return max(1, ceil(VISITED * held.homes["household_id"].n_unique() / max(1, held.n_townships)))


def _set_aside(held: Holdings) -> list[Setting]:
    table = max(held.incomplete, key=lambda name: held.incomplete[name])
    share = held.incomplete[table]
    if share <= SET_ASIDE / 2:
        return []
    reason = (
        f"{TABLES[table].zh}表约{share:.0%}的行缺年龄、村，或没有对应的户，将被隔离",
        f"about {share:.0%} of the rows of {table} lack an age, a village or a household and are set aside",
    )
    return [Setting("ingest.max_quarantined_share", ceil(share * 20 + 1) / 20, *reason)]


def placeholder_line(held: Holdings, months: int) -> float | None:
    """Give what three in ten people live below, a year, in the first wave; None without amounts.

    It stands in for a line that nobody brought, so that everything can be tried out; it is no
    poverty line.
    """
    sizes = held.people.group_by("household_id", "day").len("size")
    amounts = held.incomes.select("household_id", "day", numbers(pl.col("amount")).alias("amount"))
    totals = amounts.drop_nulls().group_by("household_id", "day").agg(pl.col("amount").sum())
    a_head = totals.join(sizes, on=("household_id", "day")).with_columns(a_year=pl.col("amount") / pl.col("size") * 12 / months)
    first = a_head.filter(pl.col("day") == pl.col("day").min())
    value = first.select(pl.col("a_year").repeat_by("size").explode().quantile(POOR)).item() if len(first) else None
    return None if value is None else float(f"{value:.3g}")
