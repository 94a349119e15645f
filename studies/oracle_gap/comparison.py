"""The same households ranked in every way: by the true risk, the model, and the steps between the two."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl

from models.keys import KEYS
from pipelines.workspace.parameters import Parameters
from studies.oracle.truth import read_truth
from studies.oracle_gap.figures import FELL, RECORDED, auc, judged, outcomes, parts, rankings, scores
from studies.oracle_gap.runs import BUILT, Variant, run
from studies.oracle_gap.trees import trees_of

#: Futures over those of params.yaml, so that the true risk is known more sharply.
SHARPER = 5
DEFAULT, TRUE, TIMELY, BOTH = "default", "true", "timely", "true and timely"
MORE, KNOWN_STATE, SHARP = "more", "told the state", "sharper truth"
RISK, TOLD_RISK = "risk", "told_risk"
#: What the gap to the true risk is the sum of: each step is the better less the worse ranking.
STEPS = {
    "reporting": (TRUE, DEFAULT),
    "lateness": (BOTH, TRUE),
    "sample size": (MORE, BOTH),
    "what is left": (RISK, MORE),
}
#: What is left, seen from as many households as there are.
REST = {
    "what no register holds": (KNOWN_STATE, BOTH),
    "the model itself": (RISK, KNOWN_STATE),
}
OTHER_ORDER = {"lateness first": (TIMELY, DEFAULT), "reporting then": (BOTH, TIMELY)}


@dataclass(frozen=True)
class Comparison:
    """All the report tells.

    Attributes
    ----------
    rows : DataFrame
        The households judged (`studies.oracle_gap.figures.judged`).
    of_all : mapping of str to (DataFrame, mapping)
        AUC of every score and its draws, by outcome.
    own : mapping of str to DataFrame
        AUC of the best ranking and the model in the cohort and by the labels of each run itself.
    sharpness : mapping of int to float
        Futures to the true risk's AUC.
    trained : mapping of str to mapping
        Households in the prefecture, rows and falls learned from, kind of model.
    times : int
        How many times the households.
    """

    rows: pl.DataFrame
    of_all: Mapping[str, tuple[pd.DataFrame, Mapping[str, np.ndarray]]]
    own: Mapping[str, pd.DataFrame]
    sharpness: Mapping[int, float]
    trained: Mapping[str, Mapping[str, Any]]
    times: int


def variants() -> dict[str, Variant]:
    """Name the prefectures of as many households as by default."""
    return {
        DEFAULT: Variant(futures=1),
        TRUE: Variant(is_true=True),
        TIMELY: Variant(is_timely=True),
        BOTH: Variant(is_true=True, is_timely=True),
    }


def measure(root: Path, params: Parameters, times: int) -> Comparison:
    """Run what has not been run, and rank the same households in every way."""
    folders = {name: root / name for name in (*variants(), MORE, SHARP)}
    run(Variant(futures=SHARPER), folders[SHARP], params, stages=("simulate",))
    used = {name: run(one, folders[name], params) for name, one in variants().items()}
    more = Variant(is_true=True, is_timely=True, times=times)
    used[MORE] = run(more, folders[MORE], params, stages=BUILT)
    futures = used[DEFAULT].simulator.futures
    risks = {
        futures * by: read_truth(folders[name] / "artifacts" / "truth", "risk")
        for by, name in ((1, DEFAULT), (SHARPER, SHARP))
    }
    risk = risks[futures * SHARPER]
    scored = [scores(folders[name], name) for name in variants()]
    counties, seasons = params.simulator.counties, params.simulator.risk_seasons
    scored.append(trees_of(folders[MORE], used[MORE], counties, seasons, MORE))
    scored.append(trees_of(folders[BOTH], used[BOTH], counties, seasons, KNOWN_STATE, told_states=True))
    rows = judged(folders[DEFAULT], [folders[TRUE], folders[TIMELY]], folders[BOTH], scored, risk)
    names = [RISK, TOLD_RISK, *variants(), MORE, KNOWN_STATE]
    return Comparison(
        rows,
        {outcome: rankings(rows, names, outcome) for outcome in (FELL, RECORDED)},
        {name: _own(folders[name], name, risk, one.is_true) for name, one in variants().items()},
        {n: _auc_of(one, rows) for n, one in risks.items()},
        {name: _trained(folders[name], used[name]) for name in (*variants(), MORE)},
        times,
    )


def _auc_of(risk: pl.DataFrame, rows: pl.DataFrame) -> float:
    known = rows.select(*KEYS, FELL).join(risk, on=KEYS, how="inner")
    return auc(known.sort(KEYS), RISK, FELL).value


def _own(folder: Path, name: str, risk: pl.DataFrame, is_true: bool) -> pd.DataFrame:
    """Rank a run's whole cohort by its own labels: the best ranking of such labels, and the model."""
    rows = outcomes(folder).join(risk, on=KEYS, how="inner").join(scores(folder, name), on=KEYS, how="inner")
    best = RISK if is_true else TOLD_RISK
    table, drawn = rankings(rows.sort(KEYS), [RISK, TOLD_RISK, name], "label")
    gaps = parts(table, drawn, {"gap": (best, name)})
    return pd.concat([table.rename(index={name: "model"}), gaps]).assign(
        n=len(rows), n_positive=int(rows["label"].sum())
    )


def _trained(folder: Path, params: Parameters) -> dict[str, Any]:
    seasons = sorted((folder / "artifacts" / "model" / "origins").glob("*/model.json"))
    facts = [json.loads(path.read_text(encoding="utf-8"))["facts"] for path in seasons]
    settings = params.simulator
    return {
        "households at the start": settings.counties * settings.households_per_county,
        **{
            title: ", ".join(str(one[name]) for one in facts)
            for title, name in (
                ("rows learned from", "n_rows_trained_on"),
                ("falls among them", "n_positive"),
                ("kind of model", "kind"),
            )
        },
    }
