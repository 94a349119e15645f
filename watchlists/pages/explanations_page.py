"""The page of a release on its explanations: how causes push the risk, and how firm they are."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from register.atomic import write_text
from watchlists.label_wording import LabelWording
from watchlists.pages.pages import drawing, page


def write_explanations(
    target: Path,
    scores: pl.DataFrame,
    explained: pl.DataFrame,
    stability: Sequence[Mapping[str, Any]],
    season: str,
    wording: LabelWording,
    *,
    simulated: bool,
) -> None:
    """Write ``explanations.html``.

    Parameters
    ----------
    target : Path
        The page.
    scores : DataFrame
        Of the whole cohort, at least one household.
    explained : DataFrame
        What explains the listed households (watchlists.reasons.release_evidence).
    stability : sequence of mapping
        From `models.attribution.stability.stability`.
    season : str
        Of the release.
    wording : LabelWording
        What the outcome is called.
    simulated : bool
        Whether the page must say that its data are simulated.
    """
    from watchlists.pages.cause_plots import beeswarm, dependence, waterfall  # brings shap

    beside = scores.join(
        explained.select("household_id", "resources_over_line"), on="household_id", how="inner"
    )
    highest = scores.sort("risk", "household_id", descending=[True, False]).head(1)
    firm = scores["main_cause_support"].drop_nulls()
    pictures = {"beeswarm": drawing(beeswarm(scores)), "waterfall": drawing(waterfall(highest))}
    if beside["resources_over_line"].drop_nulls().len():
        pictures["dependence"] = drawing(dependence(beside, "income", "resources_over_line", "income / line"))
    values = {
        "season": season,
        "told": wording,
        "simulated": simulated,
        "pictures": pictures,
        "stability": stability,
        "highest": highest.row(0, named=True),
        "named": len(firm),
        "firm": (firm == 1).sum() / max(len(firm), 1),
        "households": len(scores),
    }
    write_text(target, page("explanations.html", values))
