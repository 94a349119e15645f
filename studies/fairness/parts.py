"""Which circumstances make the model's risk of a group lower than that of others at equal true risk."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from features.declaration import GROUPS
from features.storage import read_features
from models.attribution.explanations import explain_households
from models.attribution.year_behind import a_year_behind
from models.evaluation.equal_risk import equal_risk_gap, risk_bands
from models.keys import KEYS
from models.risk.storage import load_model
from models.risk.training_set import feature_frame
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.training_outputs import PLACES
from pipelines.workspace.workspace import Workspace, progress
from register.atomic import read_parquet
from studies.fairness.cohort import TOLD_RISK
from studies.fairness.study import Group, members

#: True recorded risk from which households are explained: below it hardly anybody is listed (project).
FROM = 0.1


def parts_at_equal_risk(
    workspace: Workspace, params: Parameters, rows: pl.DataFrame, missed: Sequence[Group]
) -> pl.DataFrame:
    """Split the gap of log-odds at equal true risk by cause and circumstance, for the groups missed.

    Parameters
    ----------
    workspace : Workspace
        With the model of every judged season, and features.
    params : Parameters
        Threads, and bands of risk.
    rows : DataFrame
        From `studies.fairness.cohort.judged_with_truth`.
    missed : sequence of Group
        Groups to explain.

    Returns
    -------
    DataFrame
        ``group, value, n``, ``margin`` (how much lower the log-odds are than those of others at equal
        true risk, from `FROM` on) and `GROUPS`, which add up to it.
    """
    chosen = rows.filter(pl.col(TOLD_RISK) >= FROM)
    seasons = chosen.partition_by("origin", as_dict=True).items()
    explained = [
        _explained(workspace, str(season), part, params.compute.threads)
        for (season,), part in progress(seasons, "parts", "season")
    ]
    parts = chosen.join(pl.concat(explained), on=["origin", "household_id"])
    return split_gaps(parts, missed, params.evaluate.risk_bands)


def split_gaps(parts: pl.DataFrame, missed: Sequence[Group], bands: int) -> pl.DataFrame:
    """Compare the parts of every group with those of others at equal true risk (`parts_at_equal_risk`)."""
    risk = parts[TOLD_RISK].to_numpy()
    band, lines = risk_bands(risk, bands), []
    phi = {name: parts[f"phi_{name}"].to_numpy() for name in GROUPS}
    for group in missed:
        own = members(parts, (group,))
        gaps = {name: equal_risk_gap(one, risk, band, own, ~own).value for name, one in phi.items()}
        sums = {"n": int(own.sum()), "margin": float(np.sum(list(gaps.values())))}
        lines.append({"group": group[0], "value": group[1], **sums, **gaps})
    return pl.DataFrame(lines)


def _explained(workspace: Workspace, season: str, rows: pl.DataFrame, threads: int) -> pl.DataFrame:
    model = load_model(workspace.origins / season, threads)
    built = pl.concat(read_features(path) for path in sorted(workspace.features.glob("*.parquet")))
    places = read_parquet(workspace.cohort).select(*KEYS, *PLACES)
    known, now = feature_frame(
        rows.select(*KEYS, "origin").join(places, on=list(KEYS)), [built], model.feature_names
    )
    earlier = a_year_behind(known, built, model.feature_names)
    parts = explain_households(model, known, now, earlier)
    return parts.select("household_id", pl.lit(season).alias("origin"), *(f"phi_{name}" for name in GROUPS))
