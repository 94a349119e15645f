"""Villages: the place a household belongs to, and what it can reach."""

from register.contract import Column, Table, recorded_on

VILLAGES = Table(
    "villages",
    "行政村",
    "administrative village",
    ("village_id", "valid_from"),
    "valid_from",
    (
        Column("village_id", "id", "行政村编号", "village id", required=True),
        Column("township_id", "id", "乡镇编号", "township id", required=True),
        Column("county_id", "id", "县编号", "county id", required=True),
        Column("region_id", "id", "收入线地区", "region whose income line applies", required=True),
        Column("name", "text", "村名", "village name"),
        Column("distance_to_town_km", "number", "距乡镇距离", "distance to the town", "km", low=0, high=300),
        Column("has_clinic", "flag", "有卫生室", "has a clinic"),
        Column("is_remote", "flag", "偏远或边境", "remote or border village"),
        Column(
            "collective_income",
            "money",
            "村级集体经济收入",
            "collective income a year",
            "currency/year",
            low=0,
        ),
        Column("valid_from", "date", "生效日期", "valid from", required=True),
        recorded_on(),
    ),
    entity=("village_id",),
    required=True,
)
