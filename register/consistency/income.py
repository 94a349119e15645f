"""Income: jumps, benefits without money, and figures that look made for the line."""

from math import exp, log

import polars as pl
from scipy.special import bdtrc

from register.consistency.declaration import check
from register.consistency.known import Known


@check(
    severity="warning",
    zh="户年收入是上年的{jump_factor:g}倍以上或不足1/{jump_factor:g}",
    en="income over {jump_factor:g} times the year before, or under 1/{jump_factor:g} of it",
    next_step="核对两年的收入明细 / check the entries of both years",
    reads=("income.amount",),
    limits=("jump_factor", "jump_least"),
    source="DOMAIN 7.1, checks on implausible income jumps [S80]",
)
def income_jump(known: Known) -> pl.DataFrame:
    now, before = pl.col("last_year"), pl.col("year_before")
    factor, least = known.limits["jump_factor"], known.limits["jump_least"]
    jumped = (now > before * factor) | (before > now * factor)
    both = known.yearly_income.filter(now > 0, before > 0, jumped, (now - before).abs() > least)
    return both.join(known.households, on="household_id", how="semi")


@check(
    severity="warning",
    zh="低保户近12个月没有转移性收入",
    en="minimum living allowance, but no transfer income in 12 months",
    next_step="补录低保金 / enter the allowance",
    reads=("households.has_minimum_income", "income.source"),
    source="DOMAIN 1.5, benefit without matching income [C1]",
)
def allowance_without_income(known: Known) -> pl.DataFrame:
    paid = known.view("income").filter(
        pl.col("months_ago") < 12, pl.col("source").is_in(["social_aid", "subsidy", "pension"])
    )
    holders = known.households.filter("has_minimum_income")
    return holders.join(paid, on="household_id", how="anti")


@check(
    severity="notice",
    zh="近12个月经营支出超过经营收入的{cost_factor:g}倍",
    en="business costs of 12 months more than {cost_factor:g} times the business income",
    next_step="核对经营收支 / check business income and costs",
    reads=("income.source", "income.amount"),
    limits=("cost_factor",),
    source="DOMAIN 1.3 and 3.2, income and cost of one business [C4]",
)
def costs_above_income(known: Known) -> pl.DataFrame:
    earned = pl.col("source").is_in(["crop", "livestock", "forest", "own_business"])
    year = known.view("income").filter(pl.col("months_ago") < 12)
    sums = year.group_by("household_id").agg(
        pl.col("amount").filter(earned).sum().alias("earned"),
        pl.col("amount").filter(pl.col("source") == "business_cost").sum().alias("cost"),
    )
    return sums.filter(pl.col("cost") > pl.col("earned") * known.limits["cost_factor"])


@check(
    severity="notice",
    zh="同村{same_income_households:g}户及以上年收入完全相同（疑似估算）",
    en="{same_income_households:g} or more households of a village with the same yearly income (estimated?)",
    next_step="逐户核实收入 / verify the income household by household",
    reads=("income.amount",),
    limits=("same_income_households",),
    source="DOMAIN 7.1, income is estimated, not measured [S79][S80]",
)
def same_income(known: Known) -> pl.DataFrame:
    own = known.households.select("household_id", "village_id")
    incomes = known.yearly_income.filter(pl.col("last_year") > 0).join(own, on="household_id")
    alike = pl.len().over("village_id", "last_year") >= known.limits["same_income_households"]
    return incomes.filter(alike)


@check(
    severity="warning",
    zh="乡镇内收入刚过监测线的户异常集中（数字脱贫、虚假脱贫疑点）",
    en="too many households of a township just above the line (made-up figures?)",
    next_step="抽查刚过线的户 / verify a sample of the households just above the line",
    reads=("income.amount",),
    limits=("bunching_band", "bunching_least", "bunching_chance"),
    source="DOMAIN 7.1 [S78][S80]; after McCrary 2008, doi 10.1016/j.jeconom.2007.05.005",
)
def bunching_above_line(known: Known) -> pl.DataFrame:
    """Compare the households just above and just below the line.

    With bins of width b (a share of the line) let B, A be the township's counts in
    [1-b, 1) and [1, 1+b), and B2, A2 the whole county's in [1-2b, 1-b) and [1+b, 1+2b).
    If the density is smooth, its logarithm rises by log(A2/B2)/3 a bin, so a household
    near the line is above it with p = 1 / (1 + (A2/B2)^(-1/3)). Reported where
    P(Binomial(A + B, p) >= A) falls below the limit.
    """
    band, least = known.limits["bunching_band"], known.limits["bunching_least"]
    distance = (pl.col("resources_over_line") - 1) / band
    bins = known.readings.join(known.places.select("household_id", "township_id"), on="household_id").select(
        "township_id", distance.floor().alias("bin")
    )
    counts = bins.group_by("township_id").agg(
        (pl.col("bin") == 0).sum().alias("above"), (pl.col("bin") == -1).sum().alias("below")
    )
    above, below = (bins.filter(pl.col("bin") == bin).height + 0.5 for bin in (1, -2))
    share = 1 / (1 + exp(-log(above / below) / 3))
    near = counts.filter(pl.col("above") + pl.col("below") >= least)
    # Of the binomial; scipy.stats has it too and takes a second to import.
    chance = bdtrc(near["above"].to_numpy() - 1.0, (near["above"] + near["below"]).to_numpy(), share)
    evidence = pl.format("线上 {} 户 / 线下 {} 户 above / below the line", "above", "below")
    return near.filter(pl.Series(chance < known.limits["bunching_chance"])).select(
        "township_id", evidence.alias("evidence")
    )
