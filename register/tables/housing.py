"""Housing: how safe, how crowded, on what terms."""

from register.contract import Column, Table, household_id, recorded_on

HOUSING = Table(
    "housing",
    "住房",
    "housing",
    ("household_id", "occurred_on"),
    "occurred_on",
    (
        household_id(),
        Column("occurred_on", "date", "鉴定日期", "observed on", required=True),
        Column("grade", "code", "危房等级", "safety grade (C, D dangerous)", codes=("A", "B", "C", "D")),
        Column("rooms", "number", "房间数", "rooms", "rooms", low=0, high=60),
        Column("area_m2", "number", "住房面积", "floor area", "m2", low=0, high=5000),
        Column("tenure", "code", "产权", "tenure", codes=("owner", "tenant", "occupier", "other")),
        Column("has_poor_floor", "flag", "简陋地面", "earth, loose or bare cement floor"),
        Column("has_poor_roof", "flag", "简陋屋顶", "roof without ceiling or of makeshift material"),
        Column("has_toilet", "flag", "室内厕所", "toilet of its own"),
        Column("fuel", "code", "主要燃料", "main fuel", codes=("mains", "bottled", "wood_coal", "other")),
        Column("is_near_hazard", "flag", "邻近危险源", "near a dump, in a flood zone or informal settlement"),
        recorded_on(),
    ),
)
