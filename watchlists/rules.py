"""Must-visit rules: which department thresholds a household is over."""

from collections.abc import Sequence

import polars as pl

from register.errors import ContractError
from register.reference import AlertRule


def triggered_rules(features: pl.DataFrame, rules: Sequence[AlertRule]) -> pl.DataFrame:
    """List the rules that speak for each household.

    Parameters
    ----------
    features : DataFrame
        Feature frame of one season, one row a household.
    rules : sequence of AlertRule
        In the order they shall be named.

    Returns
    -------
    DataFrame
        ``household_id, rules`` (list of codes, empty if none speaks), by household. A
        missing feature triggers nothing: no record is no finding.

    Raises
    ------
    ContractError
        When a rule names a feature the frame lacks.
    """
    for rule in rules:
        if rule.feature not in features.columns:
            raise ContractError(
                f"alert_rules.yaml: rule {rule.code!r} reads feature {rule.feature!r}, which is not built; "
                "name a declared feature or drop the rule"
            )
    codes = [
        pl.when(pl.col(rule.feature) >= rule.at_least).then(pl.lit(rule.code)).alias(f"rule_{rule.code}")
        for rule in rules
    ]
    spoken = pl.concat_list(codes).list.drop_nulls() if codes else pl.lit([], dtype=pl.List(pl.String()))
    return features.select("household_id", spoken.alias("rules")).sort("household_id")
