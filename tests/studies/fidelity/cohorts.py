"""Invented cohorts to name causes of: features drawn by chance, risk from illness and lost work."""

import numpy as np
import pandas as pd
import polars as pl

from features.declaration import CAUSES, declared_features
from models.attribution.explanations import explain_households
from models.risk.model import RiskModel
from register.seasons import season_end
from studies.fidelity.naming import AT_WORK, LATER
from studies.fidelity.naming_cohorts import JudgedCohort

N = 240
ILLNESS, WORK = CAUSES.index("illness"), CAUSES.index("employment")


def judged_cohort(season="2024Q1", seed=1):
    """Every third household fell: the ill by illness at work, the others by work lost later."""
    generator, day = np.random.default_rng(seed), season_end(season)
    names = [one.name for one in declared_features()]
    ids = [f"{season}-{at:03d}" for at in range(N)]
    index = pd.MultiIndex.from_arrays(
        [ids, [np.datetime64(day, "s")] * N], names=["household_id", "as_of_date"]
    )
    then = pd.DataFrame(generator.integers(0, 2, (N, len(names))).astype(float), index=index, columns=names)
    now = then.copy()
    now["own_payment_over_needs_12m"] = generator.choice([0.0, 0.5], N)
    now["n_able_to_work"] = 1.0
    ill, fell = now["own_payment_over_needs_12m"].to_numpy() > 0, np.arange(N) % 3 == 0
    model = RiskModel(members=1, rounds=10, min_data_in_leaf=5, feature_fraction=1.0).fit(now, ill | fell)
    first = np.zeros((N, len(CAUSES)), dtype=bool)
    first[fell & ill, ILLNESS], first[fell & ~ill, WORK] = True, True
    rows = pl.DataFrame(
        {
            "household_id": ids,
            "as_of_date": [day] * N,
            "season": [season] * N,
            "county_id": ["c"] * N,
            "township_id": ["t"] * N,
            "village_id": [f"v{at % 8}" for at in range(N)],
            "is_listed": generator.random(N) < 0.3,
            "alerts": [["disaster"] if at % 5 == 0 else [] for at in range(N)],
            "fell": fell,
            "struck": pl.Series(np.where(fell, np.where(ill, AT_WORK, LATER), "")).replace({"": None}),
        },
        schema_overrides={"alerts": pl.List(pl.String())},
    )
    features = pl.concat([rows.select("household_id", "as_of_date"), pl.from_pandas(now)], how="horizontal")
    earlier = then.reset_index(drop=True).iloc[: N - 10]
    explained = explain_households(model, rows, now, earlier)
    return JudgedCohort(season, model, rows, features, now, earlier, explained, first)


class AlwaysWork:
    """A forecast that says work of everybody, with .7, and the same of all others."""

    def chances(self, frame):
        chances = np.full((len(frame), len(CAUSES)), 0.3 / (len(CAUSES) - 1))
        chances[:, WORK] = 0.7
        return chances
