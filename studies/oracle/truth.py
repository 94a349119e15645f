"""What evaluation may read of a simulated prefecture's truth; nothing that trains or lists may.

The truth lies apart from what the prefecture delivers (``artifacts/truth``) and knows the ids of
the source, not the register's pseudonyms.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from models.evaluation.metrics.ranking import Ranking
from models.keys import KEYS
from models.labels.label_rules import FALLS, outcome_of
from register.atomic import read_parquet, sha256
from register.errors import ParamsError, StoreError
from register.seasons import months_later
from studies.oracle.truth_making import made_truth

#: The tables of the truth; `simulator.truth.truth_of` says what they hold.
TABLES = ("resources", "falls", "risk")
#: Rankings of the oracle: true resources, and resources as they are recorded.
ORACLES = ("risk", "told_risk")


def read_truth(folder: Path, name: str, pseudonym: Callable[[str], str] | None = None) -> pl.DataFrame:
    """Read one table of the truth, all counties; the first reader works it out (`made_truth`).

    Parameters
    ----------
    folder : Path
        Where the truth lies.
    name : str
        One of `TABLES`.
    pseudonym : callable, optional
        Gives the register's id of a household; the source's ids stay without it.

    Raises
    ------
    StoreError
        When there is no truth, or a file is not what the manifest sealed.
    """
    sealed: Mapping[str, Mapping[str, object]] = json.loads(made_truth(folder).read_text(encoding="utf-8"))
    frames = [
        _verified(folder / file, str(facts["sha256"]))
        for file, facts in sorted(sealed.items())
        if Path(file).stem == name
    ]
    truth = pl.concat(frames)
    if pseudonym is None:
        return truth
    known = truth.select(pl.col("household_id").unique(maintain_order=True))
    names = known.with_columns(pl.Series("pseudonym", [pseudonym(one) for one in known["household_id"]]))
    return truth.join(names, on="household_id", how="left", maintain_order="left").select(
        pl.col("pseudonym").alias("household_id"), pl.exclude("household_id", "pseudonym")
    )


def _verified(path: Path, expected: str) -> pl.DataFrame:
    if not path.is_file() or sha256(path) != expected:
        raise StoreError(f"{path}: missing or changed since it was simulated; run huitou simulate again")
    return read_parquet(path)


def beside_the_oracle(judged: pl.DataFrame, risk: pl.DataFrame, models: Sequence[str]) -> pl.DataFrame:
    """Rank the same households by the true risk and by the models.

    Parameters
    ----------
    judged : DataFrame
        Keys, ``label`` and one column of scores a model.
    risk : DataFrame
        Table ``risk`` of the truth under the register's ids.
    models : sequence of str
        Columns of scores.

    Returns
    -------
    DataFrame
        ``ranking, n, n_positive, auc, precision_at_10``, one row an oracle or model, over the
        rows that have a true risk.
    """
    rows = judged.drop_nulls("label").join(risk, on=KEYS, how="inner")
    label = rows["label"].cast(pl.Int64).to_numpy()
    once = np.ones((1, len(rows)))
    rankings = []
    for name in (*ORACLES, *models):
        figures = Ranking(rows[name].to_numpy(), label).metrics(once, [10])
        measured = {one: round(float(figures[one][0]), 4) for one in ("auc", "precision_at_10")}
        rankings.append({"ranking": name, "n": len(rows), "n_positive": int(label.sum()), **measured})
    return pl.DataFrame(rankings)


def require_falls(label: Mapping[str, Any]) -> None:
    """Refuse a run of another label than the truth tells of.

    Raises
    ------
    ParamsError
        When the run was not trained on falls below the line within twelve months.
    """
    task = (outcome_of(label), label["months"])
    if task != (FALLS, 12):
        raise ParamsError(
            f"label: the truth tells of {FALLS} within 12 months, the last run is of {task[0]} within "
            f"{task[1]}; run huitou run without setting label.outcome and label.months"
        )


def hidden_by_help(judged: pl.DataFrame, resources: pl.DataFrame, months: int, model: str) -> pl.DataFrame:
    """Count the falls that would have come had all help stopped at the as-of date, and rank them.

    What help was paid after the date is taken from the recorded resources, all other luck
    the same; work and orchards that help brought go with it.

    Parameters
    ----------
    judged : DataFrame
        Keys, ``label`` and a column of scores.
    resources : DataFrame
        Table ``resources`` of the truth under the register's ids.
    months : int
        Length of the label window.
    model : str
        The column of scores.

    Returns
    -------
    DataFrame
        ``outcome`` (``as_told``: recorded on time and without error; ``without_help``), ``n,
        n_positive, auc, precision_at_10``, over the judged rows that stand in the truth.
    """
    known = judged.drop_nulls("label").select(*KEYS, model)
    parts = [_told_at(known, resources, day, months) for day in known["as_of_date"].unique().sort()]
    rows = pl.concat(parts).sort(KEYS)
    once, rankings = np.ones((1, len(rows))), []
    for outcome in ("as_told", "without_help"):
        fell = rows[outcome].cast(pl.Int64).to_numpy()
        figures = Ranking(rows[model].to_numpy(), fell).metrics(once, [10])
        measured = {one: round(float(figures[one][0]), 4) for one in ("auc", "precision_at_10")}
        rankings.append({"outcome": outcome, "n": len(rows), "n_positive": int(fell.sum()), **measured})
    return pl.DataFrame(rankings)


def _told_at(known: pl.DataFrame, resources: pl.DataFrame, day: date, months: int) -> pl.DataFrame:
    """Tell who of a date's rows falls in the window, with help and without what was paid since."""
    start = resources.filter(pl.col("as_of_date") == day).select("household_id", paid_before="help_paid")
    inside = resources.filter(
        pl.col("as_of_date") > day, pl.col("as_of_date") <= months_later(day, months)
    ).join(start, on="household_id")
    over_needs, help_since = pl.col("told_over_needs"), pl.col("help_paid") - pl.col("paid_before")
    fell = inside.group_by("household_id").agg(
        ((over_needs < 1) | pl.col("has_breach")).any().alias("as_told"),
        ((over_needs - help_since / pl.col("needs") < 1) | pl.col("has_breach")).any().alias("without_help"),
    )
    return known.filter(pl.col("as_of_date") == day).join(fell, on="household_id")


def rule_precision(marked: pl.DataFrame, rules: Mapping[str, Mapping[str, float]]) -> pl.DataFrame:
    """Measure single alert rules: of the households a rule names, how many fall.

    Parameters
    ----------
    marked : DataFrame
        ``label`` and the features that the rules read.
    rules : mapping of str to mapping
        Rule to feature to least value.

    Returns
    -------
    DataFrame
        ``rule, n, precision``; precision is missing where a rule names nobody.
    """
    rows = marked.drop_nulls("label")
    precisions = []
    for code, when in rules.items():
        speaks = pl.all_horizontal(pl.col(name).cast(pl.Float64) >= least for name, least in when.items())
        named = rows.filter(speaks)["label"]
        precision = round(float(named.cast(pl.Float64).mean()), 4) if len(named) else None  # type: ignore[arg-type]
        precisions.append({"rule": code, "n": len(named), "precision": precision})
    return pl.DataFrame(precisions)
