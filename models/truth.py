"""What evaluation may read of a simulated prefecture's truth; nothing that trains or lists may.

The truth is written beside what the prefecture delivers (``artifacts/truth``) and knows the
ids of the source, not the register's pseudonyms.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import polars as pl

from models.metrics import Ranking
from models.training_set import KEYS
from register.atomic import read_parquet, sha256
from register.errors import StoreError

#: The tables of the truth; `register.simulator.truth.truth_of` says what they hold.
TABLES = ("resources", "falls", "risk")
#: Rankings of the oracle: true resources, and resources as they are recorded.
ORACLES = ("risk", "told_risk")


def read_truth(folder: Path, name: str, pseudonym: Callable[[str], str] | None = None) -> pl.DataFrame:
    """Read one table of the truth, all counties.

    Parameters
    ----------
    folder : Path
        Where the simulator wrote the truth.
    name : str
        One of `TABLES`.
    pseudonym : callable, optional
        Gives the register's id of a household; the source's ids stay without it.

    Raises
    ------
    StoreError
        When there is no truth, or a file is not what the manifest sealed.
    """
    path = folder / "manifest.json"
    if not path.is_file():
        raise StoreError(f"{path}: no truth found; only a simulated prefecture has one (huitou simulate)")
    sealed: Mapping[str, Mapping[str, object]] = json.loads(path.read_text(encoding="utf-8"))
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
    found = []
    for name in (*ORACLES, *models):
        figures = Ranking(rows[name].to_numpy(), label).metrics(once, [10])
        measured = {one: round(float(figures[one][0]), 4) for one in ("auc", "precision_at_10")}
        found.append({"ranking": name, "n": len(rows), "n_positive": int(label.sum()), **measured})
    return pl.DataFrame(found)


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
    found = []
    for code, when in rules.items():
        speaks = pl.all_horizontal(pl.col(name).cast(pl.Float64) >= least for name, least in when.items())
        named = rows.filter(speaks)["label"]
        precision = round(float(named.cast(pl.Float64).mean()), 4) if len(named) else None  # type: ignore[arg-type]
        found.append({"rule": code, "n": len(named), "precision": precision})
    return pl.DataFrame(found)
