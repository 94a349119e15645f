"""The temporal validator: every boundary of every split is worked out again from the rows trained on."""

from collections.abc import Iterable
from datetime import date

import polars as pl

from models.keys import KEYS
from models.places import whole
from register.errors import LeakageError
from register.seasons import season_end
from studies.protocol.splits import HOUSEHOLDS, REGIONS, TIMED, Fold

Boundary = dict[str, object]


def split_boundaries(folds: Iterable[Fold], cohort: pl.DataFrame, region: str) -> pl.DataFrame:
    """Say for every training where it ended and what it shares with the rows it judges.

    Parameters
    ----------
    folds : iterable of Fold
        All trainings of one split or of several.
    cohort : DataFrame
        `KEYS`, `region` and ``label_known_on`` of every row, as known at the register's end.
    region : str
        Column that names the region.

    Returns
    -------
    DataFrame
        ``split, origin, part``; ``first_trained, last_trained`` (as-of dates) and
        ``last_label_known_on``; ``outcome_known_from``, when the first outcome judged by became
        known; ``n_trained, n_judged``; ``n_shared_rows,
        n_shared_households, n_shared_regions`` between both.

    Raises
    ------
    LeakageError
        When a training of a timed split looks past its season's end, or judges another date
        or by an outcome known at it,
        when a row, or a household or region that should be held out, stands on both sides,
        or when a row is judged twice.
    """
    walked = list(folds)
    outcomes = cohort.select(*KEYS, whole(region).alias("region"), outcome_known_on="label_known_on")
    boundaries = [_boundary(fold, outcomes) for fold in walked]
    judged = pl.concat([fold.judged.select(*KEYS, split=pl.lit(fold.split)) for fold in walked])
    twice = len(judged) - judged.n_unique()
    if twice:
        raise LeakageError(
            f"splits: found {twice} rows judged by two parts of one split, allowed is one; parts must "
            "not overlap (studies/protocol/splits.py)"
        )
    return pl.DataFrame(boundaries)


def _boundary(fold: Fold, outcomes: pl.DataFrame) -> Boundary:
    trained, judged = (rows.join(outcomes, on=KEYS, how="left") for rows in (fold.trained, fold.judged))
    where = f"split {fold.split}, origin {fold.origin}, part {fold.part}"
    if fold.split in TIMED:
        _refuse_late(where, season_end(fold.origin), trained, judged)
    shared = {
        "rows": len(trained.join(judged, on=KEYS, how="semi")),
        "households": _shared(trained, judged, "household_id"),
        "regions": _shared(trained, judged, "region"),
    }
    _refuse_shared(where, fold.split, shared)
    return {
        "split": fold.split,
        "origin": fold.origin,
        "part": fold.part,
        "first_trained": trained["as_of_date"].min(),
        "last_trained": trained["as_of_date"].max(),
        "last_label_known_on": trained["label_known_on"].max(),
        "outcome_known_from": judged["outcome_known_on"].min(),
        "n_trained": len(trained),
        "n_judged": len(judged),
        **{f"n_shared_{name}": count for name, count in shared.items()},
    }


def _refuse_late(where: str, day: date, trained: pl.DataFrame, judged: pl.DataFrame) -> None:
    in_time = (pl.col("as_of_date") < day) & (pl.col("label_known_on") <= day)
    late = len(trained.filter(~in_time.fill_null(value=False)))
    if late:
        raise LeakageError(
            f"{where}: found {late} rows trained on that are dated {day} or later or whose label was not "
            "known by then, allowed is none; train on what was known at the season's end"
        )
    elsewhere = len(judged.filter(pl.col("as_of_date") != day))
    if elsewhere:
        raise LeakageError(
            f"{where}: found {elsewhere} rows judged at another date than {day}, allowed is none; judge the "
            "season's own cohort"
        )
    known = len(judged.filter(pl.col("outcome_known_on") <= day))
    if known:
        raise LeakageError(
            f"{where}: found {known} rows judged by an outcome known by {day}, allowed are outcomes from "
            "after it; check the label section of params.yaml and train again"
        )


def _refuse_shared(where: str, split: str, shared: dict[str, int]) -> None:
    """Refuse a row on both sides, and a household or region where it should be held out."""
    forbidden = {"rows", *({"households"} if split == HOUSEHOLDS else ())}
    forbidden |= {"regions"} if split == REGIONS else set()
    for name in sorted(forbidden):
        if shared[name]:
            raise LeakageError(
                f"{where}: found {shared[name]} {name} trained on and judged, allowed is none; leave the "
                "part judged out of training (studies/protocol/splits.py)"
            )


def _shared(trained: pl.DataFrame, judged: pl.DataFrame, name: str) -> int:
    return len(set(trained[name].unique()) & set(judged[name].unique()))
