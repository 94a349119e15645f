"""Relocation: moves of the household and changes of who lives together."""

from register.contract import Column, Table, household_id, recorded_on

RELOCATION = Table(
    "relocation",
    "搬迁与人口变动",
    "relocation and change of household",
    "一行是一户的一次搬迁或人口变动；来自搬迁安置信息和自然变更 / "
    "a row is a household's move or change of members; from the relocation fields (DOMAIN 3.5)",
    ("household_id", "occurred_on", "kind"),
    "occurred_on",
    (
        household_id(),
        Column(
            "occurred_on",
            "date",
            "发生日期",
            "occurred on",
            required=True,
            description="搬迁填实际入住日期 / the day of moving in",
        ),
        Column(
            "kind",
            "code",
            "类别",
            "kind",
            required=True,
            meanings={
                "site_move": "搬入集中安置点",
                "scattered_move": "分散安置",
                "second_move": "二次搬迁",
                "from_elsewhere": "外地迁入",
                "from_abroad": "境外迁入",
                "recent_arrival": "新近迁入",
                "tenure_change": "产权变化",
                "member_joined": "人口增加",
                "member_left": "人口减少",
            },
        ),
        Column("site_id", "id", "安置点编号", "settlement site id"),
        Column("distance_km", "number", "距原土地", "distance from the old land", "km", low=0, high=5000),
        Column("site_has_workshop", "flag", "有帮扶车间", "site has a workshop"),
        recorded_on(),
    ),
)
