"""Water: whether drinking water is safe and at hand."""

from register.contract import Column, Table, household_id, recorded_on

WATER = Table(
    "water",
    "饮水",
    "drinking water",
    ("household_id", "occurred_on"),
    "occurred_on",
    (
        household_id(),
        Column("occurred_on", "date", "核查日期", "observed on", required=True),
        Column("status", "code", "饮水安全", "safety", codes=("safe", "cut", "quality", "distance")),
        Column("supply", "code", "供水方式", "supply", codes=("indoor", "yard", "outside")),
        Column("source", "code", "水源", "source", codes=("network", "well", "other")),
        recorded_on(),
    ),
)
