"""Panel surveys: waves of the same households, read through a mapping that a researcher writes."""

from register.sources.panel.source import PanelSource

__all__ = ["PanelSource"]
