"""Schooling: who attends what, at what own cost."""

from register.contract import Column, Table, household_id, member_id, recorded_on

SCHOOLING = Table(
    "schooling",
    "就学",
    "schooling",
    ("member_id", "started_on", "stage"),
    "started_on",
    (
        household_id(),
        member_id(),
        Column("started_on", "date", "开始日期", "started on", required=True),
        Column("ended_on", "date", "结束日期", "ended on (exclusive)"),
        Column(
            "stage",
            "code",
            "就学阶段",
            "stage",
            required=True,
            codes=(
                "preschool",
                "primary",
                "middle",
                "high",
                "vocational",
                "college",
                "university",
                "adult",
                "dropped_out",
                "not_attending",
            ),
        ),
        Column("own_cost_year", "money", "年自付费用", "own cost a year", "currency/year", low=0),
        Column("is_private", "flag", "民办", "private school"),
        recorded_on(),
    ),
)
