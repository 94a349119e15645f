"""Health: treatment, diagnoses, certificates and insurance."""

from register.contract import Column, Table, household_id, member_id, recorded_on

HEALTH = Table(
    "health",
    "健康与医疗",
    "health",
    ("member_id", "occurred_on", "kind"),
    "occurred_on",
    (
        household_id(),
        member_id(),
        Column("occurred_on", "date", "发生日期", "occurred on", required=True),
        Column(
            "kind",
            "code",
            "类别",
            "kind",
            required=True,
            codes=(
                "inpatient",
                "outpatient",
                "chronic",
                "major_illness",
                "disability",
                "incapacity",
                "insurance",
            ),
        ),
        Column("total_cost", "money", "总费用", "total cost", "currency", low=0),
        Column("reimbursed", "money", "报销金额", "reimbursed", "currency", low=0),
        Column("own_payment", "money", "合规自付", "eligible own payment", "currency", low=0),
        Column("grade", "integer", "残疾等级", "disability grade (1 most severe)", low=1, high=4),
        Column(
            "disability_kind",
            "code",
            "残疾类别",
            "kind of disability",
            codes=("vision", "hearing", "speech", "limb", "intellectual", "mental", "multiple"),
        ),
        Column(
            "insurance",
            "code",
            "医保类型",
            "insurance",
            codes=("none", "resident", "employee", "private", "several"),
        ),
        recorded_on(),
    ),
)
