"""Monitoring: who was identified as at risk, and when the risk was eliminated."""

from pathlib import Path

import yaml

from register.contract import Column, Table, household_id, recorded_on
from register.tables.shocks import DISASTER_MEANINGS

#: The official list, dated and cited; `register.reference.causes` reads the rest of it.
CAUSES_FILE = Path(__file__).with_name("causes.yaml")
_MEANINGS: dict[str, str] = {
    row["code"]: row["zh"]
    for row in yaml.load(CAUSES_FILE.read_text(encoding="utf-8"), yaml.CSafeLoader)
    if row["kind"] == "cause"
}
#: The official causes of return to poverty (100A27, DOMAIN 2.1).
CAUSES = tuple(_MEANINGS)


def _cause(slot: int) -> Column:
    return Column(
        f"cause_{slot}",
        "code",
        f"返贫致贫风险{slot}",
        f"risk recorded in slot {slot}",
        meanings=_MEANINGS,
        usage="label",
        privacy="sensitive",
    )


def _breach(name: str, zh: str, en: str) -> Column:
    return Column(
        name,
        "flag",
        zh,
        en,
        usage="label",
        description="识别事件填识别时，消除事件填消除后 / "
        "as found at identification, or after elimination, by the row's event",
    )


MONITORING = Table(
    "monitoring",
    "监测识别与消除",
    "monitoring",
    "一行是一户的一次识别或一次风险消除；来自监测对象信息表 / "
    "a row is a household's identification or the elimination of its risk; from the monitored-household "
    "export (DOMAIN 3.1)",
    ("household_id", "occurred_on", "event"),
    "occurred_on",
    (
        household_id(),
        Column("occurred_on", "date", "日期", "identified or eliminated on", required=True),
        Column(
            "event",
            "code",
            "事件",
            "event",
            required=True,
            meanings={"identified": "识别", "eliminated": "风险消除"},
        ),
        Column(
            "group",
            "code",
            "监测对象类别",
            "monitored group",
            usage="label",
            meanings={"unstable": "脱贫不稳定户", "marginal": "边缘易致贫户", "sudden": "突发严重困难户"},
            description="三类户；名称随年份变化 / the three groups; their names change over the years",
        ),
        Column(
            "main_cause",
            "code",
            "主要返贫致贫风险",
            "main risk recorded",
            meanings=_MEANINGS,
            usage="label",
            privacy="sensitive",
            description="返贫致贫风险1，代码表100A27 / risk in slot 1, code table 100A27",
        ),
        *(_cause(slot) for slot in range(2, 6)),
        Column(
            "disaster_kind",
            "code",
            "自然灾害子项",
            "kind of natural disaster",
            meanings=DISASTER_MEANINGS,
            usage="label",
            description="代码表100A271，风险含因自然灾害时填 / "
            "code table 100A271, where natural disaster is among the risks",
        ),
        Column(
            "elimination_mode",
            "code",
            "风险消除方式",
            "how the risk was eliminated",
            usage="label",
            meanings={"helped": "帮扶消除", "natural": "自然消除"},
            description="自然消除指死亡、迁出等 / natural: by death, moving away and the like",
        ),
        Column(
            "income_per_person",
            "money",
            "人均收入参考范围",
            "reference income per head",
            "currency/year",
            usage="label",
            description="年纯收入加理赔减合规自付，除以人数；可为负 / "
            "net income plus claims less eligible own payment, a head and year; may be negative",
        ),
        Column(
            "own_payment_year",
            "money",
            "合规自付支出",
            "eligible own payment of the year",
            "currency/year",
            low=0,
            usage="label",
            privacy="sensitive",
        ),
        _breach("has_unsafe_house", "住房出现安全问题", "house unsafe"),
        _breach("has_dropout", "义务教育阶段失学辍学", "a child dropped out of compulsory school"),
        _breach("has_unsafe_water", "饮水出现安全问题", "drinking water unsafe"),
        _breach("has_uninsured_member", "有成员未参加基本医保", "a member without basic health insurance"),
        recorded_on(),
    ),
)
