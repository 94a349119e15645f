"""Every parameter of a run, typed and closed."""

from pipelines.workspace.parameters.files import PARAMS, PARAMS_SHA256, load_params
from pipelines.workspace.parameters.parameters import Parameters

__all__ = ["PARAMS", "PARAMS_SHA256", "Parameters", "load_params"]
