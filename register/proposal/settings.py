"""Settings that fit what a source holds: where it lies, its seasons, how incomes are read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import ceil
from typing import Any

import polars as pl

from register.cells.numbers import numbers
from register.proposal.history import Holdings
from register.proposal.waves import APART
from register.seasons import season_of, seasons_between
from register.tables import TABLES

#: Share of member rows that ingest sets aside by default at most (params.yaml, ingest).
SET_ASIDE = 0.05
#: Of all households, share that is visited where nobody said how many: a list that can be walked.
VISITED = 0.1
#: Waves that are judged at most, as in method.yaml; the first is trained on, the last has no outcome yet.
MOST_ORIGINS = 3
#: Share of people below the line that is put in place of a line nobody brought.
POOR = 0.3
#: Why each is proposed, Chinese and English.
WHY = {
    "source.region": ("省代码，见编号开头", "the province, off the first digits of the ids"),
    "source.exported_on": ("导出日期，改为实际的", "day of export: write the true one"),
    "season": ("最后一次记录所在季度", "the season of the last record"),
    "features.first_season": ("最早记录所在季度", "the season of the first record"),
    "cohort.categories": ("调查没有脱贫户名册", "a survey has no official list"),
    "cohort.learns_from": (
        "线下户的去向也教线上的户；两种都可试",
        "what becomes of those below the line teaches about those just above",
    ),
    "evaluate.cluster": ("调查点少，按户重抽样", "survey places may be few: households are drawn again"),
    "label.settle_months": ("调查当时即录入", "an interview is known when it is held"),
    "watchlist.capacity.visits": (
        "每乡镇约一成户；按实际走访能力改",
        "about a tenth of the households of a township: write how many you can visit",
    ),
    "label.reading": ("下一次调查定结果", "the next interview decides"),
    "label.line_rise": ("与 next_observation 同用", "goes with next_observation"),
    "label.resources": ("金额是消费，不是收入", "the amounts are consumption, no income"),
    "label.months": ("两轮之间最长的月数", "months from a wave to the next, at most"),
    "label.resources_months": ("映射把金额化为这几个月", "months that the mapping brings amounts to"),
    "evaluate.origins": ("能评判的轮数", "waves that can be judged"),
}
#: Why labels of an office that exports once a year need not settle.
YEARLY = (
    "收入一年导出一次，当日即完整；不完整的删去此项",
    "incomes are exported once a year, complete on the day; leave it out where they are not",
)


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
    def text(self) -> str:
        """The value as parameters write it."""
        if isinstance(self.value, list):
            return f"[{', '.join(self.value)}]"
        return "null" if self.value is None else str(self.value)

    @property
    def assignment(self) -> str:
        """What ``--set`` takes."""
        return f"{self.name}={self.text.replace(' ', '') if isinstance(self.value, list) else self.text}"


def is_survey(held: Holdings) -> bool:
    """Say whether the same households are asked every few months or years, and not every month."""
    asked_on = held.incomes.select("household_id", "day").drop_nulls().unique().sort("household_id", "day")
    gaps = asked_on.select(pl.col("day").diff().over("household_id").dt.total_days()).to_series().drop_nulls()
    return gaps.is_empty() or float(gaps.median()) >= APART  # type: ignore[arg-type]


def settings(
    held: Holdings, region: str | None, months: int | None, *, is_consumption: bool = False
) -> list[Setting]:
    """Propose settings.

    Parameters
    ----------
    held : Holdings
    region : str or None
        For ``source.region``, where the mapping asks for it.
    months : int or None
        Months that the amounts of a survey were brought to; None where no mapping was guessed.
    is_consumption : bool
        Whether these amounts are consumption.
    """
    made = [_setting("source.region", region)] if region else []
    known = sorted(day for one in held.tables.values() for day in one.recorded)
    if not known:
        return made
    made.append(_setting("season", season_of(known[-1])))
    made.append(_setting("features.first_season", season_of(known[0])))
    if months:
        made += _of_a_survey(held, months, is_consumption=is_consumption)
    elif _is_yearly(held):
        made.append(Setting("label.settle_months", 0, *YEARLY))
    return [*made, *_set_aside(held)]


def _is_yearly(held: Holdings) -> bool:
    """Say whether an office brings incomes once a year: each season with incomes four after the last."""
    brought = sorted({season_of(day) for day in held.incomes["day"].drop_nulls().unique()})
    return bool(brought) and all(len(seasons_between(*both)) > 4 for both in pairwise(brought))


def export_day(today: date) -> Setting:
    """Propose today for a day of export that nothing says."""
    return _setting("source.exported_on", today.isoformat())


def _of_a_survey(held: Holdings, months: int, *, is_consumption: bool) -> list[Setting]:
    made = [
        _setting("cohort.categories", ["ordinary"]),
        _setting("label.settle_months", 0),
        _setting("watchlist.capacity.visits", _visits(held)),
    ]
    if is_survey(held):
        waves = sorted({season_of(day) for day in held.incomes["day"].drop_nulls().unique()})
        made += [
            _setting("cohort.learns_from", "also_below"),
            _setting("evaluate.cluster", "household"),
            _setting("label.reading", "next_observation"),
            _setting("label.line_rise", "observed"),
            *([_setting("label.resources", "consumption")] if is_consumption else []),
            _setting("label.months", _between(waves)),
            _setting("label.resources_months", months),
            _setting("evaluate.origins", max(1, min(MOST_ORIGINS, len(waves) - 2))),
        ]
    return made


def _setting(name: str, value: object) -> Setting:
    return Setting(name, value, *WHY[name])


def _between(waves: Sequence[str]) -> int:
    """Give the months of the longest gap between two waves, or a year where there is one wave."""
    gaps = [len(seasons_between(*both)) * 3 - 3 for both in pairwise(waves)]
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
    sized = totals.join(sizes, on=("household_id", "day"))
    a_head = sized.with_columns(a_year=pl.col("amount") / pl.col("size") * 12 / months)
    first = a_head.filter(pl.col("day") == pl.col("day").min())
    if first.is_empty():
        return None
    each = first.select(pl.col("a_year").repeat_by("size").explode()).to_series()
    return float(f"{each.quantile(POOR):.3g}")
