"""The one place that knows how the shards of a prefecture are walked."""

from pipelines.workspace.shards.parts import Part, parts
from pipelines.workspace.shards.processes import dismiss
from pipelines.workspace.shards.walk import map_shards

__all__ = ["Part", "dismiss", "map_shards", "parts"]
