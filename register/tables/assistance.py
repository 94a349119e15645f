"""Assistance: help given, by the fourteen official groups of measures."""

from register.contract import Column, Table, household_id, member_id, recorded_on

_MEANINGS = {
    "industry": "产业帮扶",
    "employment": "就业帮扶",
    "finance": "金融帮扶",
    "public_post": "公益岗位帮扶",
    "health": "健康帮扶",
    "compulsory_education": "义务教育保障",
    "education": "教育帮扶",
    "social_security": "综合保障",
    "housing": "住房安全保障",
    "water": "饮水安全保障",
    "social": "社会帮扶",
    "relocation": "搬迁",
    "living_conditions": "生产生活条件改善",
    "infrastructure": "基础设施建设",
}
#: 100A39 to 100A55, DOMAIN section 5.
MEASURES = tuple(_MEANINGS)

ASSISTANCE = Table(
    "assistance",
    "帮扶措施",
    "assistance",
    "一行是一户或一人得到的一项帮扶措施；来自帮扶措施部分 / "
    "a row is a measure a household or person got; from the measures of the form (DOMAIN 5)",
    ("household_id", "member_id", "measure", "started_on"),
    "started_on",
    (
        household_id(),
        member_id(required=False),
        Column(
            "measure",
            "code",
            "措施类别",
            "group of measures",
            required=True,
            meanings=_MEANINGS,
            privacy="sensitive",
            description="14类，代码表100A39至100A55 / the fourteen groups of code tables 100A39 to 100A55",
        ),
        Column("started_on", "date", "开始日期", "started on", required=True),
        Column(
            "ended_on",
            "date",
            "结束日期",
            "ends on (exclusive)",
            description="长期有效则留空 / empty where no end is set",
        ),
        Column("amount", "money", "金额", "amount", "currency", low=0),
        recorded_on(),
    ),
)
