"""Health: treatment, diagnoses, certificates and insurance."""

from register.contract import Column, Table, household_id, member_id, recorded_on

HEALTH = Table(
    "health",
    "健康与医疗",
    "health",
    "一行是一人的一次就诊、诊断、评残或参保；来自医保、卫健、残联数据和家庭成员部分 / "
    "a row is a person's treatment, diagnosis, certificate or insurance; from department data and the "
    "member blocks (DOMAIN 3.1, 3.5)",
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
            privacy="sensitive",
            meanings={
                "inpatient": "住院",
                "outpatient": "门诊",
                "chronic": "长期慢性病",
                "major_illness": "患有大病",
                "disability": "残疾",
                "incapacity": "失能",
                "insurance": "参保",
            },
            description="健康状况100A13的慢性病、大病、残疾各为一行 / "
            "chronic illness, major illness and disability of the form are a row each",
        ),
        Column("total_cost", "money", "总费用", "total cost", "currency", low=0, privacy="sensitive"),
        Column(
            "reimbursed",
            "money",
            "报销金额",
            "reimbursed",
            "currency",
            low=0,
            privacy="sensitive",
            description="基本医保、大病保险、医疗救助之和 / insurance, major-illness cover and aid together",
        ),
        Column(
            "own_payment",
            "money",
            "合规自付",
            "eligible own payment",
            "currency",
            low=0,
            privacy="sensitive",
            description="合规自付支出，从收入中扣除后与收入线相比 / "
            "taken off income before it is compared with the line",
        ),
        Column(
            "grade",
            "integer",
            "残疾等级",
            "disability grade (1 most severe)",
            low=1,
            high=4,
            privacy="sensitive",
            description="一级最重，四级最轻 / 1 is the most severe, 4 the least",
        ),
        Column(
            "disability_kind",
            "code",
            "残疾类别",
            "kind of disability",
            privacy="sensitive",
            meanings={
                "vision": "视力",
                "hearing": "听力",
                "speech": "言语",
                "limb": "肢体",
                "intellectual": "智力",
                "mental": "精神",
                "multiple": "多重",
            },
        ),
        Column(
            "insurance",
            "code",
            "医保类型",
            "insurance",
            privacy="sensitive",
            meanings={
                "none": "未参保",
                "resident": "城乡居民医保",
                "employee": "职工医保",
                "private": "商业保险",
                "several": "多种",
            },
        ),
        recorded_on(),
    ),
)
