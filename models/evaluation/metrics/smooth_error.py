"""The smooth calibration error as a declared metric."""

from models.evaluation.declaration import OUTCOMES, metric
from models.evaluation.metrics.risk import Risks
from models.evaluation.smooth_calibration import SmoothCalibration
from models.figures import Figure, linear


@metric(
    zh="平滑校准误差",
    en="smooth calibration error",
    of="risk",
    disclosed_by=OUTCOMES,
    aim=0,
    digits=4,
    citation="Błasiok and Nakkiran 2023 (smECE)",
)
def smooth_calibration_error(risks: Risks) -> Figure:
    """Mean distance of the risks from what happened at like risks, smoothed as wide as it is itself."""
    smooth = SmoothCalibration(risks.risk, risks.label)
    return linear(smooth.error, smooth.influence)
