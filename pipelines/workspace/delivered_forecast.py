"""Which forecast of causes may speak beside the delivering model, if any."""

from typing import TYPE_CHECKING

from pipelines.workspace.champion import delivery_of
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.workspace import Workspace

if TYPE_CHECKING:
    from models.causes.forecast import CauseForecast


def delivered_forecast(workspace: Workspace, params: Parameters) -> "CauseForecast | None":
    """Load the forecast of causes that was trained with the delivering model.

    Returns
    -------
    CauseForecast or None
        None under a published order, beside a model without one (of an earlier version, or
        trained on too few records), and where the gate did not let it pass
        (`models.causes.gate.judge_forecast`).
    """
    from models.causes.storage import load_forecast  # slow to import, and only those who score need it

    delivery = delivery_of(workspace, params)
    stored = None if delivery.order else load_forecast(delivery.folder)
    if stored is None:
        return None
    forecast, verdict = stored
    return forecast if verdict.get("is_used") else None
