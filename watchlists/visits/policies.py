"""Ways to spend the same visits: the list in force, its choices undone, the rules in use today."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from register.reference import AlertRule
from watchlists.visits.allocation import SHARED, own_visits, prioritised
from watchlists.visits.capacity import FLAT, NEED, Capacity
from watchlists.visits.groups import HARD_GROUPS, groups_of
from watchlists.visits.must_visits import MustVisit, MustVisitParameters
from watchlists.visits.rules import triggered_rules

#: Ways to spend the visits: the list in force, its choices undone one by one, two rules in use today.
POLICIES = {
    "list": ("本名单", "the list"),
    "risk_only": ("只按风险，不设必访", "risk alone, no must-visit rules"),
    "pooled": ("同样次数，全县统排", "as many visits, pooled in the county"),
    "need": ("同样次数，各地保底、其余按需分配", "as many visits, a floor a place, the rest by need"),
    "flat": ("同样次数，各地一样多", "as many visits, the same number a place"),
    "alerts": ("部门预警户，收入低的在先", "department alerts, poorest first"),
    "income": ("只按收入与线之比", "income over the line alone"),
}


@dataclass(frozen=True)
class Visiting:
    """The choices a list is made by: capacity, reserved visits, and what duties are and use."""

    capacity: Capacity
    cover: Mapping[str, int]
    must_visit: MustVisitParameters = field(default_factory=MustVisitParameters)

    @property
    def beside(self) -> pl.Expr:
        """Visits of each place beside its capacity: as many as it has duties, where those have their own."""
        return own_visits(self.capacity.key) if self.must_visit.visits == "own" else SHARED


def facts_needed(rules: Sequence[AlertRule]) -> list[str]:
    """Name the features that `visited_cohort` reads."""
    names = [feature for rule in rules for feature in rule.when]
    names += [group.feature for group in HARD_GROUPS.values()]
    return sorted({*names, "resources_over_line"})


def visited_cohort(
    rows: pl.DataFrame, features: pl.DataFrame, rules: Sequence[AlertRule], duties: Sequence[MustVisit]
) -> pl.DataFrame:
    """Add to scored households what the policies go by, as it was known at the season's end.

    Parameters
    ----------
    rows : DataFrame
        One row a household of a season: `household_id`, places, `risk`, `score`, `label`.
    features : DataFrame
        Their features at the season's end.
    rules : sequence of AlertRule
        All rules of the departments.
    duties : sequence of MustVisit
        The must-visit rules in force.

    Returns
    -------
    DataFrame
        `rows` with `rules` (must-visit), `alerts` (any rule), `groups`, `need` (income over the
        line, turned so that more is needier; the lowest where unknown).
    """
    alerts = triggered_rules(features, rules).rename({"rules": "alerts"})
    musts = triggered_rules(features, duties)
    need = (-pl.col("resources_over_line")).fill_nan(None).fill_null(-math.inf)
    joined = rows.join(features.select("household_id", need.alias("need")), on="household_id")
    for flags in (alerts, musts, groups_of(features)):
        joined = joined.join(flags, on="household_id", how="left")
    return joined


def policies_that_speak(cohorts: Iterable[pl.DataFrame], capacity: Capacity) -> list[str]:
    """Name the ways to spend the visits that say something.

    No alerts where nobody is alerted, no way to share that is the list's own, and none where
    visits are counted by county: no place shares them with another.

    Parameters
    ----------
    cohorts : iterable of DataFrame
        From `visited_cohort`, of every season.
    capacity : Capacity
        Of the list in force.
    """
    is_alerted = any((cohort["alerts"].list.len() > 0).any() for cohort in cohorts)
    silent = {FLAT, NEED} if capacity.per == "county" else {capacity.share}
    return [one for one in POLICIES if one not in silent and (one != "alerts" or is_alerted)]


def turns_under(policy: str, cohort: pl.DataFrame, visiting: Visiting) -> pl.DataFrame:
    """Put the cohort of one season in the order in which a policy would visit it.

    Parameters
    ----------
    policy : str
        One of `POLICIES`.
    cohort : DataFrame
        One row a household: `household_id`, places, `score`, `rules`, `alerts`, `groups`
        (lists), `need` (income over the line, turned so that higher is needier).
    visiting : Visiting
        The choices of the list in force.

    Returns
    -------
    DataFrame
        `cohort` with ``visits`` of the place, those ``beside`` (as many under every policy) and
        ``priority`` (1 is visited first): what `visited` tells the visited by.
    """
    none = pl.lit([], dtype=pl.List(pl.String()))
    changes = {
        "list": {},
        "pooled": {},
        "need": {},
        "flat": {},
        "risk_only": {"rules": none},
        "alerts": {"rules": pl.col("alerts"), "score": pl.col("need")},
        "income": {"rules": none, "score": pl.col("need")},
    }[policy]
    chosen = replace(visiting, capacity=_capacity(policy, cohort, visiting.capacity))
    cover = {} if changes else visiting.cover
    changed = cohort.with_columns(chosen.beside.alias("beside")).with_columns(**changes)
    turns = prioritised(changed, chosen.capacity, cover, pl.col("beside"))
    return cohort.join(turns.select("household_id", "visits", "beside", "priority"), on="household_id")


def visited(multiple: float = 1.0) -> pl.Expr:
    """Tell whom a policy visits at a multiple of each place's visits, rounded half up, and those beside."""
    return pl.col("priority") <= (pl.col("visits") * multiple + 0.5).floor() + pl.col("beside")


def _capacity(policy: str, cohort: pl.DataFrame, capacity: Capacity) -> Capacity:
    """Give the places their visits as a policy shares them out."""
    match policy:
        case "pooled":
            return _pooled(cohort, capacity)
        case "need" | "flat":
            return replace(capacity, share=policy)
    return capacity


def _pooled(cohort: pl.DataFrame, capacity: Capacity) -> Capacity:
    """Give each county the visits its places can make together."""
    places = cohort.group_by(capacity.key).agg(pl.len()).with_columns(capacity.expression().alias("visits"))
    used = places.group_by("county_id").agg(pl.min_horizontal("visits", "len").sum())
    return Capacity(
        "county",
        0,
        dict(zip(*used.select("county_id", "visits").to_dict(as_series=False).values(), strict=True)),
    )
