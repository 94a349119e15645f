"""Every parameter of a run, typed and closed."""

from pipelines.workspace.parameters.files import load_params
from pipelines.workspace.parameters.parameters import FILES, Parameters

__all__ = ["FILES", "Parameters", "load_params"]
