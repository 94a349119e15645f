"""Look-backs: what a visit to a listed household found."""

from register.contract import Column, Table, household_id, recorded_on

LOOKBACKS = Table(
    "lookbacks",
    "回头看",
    "look-back",
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
            codes=("confirmed", "not_confirmed", "already_helped", "moved_away"),
        ),
        Column("cause_found", "text", "核实原因", "cause found", usage="label"),
        Column("measure_begun", "text", "开始措施", "measure begun", usage="label"),
        recorded_on(),
    ),
)
