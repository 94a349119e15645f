"""Look-backs: what a visit to a listed household found."""

from register.contract import Column, Table, household_id, recorded_on

LOOKBACKS = Table(
    "lookbacks",
    "回头看",
    "look-back",
    "一行是对名单上一户的一次走访；由填好的工作簿读回 / "
    "a row is a visit to a listed household; read back from the filled workbook",
    ("household_id", "visited_on"),
    "visited_on",
    (
        household_id(),
        Column("visited_on", "date", "走访日期", "visited on", required=True),
        Column(
            "result",
            "code",
            "核实结果",
            "result",
            required=True,
            usage="label",
            meanings={
                "confirmed": "已核实",
                "not_confirmed": "未核实",
                "already_helped": "已帮扶",
                "moved_away": "已迁出",
            },
        ),
        Column("cause_found", "text", "核实原因", "cause found", usage="label", privacy="sensitive"),
        Column("measure_begun", "text", "开始措施", "measure begun", usage="label"),
        recorded_on(),
    ),
)
