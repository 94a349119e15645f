"""Schooling: who attends what, at what own cost."""

from register.contract import Column, Table, household_id, member_id, recorded_on

SCHOOLING = Table(
    "schooling",
    "就学",
    "schooling",
    "一行是一人的一段就学或失学；来自在校生状况和失辍学原因 / "
    "a row is a person's spell in or out of school; from the student fields of the forms (DOMAIN 3.5)",
    ("member_id", "started_on", "stage"),
    "started_on",
    (
        household_id(),
        member_id(),
        Column("started_on", "date", "开始日期", "started on", required=True, privacy="sensitive"),
        Column("ended_on", "date", "结束日期", "ended on (exclusive)", privacy="sensitive"),
        Column(
            "stage",
            "code",
            "就学阶段",
            "stage",
            required=True,
            privacy="sensitive",
            meanings={
                "preschool": "学前教育",
                "primary": "小学",
                "middle": "初中",
                "high": "普通高中",
                "vocational": "中职、技工",
                "college": "高职高专",
                "university": "本科及以上",
                "adult": "成人教育",
                "dropped_out": "失学辍学",
                "not_attending": "未上学",
            },
            description="在校生状况100A12；义务教育阶段无故不在校为失学辍学 / "
            "dropped_out is a child of compulsory age who left school",
        ),
        Column(
            "own_cost_year",
            "money",
            "年自付费用",
            "own cost a year",
            "currency/year",
            low=0,
            privacy="sensitive",
            description="学费、住宿等，扣除资助 / fees and board less aid",
        ),
        Column("is_private", "flag", "民办", "private school", privacy="sensitive"),
        recorded_on(),
    ),
)
