"""Water: whether drinking water is safe and at hand."""

from register.contract import Column, Table, household_id, recorded_on

WATER = Table(
    "water",
    "饮水",
    "drinking water",
    "一行是一户饮水在某日的核查；来自水利数据和入户核查 / "
    "a row is a household's drinking water as found on a day; from the department and visits (DOMAIN 4)",
    ("household_id", "occurred_on"),
    "occurred_on",
    (
        household_id(),
        Column("occurred_on", "date", "核查日期", "observed on", required=True),
        Column(
            "status",
            "code",
            "饮水安全",
            "safety",
            meanings={
                "safe": "安全",
                "cut": "断水超过一个月",
                "quality": "水质不达标",
                "distance": "取水距离过远",
            },
            description="非安全的三种都触发必访 / each of the three unsafe ones makes a must-visit",
        ),
        Column(
            "supply",
            "code",
            "供水方式",
            "supply",
            meanings={"indoor": "入户", "yard": "院内", "outside": "院外"},
        ),
        Column(
            "source",
            "code",
            "水源",
            "source",
            meanings={"network": "集中供水", "well": "水井", "other": "其他"},
        ),
        recorded_on(),
    ),
)
