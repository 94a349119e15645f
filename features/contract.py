"""The contract of the feature matrix, made from the declarations."""

from collections.abc import Sequence

import polars as pl

from features.declaration import Feature
from register.errors import ContractError

#: Rounding of sums may pass a bound by this much.
TOLERANCE = 1e-9


def check_features(built: pl.DataFrame, features: Sequence[Feature], where: str) -> None:
    """Refuse a matrix with a value outside its feature's bounds, or one that is no number.

    Parameters
    ----------
    built : DataFrame
        As `build_features` gives it; missing values are allowed everywhere.
    features : sequence of Feature
        Those the matrix was built from.
    where : str
        What the matrix is of, for the message.

    Raises
    ------
    ContractError
        On the first such feature; says how many values, never of which household.
    """
    bad = built.select(_outside(one).sum().alias(one.name) for one in features).row(0, named=True)
    for one in features:
        if bad[one.name]:
            low, high = one.bounds
            raise ContractError(
                f"{where}: feature {one.name} has {bad[one.name]} of {len(built)} values outside "
                f"{'-inf' if low is None else f'{low:g}'} to {'inf' if high is None else f'{high:g}'}; "
                f"mend the register's {one.over} or the bounds in features/{one.group}.py"
            )


def _outside(one: Feature) -> pl.Expr:
    low, high = one.bounds
    value = pl.col(one.name)
    outside = ~value.is_finite()
    if low is not None:
        outside |= value < low - TOLERANCE
    if high is not None:
        outside |= value > high + TOLERANCE
    return outside
