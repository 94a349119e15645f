"""Housing: how safe, how crowded, on what terms."""

from register.contract import Column, Table, household_id, recorded_on

HOUSING = Table(
    "housing",
    "住房",
    "housing",
    "一行是一户住房在某日的鉴定或登记；来自住建数据和生产生活条件部分 / "
    "a row is a household's home as found on a day; from the housing department and the living conditions "
    "of the form (DOMAIN 3.2)",
    ("household_id", "occurred_on"),
    "occurred_on",
    (
        household_id(),
        Column("occurred_on", "date", "鉴定日期", "observed on", required=True),
        Column(
            "grade",
            "code",
            "危房等级",
            "safety grade (C, D dangerous)",
            meanings={"A": "A级 安全", "B": "B级 基本安全", "C": "C级 局部危险", "D": "D级 整体危险"},
            description="C级、D级为危房，触发必访 / C and D are dangerous and make a must-visit",
        ),
        Column("rooms", "number", "房间数", "rooms", "rooms", low=0, high=60),
        Column("area_m2", "number", "住房面积", "floor area", "m2", low=0, high=5000),
        Column(
            "tenure",
            "code",
            "产权",
            "tenure",
            meanings={"owner": "自有", "tenant": "租住", "occupier": "借住", "other": "其他"},
        ),
        Column("has_poor_floor", "flag", "简陋地面", "earth, loose or bare cement floor"),
        Column("has_poor_roof", "flag", "简陋屋顶", "roof without ceiling or of makeshift material"),
        Column("has_toilet", "flag", "室内厕所", "toilet of its own"),
        Column(
            "fuel",
            "code",
            "主要燃料",
            "main fuel",
            meanings={"mains": "管道气、电", "bottled": "瓶装气", "wood_coal": "柴草、煤炭", "other": "其他"},
        ),
        Column("is_near_hazard", "flag", "邻近危险源", "near a dump, in a flood zone or informal settlement"),
        recorded_on(),
    ),
)
