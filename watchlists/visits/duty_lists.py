"""What duties displace: the list as delivered, and as it would be without all rules or without one."""

from collections.abc import Sequence

import polars as pl

from watchlists.visits.allocation import prioritised
from watchlists.visits.policies import Visiting, visited

#: Stands for every must-visit rule together.
ALL_RULES = "all"


def lists_without_duties(cohort: pl.DataFrame, visiting: Visiting, codes: Sequence[str]) -> pl.DataFrame:
    """List a season's cohort as delivered, and anew without the must-visit rules, at as many visits.

    Parameters
    ----------
    cohort : DataFrame
        As `watchlists.visits.policies.visited_cohort` gives it.
    visiting : Visiting
        The choices of the list in force.
    codes : sequence of str
        The must-visit rules.

    Returns
    -------
    DataFrame
        ``household_id, duties`` (codes of the rules that speak), ``is_listed``, and flags
        ``listed_without_all`` and ``listed_without_<code>``: listed if no rule spoke, or that
        one did not. The places have as many visits each time: what a rule costs is what
        its visits would find elsewhere.
    """
    fixed = cohort.with_columns(visiting.beside.alias("beside"))
    none = pl.lit([], dtype=pl.List(pl.String()))
    less = {
        ALL_RULES: none,
        **{code: pl.col("rules").list.set_difference(pl.lit([code])) for code in codes},
    }
    lists = cohort.select("household_id", pl.col("rules").alias("duties")).join(
        _listed(fixed, visiting, "is_listed"), on="household_id"
    )
    for code, rules in less.items():
        changed = fixed.with_columns(rules.alias("rules"))
        lists = lists.join(_listed(changed, visiting, f"listed_without_{code}"), on="household_id")
    return lists


def _listed(cohort: pl.DataFrame, visiting: Visiting, name: str) -> pl.DataFrame:
    turns = prioritised(cohort, visiting.capacity, visiting.cover, pl.col("beside"))
    return turns.select("household_id", visited().alias(name))
