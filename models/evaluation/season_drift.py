"""Whether a season has drifted away from what the model learned from: its features, and their score."""

from collections.abc import Iterable, Mapping

import polars as pl

from models.evaluation.feature_statistics import drift
from models.keys import KEYS
from models.names import SCORE
from models.risk.model import RiskModel
from models.risk.sampling import household_lot
from models.risk.training_set import feature_frame

DRIFT = {"against": pl.String(), "feature": pl.String(), "psi": pl.Float64(), "wasserstein": pl.Float64()}


def season_drift(
    model: RiskModel,
    season: pl.DataFrame,
    earlier: Mapping[str, pl.DataFrame],
    shards: Iterable[pl.DataFrame],
    rows: int,
    bins: int,
) -> pl.DataFrame:
    """Compare a season's cohort with earlier ones, under one model.

    Parameters
    ----------
    model : RiskModel
        The one that delivers; its features are compared.
    season : DataFrame
        ``household_id, as_of_date`` of the delivered season's cohort.
    earlier : mapping of str to DataFrame
        What to compare with, by name; one without rows is left out.
    shards : iterable of DataFrame
        The counties' features.
    rows : int
        About how many rows of each side are looked at, those of drawn households.
    bins : int
        Quantile bins of the earlier rows.

    Returns
    -------
    DataFrame
        `DRIFT` columns, the score first and then the features in the model's order: see
        `models.evaluation.feature_statistics.drift`.
    """
    sides = {"": season} | {name: part for name, part in earlier.items() if len(part)}
    drawn = {name: _drawn(part, rows) for name, part in sides.items()}
    scored = _scored(model, pl.concat(drawn.values()).unique(), shards)
    of = {name: scored.join(part, on=KEYS, how="semi").sort(KEYS) for name, part in drawn.items()}
    now, names = of.pop(""), [SCORE, *model.feature_names]
    drifts = [drift(then, now, names, bins).with_columns(against=pl.lit(name)) for name, then in of.items()]
    return pl.concat([pl.DataFrame(schema=DRIFT), *(one.select(list(DRIFT)) for one in drifts)])


def _drawn(rows: pl.DataFrame, most: int) -> pl.DataFrame:
    lots = pl.Series(household_lot(rows["household_id"], "drift"))
    return rows.filter(lots < min(1.0, most / max(len(rows), 1))).select(KEYS)


def _scored(model: RiskModel, rows: pl.DataFrame, shards: Iterable[pl.DataFrame]) -> pl.DataFrame:
    keys, frame = feature_frame(rows, shards, model.feature_names)
    values = pl.from_pandas(frame.reset_index(drop=True))
    return keys.hstack(values).with_columns(pl.Series(SCORE, model.predict_proba(frame)[:, 1]))
