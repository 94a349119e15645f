"""`huitou explain`: read one household's risk and its causes from a release."""

import math

import polars as pl

from pipelines.releases import releases_of
from pipelines.workspace import load_params
from register.errors import SourceError
from register.reference import causes
from watchlists.release import open_release


def explain_household(household_id: str, season: str = "current") -> str:
    """Say in Chinese and English what the released model attributes to each cause.

    Parameters
    ----------
    household_id : str
        As it stands in the list.
    season : str
        A released season, or ``current``.

    Returns
    -------
    str
        Risk with interval, base, and each cause as a multiplier of the odds.

    Raises
    ------
    SeasonError
        When the season was never released.
    StoreError
        When the release is damaged.
    SourceError
        When the household was not in that season's cohort.
    """
    released = open_release(releases_of(load_params()), season)
    found = released.scores.filter(pl.col("household_id") == household_id)
    if found.is_empty():
        raise SourceError(
            f"{released.folder}/scores.parquet: household_id not found; look it up in the list, "
            "or the household was not in the cohort that season"
        )
    return _text(found.row(0, named=True))


def _text(score: dict[str, float]) -> str:
    base = 1 / (1 + math.exp(-score["base_margin"]))
    parts = sorted(
        ((name.removeprefix("phi_"), value) for name, value in score.items() if name.startswith("phi_")),
        key=lambda part: -part[1],
    )
    labels = causes()
    lines = [f"  {labels[name].zh} {labels[name].en:<18} ×{math.exp(value):.2f}" for name, value in parts]
    return "\n".join(
        [
            f"截至 as of {score['as_of_date']}",
            f"风险 risk {score['risk']:.1%} [{score['risk_low']:.1%}, {score['risk_high']:.1%}]",
            f"基准 base {base:.1%}",
            "模型把几率归因于 the model attributes to the odds:",
            *lines,
            "这是走访的理由，不是决定。A reason to visit, never a decision.",
            "",
        ]
    )
