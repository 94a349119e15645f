"""Relocation: moves of the household and changes of who lives together."""

from register.contract import Column, Table, household_id, recorded_on

RELOCATION = Table(
    "relocation",
    "搬迁与人口变动",
    "relocation and change of household",
    ("household_id", "occurred_on", "kind"),
    "occurred_on",
    (
        household_id(),
        Column("occurred_on", "date", "发生日期", "occurred on", required=True),
        Column(
            "kind",
            "code",
            "类别",
            "kind",
            required=True,
            codes=(
                "site_move",
                "scattered_move",
                "second_move",
                "from_elsewhere",
                "from_abroad",
                "recent_arrival",
                "tenure_change",
                "member_joined",
                "member_left",
            ),
        ),
        Column("site_id", "id", "安置点编号", "settlement site id"),
        Column("distance_km", "number", "距原土地", "distance from the old land", "km", low=0, high=5000),
        Column("site_has_workshop", "flag", "有帮扶车间", "site has a workshop"),
        recorded_on(),
    ),
)
