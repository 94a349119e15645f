"""Land and livestock: what the household can live from at home."""

from register.contract import Column, Table, household_id, recorded_on

LAND = Table(
    "land",
    "土地与牲畜",
    "land and livestock",
    "一行是一户土地和牲畜在某日的登记；来自生产生活条件部分 / "
    "a row is a household's land and livestock as found on a day; from the living conditions of the form "
    "(DOMAIN 3.2)",
    ("household_id", "occurred_on"),
    "occurred_on",
    (
        household_id(),
        Column("occurred_on", "date", "登记日期", "observed on", required=True),
        Column(
            "arable_mu",
            "number",
            "耕地",
            "arable land",
            "mu",
            low=0,
            high=200,
            description="超过100亩会列入核查清单 / above 100 mu it is put on the list to check",
        ),
        Column("forest_mu", "number", "林地", "forest", "mu", low=0, high=2000),
        Column("orchard_mu", "number", "林果", "orchard", "mu", low=0, high=200),
        Column("rented_out_mu", "number", "流转土地", "land rented out", "mu", low=0, high=200),
        Column(
            "livestock_units",
            "number",
            "牲畜单位",
            "livestock units",
            "units",
            low=0,
            high=5000,
            description="一头牛为1，其他按饲料折算 / a head of cattle is 1, others by what they eat",
        ),
        Column("is_in_cooperative", "flag", "加入合作社", "member of a cooperative"),
        recorded_on(),
    ),
)
