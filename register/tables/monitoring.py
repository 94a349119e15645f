"""Monitoring: who was identified as at risk, and when the risk was eliminated."""

from register.contract import Column, Table, household_id, recorded_on
from register.tables.shocks import DISASTERS

#: The official causes of return to poverty (100A27, DOMAIN 2.1).
CAUSES = (
    "illness",
    "disaster",
    "disability",
    "labour",
    "accident",
    "business",
    "employment",
    "schooling",
    "housing",
    "water",
    "other",
)

MONITORING = Table(
    "monitoring",
    "监测识别与消除",
    "monitoring",
    ("household_id", "occurred_on", "event"),
    "occurred_on",
    (
        household_id(),
        Column("occurred_on", "date", "日期", "identified or eliminated on", required=True),
        Column("event", "code", "事件", "event", required=True, codes=("identified", "eliminated")),
        Column(
            "group",
            "code",
            "监测对象类别",
            "monitored group",
            codes=("unstable", "marginal", "sudden"),
            usage="label",
        ),
        Column("main_cause", "code", "主要返贫致贫风险", "main risk recorded", codes=CAUSES, usage="label"),
        *(
            Column(
                f"cause_{slot}", "code", f"返贫致贫风险{slot}", f"risk {slot}", codes=CAUSES, usage="label"
            )
            for slot in range(2, 6)
        ),
        Column(
            "disaster_kind",
            "code",
            "自然灾害子项",
            "kind of natural disaster",
            codes=DISASTERS,
            usage="label",
        ),
        Column(
            "elimination_mode",
            "code",
            "风险消除方式",
            "how the risk was eliminated",
            codes=("helped", "natural"),
            usage="label",
        ),
        Column(
            "income_per_person",
            "money",
            "人均收入参考范围",
            "reference income per head",
            "currency/year",
            usage="label",
        ),
        Column(
            "own_payment_year",
            "money",
            "合规自付支出",
            "eligible own payment of the year",
            "currency",
            low=0,
            usage="label",
        ),
        Column("has_unsafe_house", "flag", "住房出现安全问题", "house unsafe", usage="label"),
        Column(
            "has_dropout",
            "flag",
            "义务教育阶段失学辍学",
            "a child dropped out of compulsory school",
            usage="label",
        ),
        Column("has_unsafe_water", "flag", "饮水出现安全问题", "drinking water unsafe", usage="label"),
        Column(
            "has_uninsured_member",
            "flag",
            "有成员未参加基本医保",
            "a member without basic health insurance",
            usage="label",
        ),
        recorded_on(),
    ),
)
