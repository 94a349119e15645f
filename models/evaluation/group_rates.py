"""The rates of one group beside those of everybody else, and the counts they could be turned back into."""

import numpy as np

from models.arrays import Flags, Floats, Integers
from models.evaluation.equal_risk import equal_risk_gap
from models.evaluation.metrics.risk import Risks, base_rate, bias, mean_risk, slope
from models.figures import Figure
from models.resampling import Resampling, interval

#: Cells that a rate could be turned back into; none may be small where it is shown.
CELLS = ("held", "hits", "missed", "false_alarms", "passed_over")
#: Percentage points.
POINTS = 100

Rates = dict[str, float | None]


def recall_of_group(listed: Floats, label: Integers, own: Flags, rest: Flags, drawn: Resampling) -> Rates:
    """Give the recall of a group, its gap to the rest in points, and the cells behind its rates.

    Parameters
    ----------
    listed : ndarray, shape (n_rows,)
        How much of each row is listed.
    label : ndarray of int, shape (n_rows,)
        1 fell, 0 did not.
    own, rest : ndarray of bool, shape (n_rows,)
        The group, and whom it is held against.
    drawn : Resampling
        Of the rows.

    Returns
    -------
    dict of str to float or None
        Bounds (``_low``, ``_high``) are 95 %; missing without draws.
    """
    hits, fell = listed * label, label.astype(np.float64)
    figures = {
        "own": Figure(hits * own, fell * own),
        "rest": Figure(hits * rest, fell * rest),
    }
    spread = drawn.spread(figures)
    return {
        "n_positive": int(label[own].sum()),
        **_cells(listed[own], label[own]),
        "recall_at_capacity": figures["own"].value,
        **_ends("recall", spread["own"]),
        "exclusion_error": 1 - figures["own"].value,
        "recall_gap": POINTS * (figures["own"].value - figures["rest"].value),
        **_ends("recall_gap", POINTS * (spread["own"] - spread["rest"])),
    }


def rates_of_group(risk: Floats, listed: Floats, label: Integers, own: Flags, rest: Flags) -> Rates:
    """Give calibration, selection and precision of a group, and the gap its risks alone would make."""
    fell, chosen = label[own].astype(np.float64), listed[own]
    risks = Risks(risk[own], label[own])
    # let every household fall with the chance the model gives it
    expected = [Figure(listed[one] * risk[one], risk[one]).value for one in (own, rest)]
    return {
        **{one.__name__: one(risks).value for one in (base_rate, mean_risk, bias, slope)},
        "selection_rate": Figure(chosen, np.ones(len(chosen))).value,
        "precision_at_capacity": Figure(chosen * fell, chosen).value,
        "false_positive_rate": Figure(chosen * (1 - fell), 1 - fell).value,
        "omission_rate": Figure((1 - chosen) * fell, 1 - chosen).value,
        "recall_gap_expected": POINTS * (expected[0] - expected[1]),
    }


def gaps_of_group(
    listed: Floats, label: Integers, risk: Floats, band: Integers, own: Flags, rest: Flags, drawn: Resampling
) -> Rates:
    """Give how much more often a group falls unlisted than the rest, and is listed at equal risk, in points.

    Parameters
    ----------
    listed, label, own, rest, drawn
        As `recall_of_group` takes them.
    risk, band : ndarray, shape (n_rows,)
        The model's risk, and its bands (`models.evaluation.equal_risk.risk_bands`).
    """
    left = 1 - listed
    figures = {
        "own": Figure(left * label * own, left * own),
        "rest": Figure(left * label * rest, left * rest),
        "equal_risk_gap": equal_risk_gap(listed, risk, band, own, rest),
    }
    spread = drawn.spread(figures)
    return {
        "omission_gap": POINTS * (figures["own"].value - figures["rest"].value),
        **_ends("omission_gap", POINTS * (spread["own"] - spread["rest"])),
        "equal_risk_gap": POINTS * figures["equal_risk_gap"].value,
        **_ends("equal_risk_gap", POINTS * spread["equal_risk_gap"]),
    }


def _ends(name: str, values: Floats) -> Rates:
    return dict(zip((f"{name}_low", f"{name}_high"), interval(values), strict=True))


def _cells(listed: Floats, label: Integers) -> dict[str, float]:
    """Count the cells the rates could be turned back into."""
    return {
        "held": float((1 - label).sum()),
        "hits": float((listed * label).sum()),
        "missed": float(((1 - listed) * label).sum()),
        "false_alarms": float((listed * (1 - label)).sum()),
        "passed_over": float(((1 - listed) * (1 - label)).sum()),
    }
