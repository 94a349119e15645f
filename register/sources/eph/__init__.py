"""EPH: Argentina's household survey as a register (real data; INDEC, docs/data_eph.md)."""

from register.sources.eph.source import EphSource

__all__ = ["EphSource"]
