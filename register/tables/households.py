"""Households: where they live and how they stand in the register."""

from register.contract import Column, Table, household_id, identity, recorded_on, valid_from, valid_to

HOUSEHOLDS = Table(
    "households",
    "户",
    "household",
    "一行是一户自某日起的状况；来自户信息和监测对象信息表 / "
    "a row is a household as of a date; from the household and monitored-household exports (DOMAIN 3.1, 3.2)",
    ("household_id", "valid_from"),
    "valid_from",
    (
        household_id(),
        Column(
            "village_id",
            "id",
            "行政村编号",
            "village id",
            required=True,
            description="须在行政村表中 / must stand in the village table",
        ),
        Column(
            "category",
            "code",
            "户类型",
            "household category",
            required=True,
            meanings={"lifted_out": "脱贫户", "ordinary": "一般农户"},
            description="户类型100A03：是否曾建档立卡并脱贫，与是否监测对象无关 / "
            "whether once registered as poor and lifted out; says nothing of monitoring",
        ),
        Column("lifted_out_on", "date", "脱贫日期", "date lifted out of poverty"),
        Column(
            "structural_cause",
            "code",
            "原致贫原因（结构性）",
            "older, structural cause of poverty",
            meanings={
                "skills": "缺技术",
                "funds": "缺资金",
                "land": "缺土地",
                "water": "缺水",
                "transport": "交通条件落后",
                "motivation": "自身发展动力不足",
                "illness": "因病",
                "disability": "因残",
                "schooling": "因学",
                "labour": "缺劳力",
                "disaster": "因灾",
                "other": "其他",
            },
            privacy="sensitive",
            description="建档立卡时的致贫原因1；与现行11类风险的对应见 causes / "
            "first cause of the 2014-2020 lists; how they map to today's eleven stands in causes",
        ),
        Column(
            "has_minimum_income",
            "flag",
            "低保户",
            "receives minimum living allowance",
            usage="audit",
            privacy="sensitive",
            description="常因监测而获批，故不作特征 / often granted in response, so never a feature",
        ),
        Column(
            "has_no_labour",
            "flag",
            "整户无劳动能力兜底保障户",
            "whole household unable to work, supported",
            usage="label",
            privacy="sensitive",
            description="监测对象信息表；此类户落实措施后不标注风险消除 / "
            "monitored-household form; such a household stays monitored",
        ),
        Column(
            "road_type",
            "code",
            "入户路类型",
            "road to the house",
            meanings={"dirt": "泥土路", "gravel": "砂石路", "paved": "硬化路（水泥、沥青）", "other": "其他"},
        ),
        Column(
            "road_distance_km",
            "number",
            "与村主干路距离",
            "distance to the main village road",
            "km",
            low=0,
            high=100,
            description="超过5公里会列入核查清单 / above 5 km it is put on the list to check",
        ),
        Column(
            "origin",
            "code",
            "建户方式",
            "how the household came about",
            meanings={"formed": "新立户", "split": "分户", "merged": "并户", "moved_in": "迁入"},
        ),
        Column(
            "origin_household_id",
            "id",
            "原户编号",
            "household it split from or merged from",
            description="分户、并户前的户编号；入库后成为同一脱敏编号 / "
            "household before the split or merger; in the register the same pseudonym as that household's",
        ),
        Column(
            "survey_weight",
            "number",
            "调查权数",
            "survey weight",
            "households",
            low=0,
            usage="audit",
            privacy="",
            description="这一户在总体中代表多少户，用于评估指标，可选用于训练，从不作特征；登记系统不填 / "
            "how many households of the population it stands for, for figures, and for training by choice, "
            "never a feature; empty in a register",
        ),
        identity("phone", "联系电话", "phone"),
        identity("address", "家庭住址", "home address"),
        valid_from(),
        valid_to(),
        recorded_on(),
    ),
    entity=("household_id",),
    required=True,
)
