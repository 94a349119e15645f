"""Households: where they live and how they stand in the register."""

from register.contract import Column, Table, household_id, recorded_on

HOUSEHOLDS = Table(
    "households",
    "户",
    "household",
    ("household_id", "valid_from"),
    "valid_from",
    (
        household_id(),
        Column("village_id", "id", "行政村编号", "village id", required=True),
        Column(
            "category",
            "code",
            "户类型",
            "household category",
            required=True,
            codes=("lifted_out", "ordinary"),
        ),
        Column("lifted_out_on", "date", "脱贫日期", "date lifted out of poverty"),
        Column(
            "structural_cause",
            "code",
            "原致贫原因（结构性）",
            "older, structural cause of poverty",
            codes=(
                "skills",
                "funds",
                "land",
                "water",
                "transport",
                "motivation",
                "illness",
                "disability",
                "schooling",
                "labour",
                "disaster",
                "other",
            ),
        ),
        Column("has_minimum_income", "flag", "低保户", "receives minimum living allowance", usage="audit"),
        Column("valid_from", "date", "生效日期", "valid from", required=True),
        Column("valid_to", "date", "失效日期", "valid to (exclusive)"),
        recorded_on(),
    ),
    entity=("household_id",),
    required=True,
)
