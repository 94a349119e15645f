"""Villages: the place a household belongs to, and what it can reach."""

from dataclasses import replace

from register.contract import Column, Table, recorded_on, valid_from

MOST_HOUSEHOLDS, MOST_PEOPLE, MOST_MU = 20_000, 100_000, 1e6


def _count(name: str, zh: str, en: str, *, unit: str = "persons") -> Column:
    most = MOST_HOUSEHOLDS if unit == "households" else MOST_PEOPLE
    return Column(name, "integer", zh, en, unit, low=0, high=most)


#: The village export (行政村信息), DOMAIN 3.4.
_COLUMNS = (
    Column(
        "village_id",
        "id",
        "行政村编号",
        "village id",
        required=True,
        description="12位区划代码或系统编号，按文本填写 / 12-digit division code or system number, as text",
    ),
    Column(
        "township_id",
        "id",
        "乡镇编号",
        "township id",
        required=True,
        description="9位区划代码，按文本填写 / 9-digit division code, as text",
    ),
    Column(
        "county_id",
        "id",
        "县编号",
        "county id",
        required=True,
        description="与所在文件夹同名 / the same as the folder's name",
    ),
    Column(
        "region_id",
        "id",
        "收入线地区",
        "region whose income line applies",
        required=True,
        description="省代码；县自定收入线的填县代码；全县一致，见 income_lines / "
        "code of the province, or of the county where it has a line of its own; one for the whole county",
    ),
    Column("name", "text", "村名", "village name"),
    Column(
        "township_name",
        "text",
        "乡镇名",
        "township name",
        description="没有名称的只写编号 / else its id is shown",
    ),
    Column("county_name", "text", "县名", "county name", description="同上 / likewise"),
    Column("distance_to_town_km", "number", "距乡镇距离", "distance to the town", "km", low=0, high=300),
    _count("n_households", "总户数", "households", unit="households"),
    _count("n_people", "总人口", "people"),
    Column(
        "is_lifted_out",
        "flag",
        "已出列",
        "village lifted out of poverty",
        description="原贫困村是否已出列 / whether a formerly poor village has been lifted out",
    ),
    _count(
        "n_minimum_income_households",
        "低保户数",
        "households with minimum living allowance",
        unit="households",
    ),
    _count("n_minimum_income_people", "低保人数", "people with minimum living allowance"),
    _count("n_special_support", "特困人口", "people in special hardship"),
    _count("n_disabled", "残疾人口", "disabled people"),
    _count("n_unsafe_houses", "危房户数", "households in unsafe houses", unit="households"),
    _count("n_unsafe_water", "未实现饮水安全户数", "households without safe water", unit="households"),
    _count("n_doctors", "执业（助理）医师", "licensed doctors and assistants"),
    _count("n_pension_insured", "参加养老保险人数", "people with pension insurance"),
    Column("has_paved_road", "flag", "到乡镇通硬化路", "paved road to the town"),
    Column("has_bus", "flag", "通客运班车", "has a bus"),
    Column("has_school", "flag", "有村小学", "has a primary school"),
    Column("has_clinic", "flag", "有卫生室", "has a clinic"),
    Column("has_culture_room", "flag", "有文化室", "has a culture room"),
    Column("has_public_toilet", "flag", "有公厕", "has a public toilet"),
    Column("has_waste_point", "flag", "有垃圾集中堆放点", "has a waste collection point"),
    Column(
        "is_remote",
        "flag",
        "偏远或边境",
        "remote or border village",
        description="由县里认定 / as the county defines it",
    ),
    Column(
        "collective_income",
        "money",
        "村级集体经济收入",
        "collective income a year",
        "currency/year",
        low=0,
        description="全国表以万元计，此处以元计 / in yuan; the national form counts in ten thousands",
    ),
    Column("arable_mu", "number", "耕地面积", "arable land", "mu", low=0, high=MOST_MU),
    Column("forest_mu", "number", "林地面积", "forest", "mu", low=0, high=MOST_MU),
    valid_from(),
    recorded_on(),
)

VILLAGES = Table(
    "villages",
    "行政村",
    "administrative village",
    "一行是一个行政村自某日起的状况；来自行政村信息表 / "
    "a row is an administrative village as of a date; from the village export (DOMAIN 3.4)",
    ("village_id", "valid_from"),
    "valid_from",
    tuple(replace(column, privacy="") for column in _COLUMNS),
    entity=("village_id",),
    required=True,
)
