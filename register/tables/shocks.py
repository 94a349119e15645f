"""Shocks: disasters, losses, accidents, and how the household coped."""

from register.contract import Column, Table, household_id, recorded_on

DISASTERS = ("flood", "geological", "drought", "pest", "meteorological", "earthquake", "other_disaster")
LOSSES = ("crop_loss", "livestock_loss", "price_fall", "venture_failure")
ACCIDENTS = ("accident_injury", "accident_death")
COPING = ("spent_savings", "borrowed_family", "borrowed_bank", "bought_on_credit", "sold_belongings")

SHOCKS = Table(
    "shocks",
    "灾害与意外",
    "shocks",
    ("household_id", "occurred_on", "kind"),
    "occurred_on",
    (
        household_id(),
        Column("occurred_on", "date", "发生日期", "occurred on", required=True),
        Column(
            "kind", "code", "类别", "kind", required=True, codes=(*DISASTERS, *LOSSES, *ACCIDENTS, *COPING)
        ),
        Column("loss", "money", "损失金额", "loss", "currency", low=0),
        recorded_on(),
    ),
)
