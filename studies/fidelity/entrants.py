"""Ways of naming causes that enter the benchmark: one function each.

To enter your own, write a function of `Way` and name it: ``python -m studies.fidelity --entrant
my_file:my_way`` judges it beside these (docs/fidelity.md says on what). A way whose package is
not installed is left out, with a line that says so.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module

import numpy as np
import pandas as pd

from models.arrays import Floats
from models.attribution.attribute import attribute, attribute_interventional
from models.risk.model import RiskModel

#: Given the fitted model, the households to explain, the features of each cause, and households of the
#: training to compare with, a way gives each household (row) each cause (column, in the order of the
#: groups) a number: the largest names the cause, and sums of absolute values say what placebos get.
Way = Callable[[RiskModel, pd.DataFrame, Mapping[str, Sequence[str]], pd.DataFrame], Floats]

SUMMED, BACKGROUND = "trees, summed SHAP", "trees, against a background"
WOODELF = "woodelf-explainer, against a background, summed"


def summed_shap(
    model: RiskModel,
    frame: pd.DataFrame,
    groups: Mapping[str, Sequence[str]],
    background: pd.DataFrame,  # noqa: ARG001 - a way's four arguments
) -> Floats:
    """Add the SHAP values of single features up by cause: the usual way."""
    _, singles = attribute(model, frame, {name: [name] for name in frame.columns})
    return _summed(singles, groups)


def against_background(
    model: RiskModel, frame: pd.DataFrame, groups: Mapping[str, Sequence[str]], background: pd.DataFrame
) -> Floats:
    """Let the causes play against background households, whose features stand in for unknown ones."""
    return attribute_interventional(model, frame, groups, background)[1].to_numpy()


def woodelf(
    model: RiskModel, frame: pd.DataFrame, groups: Mapping[str, Sequence[str]], background: pd.DataFrame
) -> Floats:
    """Add up by cause what woodelf-explainer gives single features against the same background.

    References
    ----------
    Nadel and Wettenstein (2026), From decision trees to Boolean logic, AAAI 40(29).
    """
    explainer = import_module("woodelf").WoodelfExplainer
    rows, behind = frame.reset_index(drop=True), background.reset_index(drop=True)
    parts = [np.asarray(explainer(one, behind).shap_values(rows)) for one in model.members_]
    return _summed(pd.DataFrame(np.mean(parts, axis=0), columns=frame.columns), groups)


ENTRANTS: dict[str, Way] = {SUMMED: summed_shap, BACKGROUND: against_background, WOODELF: woodelf}


def entered(
    ways: Mapping[str, Way],
    model: RiskModel,
    frame: pd.DataFrame,
    groups: Mapping[str, Sequence[str]],
    background: pd.DataFrame,
) -> dict[str, Floats]:
    """Let every way name the causes; one whose package is not installed is left out with a line."""
    parts = {}
    for name, way in ways.items():
        try:
            parts[name] = np.asarray(way(model, frame, groups, background), dtype=np.float64)
        except ModuleNotFoundError as absent:
            sys.stderr.write(f"{name}: left out, {absent.name} is not installed\n")
            continue
        _refuse_other_shape(name, parts[name].shape, (len(frame), len(groups)))
    return parts


def named_way(address: str) -> Way:
    """Import a way by ``module:function``.

    Examples
    --------
    >>> named_way("studies.fidelity.entrants:summed_shap").__name__
    'summed_shap'
    """
    module, _, function = address.partition(":")
    way: Way = getattr(import_module(module), function)
    return way


def _summed(singles: pd.DataFrame, groups: Mapping[str, Sequence[str]]) -> Floats:
    return np.column_stack([singles[list(chosen)].sum(axis=1) for chosen in groups.values()])


def _refuse_other_shape(name: str, shape: tuple[int, ...], wanted: tuple[int, int]) -> None:
    if shape != wanted:
        raise ValueError(
            f"{name}: gave numbers of shape {shape}, wanted {wanted}: a row a household, a column a cause"
        )
