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
#: With the places of the yearly form, a1 to e4 (DOMAIN 3.2).
_MEANINGS = {
    "wage": "务工工资 a1",
    "wage_second": "第二份工资",
    "public_post": "公益岗位工资 a2–a4",
    "bonus": "奖金、年终一次性工资",
    "crop": "种植收入 b1",
    "livestock": "养殖收入 b2",
    "forest": "林果收入 b3、自主采摘 a5",
    "own_business": "其他生产经营 b4",
    "pension": "养老保险金 d4",
    "social_aid": "低保金、特困供养金 d2 d3",
    "subsidy": "计生金、生态补偿、各类补贴 d1 d5 d6",
    "remittance": "赡养费、亲友寄款 d6",
    "scholarship": "教育扶持 d6",
    "property": "财产性收入 c1–c5",
    "other": "其他收入",
    "business_cost": "生产经营性支出 e1–e4",
    "claim": "理赔收入",
}

INCOME = Table(
    "income",
    "收入与经营支出",
    "income and business costs",
    "一行是某户某日（月）的一笔收入或支出；年度收入表a1至e4和月度台账都归于此 / "
    "a row is an amount a household got or spent on a day or in a month; yearly forms and monthly "
    "ledgers both end here (DOMAIN 1.3, 3.2)",
    ("household_id", "member_id", "source", "occurred_on"),
    "occurred_on",
    (
        household_id(),
        member_id(required=False),
        Column(
            "occurred_on",
            "date",
            "发生日期",
            "month or day the money came in",
            required=True,
            description="按月的填当月最后一天 / the last day of the month where only the month is known",
        ),
        Column(
            "source",
            "code",
            "来源",
            "source",
            required=True,
            meanings={code: _MEANINGS[code] for code in (*EARNED, *COST, *CLAIM)},
            description="纯收入为各来源之和减生产经营性支出；理赔另计 / "
            "net income is the sum of the sources less business costs; claims are added apart",
        ),
        Column(
            "amount",
            "money",
            "金额",
            "amount",
            "currency",
            required=True,
            low=0,
            high=1e9,
            description="支出也填正数 / costs are positive too",
        ),
        recorded_on(),
    ),
    required=True,
)
