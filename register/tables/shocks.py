"""Shocks: disasters, losses, accidents, and how the household coped."""

from register.contract import Column, Table, household_id, recorded_on

DISASTERS = ("flood", "geological", "drought", "pest", "meteorological", "earthquake", "other_disaster")
LOSSES = ("crop_loss", "livestock_loss", "price_fall", "venture_failure")
ACCIDENTS = ("accident_injury", "accident_death")
COPING = ("spent_savings", "borrowed_family", "borrowed_bank", "bought_on_credit", "sold_belongings")
#: Disasters in the order of code table 100A271 (DOMAIN 2.1).
DISASTER_MEANINGS = {
    "flood": "洪涝",
    "geological": "地质灾害",
    "drought": "旱灾",
    "pest": "生物灾害",
    "meteorological": "气象灾害",
    "earthquake": "地震",
    "other_disaster": "其他灾害",
}
_MEANINGS = {
    **DISASTER_MEANINGS,
    "crop_loss": "作物受损",
    "livestock_loss": "牲畜死亡",
    "price_fall": "价格下跌",
    "venture_failure": "产业项目失败",
    "accident_injury": "意外伤害",
    "accident_death": "意外死亡",
    "spent_savings": "动用积蓄",
    "borrowed_family": "向亲友借款",
    "borrowed_bank": "向银行借款",
    "bought_on_credit": "赊购",
    "sold_belongings": "变卖家产",
}

SHOCKS = Table(
    "shocks",
    "灾害与意外",
    "shocks",
    "一行是一户遭遇的一次灾害、损失、意外，或应对之举；来自应急、交警、农业数据和走访 / "
    "a row is a disaster, loss or accident that hit a household, or how it coped; from department data and "
    "visits (DOMAIN 4)",
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
            privacy="sensitive",
            meanings={code: _MEANINGS[code] for code in (*DISASTERS, *LOSSES, *ACCIDENTS, *COPING)},
        ),
        Column(
            "loss",
            "money",
            "损失金额",
            "loss",
            "currency",
            low=0,
            description="核定的损失，扣除理赔之前 / loss as assessed, before any claim",
        ),
        recorded_on(),
    ),
)
