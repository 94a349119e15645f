"""Members: who belongs to a household, how old and how able to work."""

from register.contract import Column, Table, household_id, member_id, recorded_on

MEMBERS = Table(
    "members",
    "家庭成员",
    "household member",
    ("member_id", "valid_from"),
    "valid_from",
    (
        household_id(),
        member_id(),
        Column("birth_date", "date", "出生日期", "date of birth", required=True),
        Column("sex", "code", "性别", "sex", codes=("female", "male"), usage="audit"),
        Column("ethnicity", "code", "民族", "ethnic group", codes=("han", "minority"), usage="audit"),
        Column(
            "relation",
            "code",
            "与户主关系",
            "relation to the head",
            codes=("head", "spouse", "child", "parent", "grandchild", "other"),
        ),
        Column(
            "education",
            "code",
            "文化程度",
            "education completed",
            codes=("none", "primary", "middle", "high", "college", "university"),
        ),
        Column(
            "labour",
            "code",
            "劳动技能",
            "ability to work",
            codes=("skilled", "ordinary", "weak", "lost", "none"),
        ),
        Column(
            "equivalents",
            "number",
            "等值人数",
            "equivalents (1 a person in China)",
            "equivalents",
            required=True,
            low=0,
            high=2,
        ),
        Column("valid_from", "date", "生效日期", "valid from", required=True),
        Column("valid_to", "date", "失效日期", "valid to (exclusive)"),
        recorded_on(),
    ),
    entity=("member_id",),
    required=True,
)
