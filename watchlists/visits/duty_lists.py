"""What duties displace: the list as delivered, and as it would be without all rules or without one."""

from collections.abc import Sequence

import polars as pl

from watchlists.visits.allocation import prioritised
from watchlists.visits.policies import Visiting, turns_under, visited

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
        ``household_id, duties`` (codes of the rules that speak), ``visits`` of the place and those
        ``beside`` its capacity, ``is_listed``, and flags
        ``listed_without_all`` and ``listed_without_<code>``: listed if no rule spoke, or that
        one did not. The places have as many visits each time, or the counties where need shares
        them out: what a rule costs is what its visits would find elsewhere.
    """
    fixed = cohort.with_columns(visiting.beside.alias("beside"))
    none = pl.lit([], dtype=pl.List(pl.String()))
    less = {
        ALL_RULES: none,
        **{code: pl.col("rules").list.set_difference(pl.lit([code])) for code in codes},
    }
    turns = turns_under("list", cohort, visiting)
    lists = turns.select(
        "household_id", pl.col("rules").alias("duties"), "visits", "beside", visited().alias("is_listed")
    )
    for code, rules in less.items():
        changed = fixed.with_columns(rules.alias("rules"))
        lists = lists.join(_listed(changed, visiting, f"listed_without_{code}"), on="household_id")
    return lists


def lists_with_ceilings(cohort: pl.DataFrame, visiting: Visiting) -> pl.DataFrame:
    """List the cohort anew with every ceiling on resources that `watchlist.must_visit.tried` names.

    Parameters
    ----------
    cohort, visiting
        As `lists_without_duties` takes them.

    Returns
    -------
    DataFrame
        ``household_id``, and by ceiling flags ``listed_below_<ceiling>`` and ``duty_below_<ceiling>``
        (still a duty), at as many visits. Whose resources are not known stays a duty.
    """
    fixed, tried = cohort.with_columns(visiting.beside.alias("beside")), visiting.must_visit.tried
    lists = cohort.select("household_id")
    for ceiling in tried.resources_below:
        has_more = pl.col("need").is_finite() & (pl.col("need") <= -ceiling)
        narrowed = pl.col("rules").list.set_difference(pl.lit(list(tried.rules)))
        rules = pl.when(has_more).then(narrowed).otherwise("rules").alias("rules")
        changed = fixed.with_columns(rules)
        duties = changed.select(
            "household_id", (pl.col("rules").list.len() > 0).alias(f"duty_below_{ceiling:g}")
        )
        listed = _listed(changed, visiting, f"listed_below_{ceiling:g}")
        lists = lists.join(listed, on="household_id").join(duties, on="household_id")
    return lists


def _listed(cohort: pl.DataFrame, visiting: Visiting, name: str) -> pl.DataFrame:
    turns = prioritised(cohort, visiting.capacity, visiting.cover, pl.col("beside"))
    return turns.select("household_id", visited().alias(name))
