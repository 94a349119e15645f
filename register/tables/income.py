"""Income: amounts by source as they came in, and the costs of earning them."""

from register.contract import Column, Table, household_id, member_id, recorded_on

#: Sources that add to net income, with whether they can be counted on (DOMAIN 1.3, 3.2).
WAGE = ("wage", "wage_second", "public_post", "bonus")
BUSINESS = ("crop", "livestock", "forest", "own_business")
TRANSFER = ("pension", "social_aid", "subsidy", "remittance", "scholarship")
OTHER = ("property", "other")
EARNED = (*WAGE, *BUSINESS, *TRANSFER, *OTHER)
UNSTABLE = ("bonus", "remittance", "other", "scholarship")
COST = ("business_cost",)
CLAIM = ("claim",)

INCOME = Table(
    "income",
    "收入与经营支出",
    "income and business costs",
    ("household_id", "member_id", "source", "occurred_on"),
    "occurred_on",
    (
        household_id(),
        member_id(required=False),
        Column("occurred_on", "date", "发生日期", "month or day the money came in", required=True),
        Column("source", "code", "来源", "source", required=True, codes=(*EARNED, *COST, *CLAIM)),
        Column("amount", "money", "金额", "amount", "currency", required=True, low=0, high=1e9),
        recorded_on(),
    ),
    required=True,
)
