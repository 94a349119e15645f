"""What a list must beat without any training: rules in force, and a sheet of past incomes."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from models.arrays import Floats
from models.keys import KEYS
from models.ranking.ranking import Ranking
from models.ranking.speaking import kinds_that_speak, speaks
from register.reference import AlertRule, PriorityVisit
from register.seasons import months_later

#: Rules of the medical insurance among the departments' (DOMAIN 4 [S41]).
MEDICAL = ("medical_payment", "medical_payment_any")
#: Columns of scores. Those of rules are lists of their own: who scores above 0 is on them.
RULES = ("line_rule", "medical_rule", "alerts", "eight_visits")
#: The last is the published order that lists until a model is judged.
UNTRAINED = (*RULES, "lagged_income", "mean_past_income", "village_mean", "past_falls", "rules")


def income_over_line(resources_over_line: Floats) -> Floats:
    """Rank by nearness to the line alone."""
    return -np.asarray(resources_over_line, dtype=np.float64)


@dataclass(frozen=True)
class RulesInForce:
    """What the rules go by.

    Attributes
    ----------
    alerts : sequence of AlertRule
        All rules of the departments.
    visits : sequence of PriorityVisit
        The eight priority visits.
    near_line : float
        Resources over the line below which the line rule speaks.
    counts_as : float
        What a rule counts as in the published order (`models.ranking.ranking.Ranking`).
    """

    alerts: Sequence[AlertRule]
    visits: Sequence[PriorityVisit]
    near_line: float
    counts_as: float


def untrained_scores(features: pl.DataFrame, day: date, rules: RulesInForce) -> pl.DataFrame:
    """Score the households of a county by every rule and every simple ranking.

    Parameters
    ----------
    features : DataFrame
        Feature frame of the county, of `day` and of the year before it; `features_scored` are read.
    day : date
        As-of date.
    rules : RulesInForce
        What the rules go by.

    Returns
    -------
    DataFrame
        ``household_id, as_of_date`` and a column for each of `UNTRAINED`: higher is
        visited first.

        ``line_rule``, ``medical_rule``, ``alerts`` (union of the departments'): 1 where the
        rule speaks, else 0; ``eight_visits``: how many of the eight kinds a household is
        of; ``lagged_income``: resources over the line a year ago (else at the last
        observation), turned round, as is ``mean_past_income`` over earlier observations
        and ``village_mean`` over the other households; a household without any past is
        ranked by its present resources, one without these last. ``past_falls`` counts
        earlier observations below the line. ``rules`` is the published order's score.

    References
    ----------
    EVALUATION 2; DOMAIN 8, 4 (a) to (d).
    """
    now = features.filter(pl.col("as_of_date") == day)
    ago = features.filter(pl.col("as_of_date") == months_later(day, -12))
    year_ago = ago.select("household_id", year_ago="resources_over_line")
    return now.join(year_ago, on="household_id", how="left").select(*KEYS, *_scores(rules))


def features_scored(rules: RulesInForce) -> list[str]:
    """Name the features that `untrained_scores` reads."""
    read = {name for score in _scores(rules) for name in score.meta.root_names()}
    return sorted(read - {"year_ago"})


def _scores(rules: RulesInForce) -> list[pl.Expr]:
    medical = [rule for rule in rules.alerts if rule.code in MEDICAL]
    return [
        _flag(pl.col("resources_over_line") < rules.near_line).alias("line_rule"),
        _flag(_any_speaks(medical)).alias("medical_rule"),
        _flag(_any_speaks(rules.alerts)).alias("alerts"),
        _kinds_met(rules.visits).alias("eight_visits"),
        _poorest_first("year_ago", "earlier_resources").alias("lagged_income"),
        _poorest_first("mean_earlier_resources").alias("mean_past_income"),
        _poorest_first("neighbours_resources").alias("village_mean"),
        pl.col("n_past_falls").fill_nan(None).fill_null(0.0).alias("past_falls"),
        _order(rules).alias("rules"),
    ]


def _order(rules: RulesInForce) -> pl.Expr:
    """Score by the published order; a household without an income is ordered last."""
    score = Ranking("rules", rules.counts_as, rules.alerts, rules.visits).score()
    return score.fill_null(-math.inf)


def _any_speaks(rules: Sequence[AlertRule]) -> pl.Expr:
    return pl.any_horizontal(pl.lit(value=False), *map(speaks, rules))


def _kinds_met(visits: Sequence[PriorityVisit]) -> pl.Expr:
    return pl.sum_horizontal(pl.lit(0.0), *map(_flag, kinds_that_speak(visits).values()))


def _flag(condition: pl.Expr) -> pl.Expr:
    return condition.fill_null(value=False).cast(pl.Float64)


def _poorest_first(*columns: str) -> pl.Expr:
    known = [pl.col(name).fill_nan(None) for name in (*columns, "resources_over_line")]
    return (-pl.coalesce(known)).fill_null(-math.inf)
