"""Monitoring: who was identified as at risk, and when the risk was eliminated."""

from register.contract import Column, Table, household_id, recorded_on

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
        recorded_on(),
    ),
)
