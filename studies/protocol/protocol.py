"""`huitou protocol`: a finished run judged by other splits, learners and calibration maps."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import polars as pl

from models.evaluation.board import MODEL
from models.evaluation.leaderboard import FACTS, leaderboard
from models.keys import KEYS
from models.resampling import Bootstrap
from pipelines.stages.evaluation_rows import AUDITED, judged_rows
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.settings import parameters
from pipelines.workspace.workspace import HERE, progress
from register.atomic import write_text
from studies.protocol.calibration_comparison import compared
from studies.protocol.page import protocol_page
from studies.protocol.past import Past, all_folds
from studies.protocol.split_boundaries import split_boundaries
from studies.protocol.splits import ROLLING
from studies.protocol.trainings import Trained, by_split, refuse_stale, train_all

PROTOCOL = HERE.artifacts / "protocol"


def judge_by_protocol(assignments: Sequence[str], docs: Path | None) -> Path:
    """Train and judge by the protocol; write a CSV a table and ``protocol.md``.

    Parameters
    ----------
    assignments : sequence of str
        ``name=value`` as the run was given.
    docs : Path or None
        Where the page goes besides.

    Returns
    -------
    Path
        The page.

    Raises
    ------
    StoreError
        When there is no finished run, or it was made by other code, parameters or data.
    LeakageError
        When a boundary of a split does not hold; nothing is trained then.
    """
    params = parameters(assignments)
    past = Past.of(params)
    folds = all_folds(past)
    boundaries = split_boundaries(folds, past.cohort, past.splitting.region)
    tables = {"boundaries": boundaries, **_judged(past, train_all(past, folds))}
    for name, table in tables.items():
        write_text(PROTOCOL / f"{name}.csv", table.write_csv())
    text = protocol_page(tables, params)
    for target in (PROTOCOL / "protocol.md", *([docs] if docs else [])):
        write_text(target, text)
    return PROTOCOL / "protocol.md"


def _judged(past: Past, done: Sequence[Trained]) -> dict[str, pl.DataFrame]:
    judged = judged_rows(HERE, past.params).drop(AUDITED)
    scores = by_split(done)
    refuse_stale(scores, judged)
    facts = judged.select(*FACTS, MODEL)
    learned = pl.concat(one.learned for one in done if one.learned is not None)
    return {
        "splits": _board(facts.join(scores.drop(ROLLING), on=KEYS), past.params, "leaderboard of splits"),
        "leaderboard": _board(judged.join(learned, on=KEYS), past.params, "leaderboard of learners"),
        **_late(done, past.params),
    }


def _board(judged: pl.DataFrame, params: Parameters, title: str) -> pl.DataFrame:
    walk = partial(progress, title=title, unit="model")
    return leaderboard(judged, _bootstrap(params), params.compute.threads, walk)


def _late(done: Sequence[Trained], params: Parameters) -> dict[str, pl.DataFrame]:
    """Compare the calibration maps and the kinds, where any origin had enough to calibrate on."""
    late = [one.late for one in done if one.late and len(one.late.past)]
    if not late:
        return {}
    bootstrap = _bootstrap(params)
    return {
        "calibration_past": compared(pl.concat(one.past for one in late), bootstrap),
        "calibration_tests": compared(pl.concat(one.tested for one in late), bootstrap),
        "regrets": pl.concat(one.regrets for one in late),
    }


def _bootstrap(params: Parameters) -> Bootstrap:
    return Bootstrap(params.evaluate.bootstrap, params.evaluate.seed)
