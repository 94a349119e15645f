"""Assistance: help given, by the fourteen official groups of measures."""

from register.contract import Column, Table, household_id, member_id, recorded_on

#: 100A39 to 100A55, DOMAIN section 5.
MEASURES = (
    "industry",
    "employment",
    "finance",
    "public_post",
    "health",
    "compulsory_education",
    "education",
    "social_security",
    "housing",
    "water",
    "social",
    "relocation",
    "living_conditions",
    "infrastructure",
)

ASSISTANCE = Table(
    "assistance",
    "帮扶措施",
    "assistance",
    ("household_id", "member_id", "measure", "started_on"),
    "started_on",
    (
        household_id(),
        member_id(required=False),
        Column("measure", "code", "措施类别", "group of measures", required=True, codes=MEASURES),
        Column("started_on", "date", "开始日期", "started on", required=True),
        Column("ended_on", "date", "结束日期", "ends on (exclusive)"),
        Column("amount", "money", "金额", "amount", "currency", low=0),
        recorded_on(),
    ),
)
