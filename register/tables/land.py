"""Land and livestock: what the household can live from at home."""

from register.contract import Column, Table, household_id, recorded_on

LAND = Table(
    "land",
    "土地与牲畜",
    "land and livestock",
    ("household_id", "occurred_on"),
    "occurred_on",
    (
        household_id(),
        Column("occurred_on", "date", "登记日期", "observed on", required=True),
        Column("arable_mu", "number", "耕地", "arable land", "mu", low=0, high=200),
        Column("forest_mu", "number", "林地", "forest", "mu", low=0, high=2000),
        Column("orchard_mu", "number", "林果", "orchard", "mu", low=0, high=200),
        Column("rented_out_mu", "number", "流转土地", "land rented out", "mu", low=0, high=200),
        Column("livestock_units", "number", "牲畜单位", "livestock units", "units", low=0, high=5000),
        Column("is_in_cooperative", "flag", "加入合作社", "member of a cooperative"),
        recorded_on(),
    ),
)
