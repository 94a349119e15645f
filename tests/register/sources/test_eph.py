"""EPH as a register: a tiny survey with the real one's traps, and the real one where it lies."""

import gzip
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.breaches import breaches
from register.contract import DTYPES
from register.errors import ContractError, SourceError
from register.ids.families import numbered_anew, reused_households
from register.readings import readings
from register.shard import LINES_SCHEMA, Shard
from register.sources.eph import EphSource
from register.sources.eph.interviews import HOUSEHOLD, MONEY, PERSON, Interviews
from register.sources.eph.money import income
from register.tables import TABLES

#: The real folder, where a copy lies beside the repository; never inside it.
REAL = [path for path in (Path(__file__).parents[4] / "shared" / "eph",) if path.is_dir()]
Q2, Q3, Q4 = (2020, 2), (2020, 3), (2020, 4)
ENDS = [date(2020, 9, 30), date(2020, 12, 31)]


def home(number=1, **answers):
    """A household of city 8 in region 41, not asked anything unless told."""
    base = dict.fromkeys(HOUSEHOLD, "2") | {
        "CODUSU": "TQ1",
        "NRO_HOGAR": number,
        "REGION": "41",
        "AGLOMERADO": "8",
    }
    return base | {"PONDIH": "100", "ITF": "0", "II1": "3", "II7": "1", "IV3": "1"} | answers


def person(component=1, number=1, **answers):
    """A woman of 40, head, inactive, without income."""
    base = dict.fromkeys(PERSON, "0") | dict.fromkeys(MONEY, "0") | {"CODUSU": "TQ1", "NRO_HOGAR": number}
    who = {"COMPONENTE": component, "CH03": "1", "CH04": "2", "CH06": "40", "ESTADO": "3", "CAT_INAC": "4"}
    return base | who | answers


def write(folder, quarter, homes, persons):
    year, number = quarter
    when = {"ANO4": year, "TRIMESTRE": number}
    for kind, rows in (("hogar", homes), ("individual", persons)):
        text = _csv([row | when for row in rows], ",")
        (folder / f"base_{kind}_{year}T{number}.csv.gz").write_bytes(gzip.compress(text.encode(), mtime=0))


def _csv(rows, separator):
    lines = [separator.join(rows[0]), *(separator.join(str(cell) for cell in row.values()) for row in rows)]
    return "\n".join(lines) + "\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "canastas.csv").write_text(
        "REGION,region,periodo,CBA,CBT\n41,NEA,2020.3,5000,12000\n41,NEA,2020.4,5000,13000.5\n"
    )
    (tmp_path / "adulto_equivalente.csv").write_text(
        "CH04,CH06,adequi\n2,-1,0.35\n2,40,0.76\n1,40,1.0\n1,7,0.66\n1,110,0.63\n"
    )
    return tmp_path


def tables(folder, region="41"):
    return {raw.name: raw.frame for raw in EphSource(folder).tables(region)}


def typed(raw):
    return raw.frame.select(_typed(column) for column in TABLES[raw.name].columns)


def _typed(column):
    cell = pl.col(column.name)
    if column.kind == "date":
        return cell.str.to_date()
    return (cell == "true") if column.kind == "flag" else cell.cast(DTYPES[column.kind])


def shard(folder, region="41", source=None):
    source = source or EphSource(folder)
    return Shard.of({raw.name: typed(raw) for raw in source.tables(region)}, source.lines())


def one_home(folder, answers=None, **of_person):
    write(folder, Q3, [home(**(answers or {}))], [person(**of_person)])
    return tables(folder)


def amounts(by_table):
    frame = by_table["income"].select("source", pl.col("amount").cast(pl.Float64))
    return dict(frame.sort("source").iter_rows())


def test_every_table_has_the_columns_of_its_contract_as_text(folder):
    by_table = one_home(folder)
    for name, frame in by_table.items():
        assert frame.columns == list(TABLES[name].by_name)
        assert set(frame.dtypes) == {pl.String}


def test_every_value_keeps_the_codes_bounds_and_keys_of_its_contract(folder):
    job = {"ESTADO": "1", "CAT_OCUP": "3", "PP3E_TOT": "40", "P21": "9000", "CH10": "1", "CH12": "7"}
    write(folder, Q3, [home(ITF="9000", V13="1", V5="1")], [person(1, **job), person(2)])
    for raw in EphSource(folder).tables("41"):
        _keep_contract(raw)


def _keep_contract(raw):
    frame, table = typed(raw), TABLES[raw.name]
    assert not frame.select(table.key).is_duplicated().any()
    for column in table.columns:
        cells = frame[column.name]
        assert not (column.required and cells.null_count())
        assert not column.codes or set(cells.drop_nulls()) <= set(column.codes)
        assert column.low is None or not (cells < column.low).any()
        assert column.high is None or not (cells > column.high).any()


def test_a_city_is_a_village_of_its_region(folder):
    by_table = one_home(folder)
    assert EphSource(folder).counties() == ["41"]
    assert by_table["villages"].select(
        "village_id", "township_id", "county_id", "region_id", "name"
    ).rows() == [("8", "8", "41", "41", "Gran Resistencia")]


def test_two_households_of_one_dwelling_stay_apart(folder):
    write(folder, Q3, [home(1), home(2)], [person(1, 1), person(1, 2)])
    assert tables(folder)["members"].select("household_id", "member_id").rows() == [
        ("TQ1_1", "TQ1_1_1"),
        ("TQ1_2", "TQ1_2_1"),
    ]


def test_a_household_is_visible_only_in_the_quarters_of_its_interviews(folder):
    one_home(folder)
    county = shard(folder)
    visible = [
        len(county.view("households", day))
        for day in (date(2020, 9, 29), date(2020, 9, 30), date(2020, 12, 31))
    ]
    assert visible == [0, 1, 0]


def test_refused_income_is_no_interview_and_zero_income_is_a_row_of_zero(folder):
    homes = [home(1, PONDIH="0"), home(2)]
    write(folder, Q3, homes, [person(1, 1), person(1, 2)])
    by_table = tables(folder)
    assert by_table["households"]["household_id"].to_list() == ["TQ1_2"]
    assert by_table["members"]["household_id"].to_list() == ["TQ1_2"]
    assert by_table["income"].select("household_id", "source", "amount").rows() == [("TQ1_2", "other", "0.0")]


def test_a_household_stands_for_as_many_as_its_weight_for_incomes_says(folder):
    write(folder, Q3, [home(1, PONDIH="812"), home(2)], [person(1, 1), person(1, 2)])
    assert tables(folder)["households"]["survey_weight"].to_list() == ["812", "100"]


def test_the_bonus_is_a_source_of_its_own_and_the_sources_add_up_to_the_published_total(folder):
    job = {"ESTADO": "1", "CAT_OCUP": "3", "P21": "1e+05", "TOT_P12": "500", "PP08J1": "4000"}
    by_table = one_home(folder, {"ITF": "105700"}, V2_M="700", V21_M="300", V5_M="-9", T_VI="1000", **job)
    assert amounts(by_table) == {
        "bonus": 4300.0,
        "other": 200.0,
        "pension": 700.0,
        "wage": 100000.0,
        "wage_second": 500.0,
    }


def test_the_main_job_of_the_self_employed_is_their_own_business(folder):
    by_table = one_home(folder, {"ITF": "900"}, ESTADO="1", CAT_OCUP="2", P21="900")
    assert amounts(by_table) == {"own_business": 900.0}


@given(
    total=st.integers(0, 10**7),
    paid=st.lists(
        st.sampled_from([-9, 0, 1, 750, 30_000, 8_720_000]), min_size=len(MONEY), max_size=len(MONEY)
    ),
    position=st.sampled_from([0, 1, 2, 3]),
)
def test_whatever_the_parts_say_the_sources_add_up_to_the_published_total(total, paid, position):
    key = {"household_id": ["a"], "as_of": [ENDS[0]]}
    homes = pl.DataFrame(key | {"ITF": [float(total)]})
    persons = pl.DataFrame(
        key
        | {"member_id": ["a_1"], "CAT_OCUP": [position]}
        | {n: [float(m)] for n, m in zip(MONEY, paid, strict=True)}
    )
    rows = income(Interviews(homes, persons))
    assert rows["amount"].sum() == pytest.approx(total, abs=0.05)
    assert (rows["amount"] >= 0).all()
    assert len(rows) > 0


def test_parts_beyond_the_published_total_are_scaled_down_to_it(folder):
    by_table = one_home(folder, {"ITF": "500"}, P21="600", V12_M="400")
    assert amounts(by_table) == {"remittance": 200.0, "wage": 300.0}


def test_resources_over_the_line_are_the_total_income_over_basket_times_equivalents(folder):
    members = [person(1), person(2, CH03="3", CH04="1", CH06="7")]
    write(folder, Q3, [home(ITF="20000")], members)
    read = readings(shard(folder), [date(2020, 9, 30)], 1)
    assert read["resources_over_line"].to_list() == [pytest.approx(20000 / (12000 * (0.76 + 0.66)))]


def test_a_quarter_without_a_basket_gives_rows_but_no_reading(folder):
    write(folder, Q2, [home(ITF="20000")], [person()])
    read = readings(shard(folder), [date(2020, 6, 30)], 1)
    assert read["resources_over_line"].to_list() == [None]
    assert len(read) == 1


def test_a_line_holds_from_a_quarters_first_day_to_the_next_ones(folder):
    lines = EphSource(folder).lines()
    assert lines.schema == LINES_SCHEMA
    assert lines.row(0)[:4] == ("41", date(2020, 7, 1), date(2020, 10, 1), 12000.0)


def test_under_one_year_is_an_age_and_not_a_missing_one(folder):
    write(folder, Q3, [home()], [person(1), person(2, CH06="-1"), person(3, CH04="1", CH06="111")])
    born = tables(folder)["members"].select("birth_date", "equivalents").rows()
    assert born == [("1980-03-01", "0.76"), ("2020-03-01", "0.35"), ("1909-03-01", "0.63")]


def interviewed(folder, *answers):
    """Interview one household in the quarters of 2020, a person a quarter."""
    (folder / "canastas.csv").write_text("REGION,region,periodo,CBA,CBT\n41,NEA,2020.2,5000,12000\n")
    for quarter, people in zip((Q2, Q3, Q4), answers, strict=True):
        write(folder, quarter, [home()], [person(at, **one) for at, one in enumerate(people, 1)])
    return tables(folder)["members"].sort("valid_from", "member_id")


def test_a_person_keeps_a_birth_date_until_the_age_fits_no_more(folder):
    """Ana is 40, and 40 a quarter later; her boy is 7, and last a woman of 40 has his number."""
    ana, boy = {}, {"CH04": "1", "CH06": "7"}
    members = interviewed(folder, [ana, boy], [ana, boy], [ana, ana])
    assert members["birth_date"].to_list() == [*["1979-12-01", "2012-12-01"] * 2, "1979-12-01", "1980-06-01"]
    assert members["household_id"].unique().to_list() == ["TQ1_1"]


def test_a_family_that_follows_another_in_a_dwelling_has_an_id_of_its_own(folder):
    """Ana, 40, moved out; a boy of 7 answers under her number."""
    members = interviewed(folder, [{}], [{}], [{"CH04": "1", "CH06": "7"}])
    assert members["household_id"].to_list() == ["TQ1_1", "TQ1_1", "TQ1_1+1"]


def test_sex_is_kept_for_the_audit_and_unknown_codes_are_empty(folder):
    rows = one_home(folder, CH03="9", NIVEL_ED="9", CH08="9", CH10="9")["members"]
    assert rows.select("sex", "relation", "education").rows() == [("female", None, None)]


@pytest.mark.parametrize(
    ("codes", "labour"),
    [
        ({"CAT_INAC": "6"}, "lost"),
        ({"CH06": "7", "CH04": "1"}, "none"),
        ({"NIVEL_ED": "6"}, "skilled"),
        ({"NIVEL_ED": "4"}, "ordinary"),
        ({"CH06": "70"}, "none"),
        ({"CH06": "70", "ESTADO": "1", "CAT_OCUP": "2"}, "weak"),
    ],
)
def test_ability_to_work_follows_age_disability_and_skill(folder, codes, labour):
    assert one_home(folder, **codes)["members"]["labour"].to_list() == [labour]


def test_a_job_keeps_its_sector_when_the_zeros_in_front_are_lost(folder):
    job = {"ESTADO": "1", "CAT_OCUP": "3", "PP04A": "2", "PP04B_COD": "101", "PP04D_COD": "3314"}
    more = {"PP07A": "5", "PP07H": "2", "PP3E_TOT": "40", "PP3F_TOT": "8", "P21": "9000"}
    columns = ["activity", "sector", "skill", "is_formal", "hours_week", "monthly_wage", "tenure_months"]
    assert one_home(folder, **job, **more)["employment"].select(columns).rows() == [
        ("employee", "agriculture", "unskilled", "false", "48", "9000.0", "36.0")
    ]


@pytest.mark.parametrize(
    ("codes", "sector"),
    [
        ("48", "trade"),
        ("4000", "construction"),
        ("1", "agriculture"),
        ("8501", "education_health"),
        ("0", None),
    ],
)
def test_sectors_follow_the_division_of_the_branch(folder, codes, sector):
    by_table = one_home(folder, ESTADO="1", CAT_OCUP="3", PP04B_COD=codes)
    assert by_table["employment"]["sector"].to_list() == [sector]


def test_work_for_the_state_is_public_and_unknown_hours_and_wages_are_empty(folder):
    rows = one_home(folder, ESTADO="1", CAT_OCUP="3", PP04A="1", PP3E_TOT="999", P21="-9")["employment"]
    assert rows.select("sector", "hours_week", "monthly_wage", "is_formal").rows() == [
        ("public", None, None, None)
    ]


def test_domestic_workers_tell_their_tenure_in_years_and_months(folder):
    job = {"ESTADO": "1", "CAT_OCUP": "3", "PP04B1": "1", "PP04B3_ANO": "2", "PP04B3_MES": "3"}
    assert one_home(folder, **job)["employment"]["tenure_months"].to_list() == ["27.0"]


def test_looking_for_work_is_a_spell_of_seeking(folder):
    rows = one_home(folder, ESTADO="2", CAT_OCUP="3")["employment"]
    assert rows.select("activity", "started_on", "ended_on", "recorded_on").rows() == [
        ("seeking", "2020-07-01", "2020-10-01", "2020-09-30")
    ]


@pytest.mark.parametrize(
    ("codes", "stage"),
    [
        ({"CH06": "7", "CH04": "1", "CH10": "1", "CH12": "2"}, "primary"),
        ({"CH06": "13", "CH10": "1", "CH12": "4"}, "middle"),
        ({"CH06": "16", "CH10": "1", "CH12": "4"}, "high"),
        ({"CH06": "40", "CH10": "1", "CH12": "4"}, "adult"),
        ({"CH06": "40", "CH10": "1", "CH12": "7"}, "university"),
        ({"CH06": "12", "CH10": "2", "CH12": "2", "NIVEL_ED": "1"}, "not_attending"),
    ],
)
def test_who_attends_what(folder, codes, stage):
    assert one_home(folder, **codes)["schooling"]["stage"].to_list() == [stage]


def test_an_adult_out_of_school_has_no_schooling_row(folder):
    assert one_home(folder, CH10="2", NIVEL_ED="1")["schooling"].is_empty()


def test_combined_insurance_is_several_and_disability_is_an_incapacity(folder):
    rows = one_home(folder, CH08="123", CAT_INAC="6")["health"]
    assert rows.select("kind", "insurance").rows() == [("incapacity", None), ("insurance", "several")]


def test_dwelling_and_water_are_described_but_never_a_breach(folder):
    answers = {
        "II1": "99",
        "II7": "3",
        "II8": "2",
        "IV3": "3",
        "IV4": "1",
        "IV5": "9",
        "IV6": "2",
        "IV7": "1",
    }
    by_table = one_home(folder, answers | {"IV8": "2", "IV9": "0", "II9": "4", "IV12_2": "1"})
    columns = [
        "grade",
        "rooms",
        "tenure",
        "has_poor_floor",
        "has_poor_roof",
        "has_toilet",
        "fuel",
        "is_near_hazard",
    ]
    assert by_table["housing"].select(columns).rows() == [
        (None, None, "tenant", "true", None, "false", "bottled", "true")
    ]
    assert by_table["water"].select("status", "supply", "source").rows() == [(None, "yard", "network")]
    assert breaches(shard(folder), date(2020, 12, 31)).is_empty()


def test_ways_of_getting_by_and_help_are_recorded_only_when_said_yes(folder):
    by_table = one_home(
        folder, {"V13": "1", "V14": "9", "V17": "1", "V5": "1", "V7": "1", "ITF": "700"}, V5_M="700"
    )
    assert by_table["shocks"]["kind"].to_list() == ["sold_belongings", "spent_savings"]
    assert by_table["assistance"].select("measure", "amount").rows() == [
        ("social", None),
        ("social_security", "700.0"),
    ]


def test_changes_are_found_against_the_previous_interview(folder):
    write(folder, Q2, [home(II7="1")], [person(1), person(2)])
    write(folder, Q4, [home(II7="3")], [person(1, CH15="4", CH16="5"), person(3)])
    rows = tables(folder)["relocation"]
    assert rows.filter(pl.col("occurred_on") == "2020-12-31")["kind"].sort().to_list() == [
        "from_abroad",
        "member_joined",
        "member_left",
        "recent_arrival",
        "tenure_change",
    ]
    assert rows.filter(pl.col("occurred_on") == "2020-06-30").is_empty()


def test_files_as_indec_names_and_writes_them_give_the_same_register(folder, tmp_path_factory):
    indec = tmp_path_factory.mktemp("indec")
    for name in ("canastas.csv", "adulto_equivalente.csv"):
        (indec / name).write_text((folder / name).read_text())
    homes, persons = [home(ITF="9000")], [person(P21="9000")]
    write(folder, Q3, homes, persons)
    when = {"ANO4": 2020, "TRIMESTRE": 3}
    homes_text = _csv([homes[0] | when | {"ITF": "9000,00"}], ";")
    persons_text = _csv([persons[0] | when | {"CH05_ESP": "Ñandú"}], ";")
    (indec / "usu_hogar_T320.txt").write_bytes(b"\xef\xbb\xbf" + homes_text.encode("latin-1"))
    (indec / "usu_individual_T320.txt").write_bytes(persons_text.encode("latin-1"))
    ours, theirs = tables(folder), tables(indec)
    assert all(ours[name].equals(theirs[name]) for name in ours)


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(SourceError) as caught:
        EphSource(tmp_path / "nowhere")
    assert str(caught.value) == (
        f"{tmp_path / 'nowhere'}: no such folder; set source.path to the EPH folder (docs/data_eph.md)"
    )


def test_a_folder_without_survey_files_is_refused(folder):
    with pytest.raises(SourceError) as caught:
        EphSource(folder).counties()
    assert str(caught.value) == (
        f"{folder}: no base_hogar_YYYYTq.csv.gz and no usu_hogar_Tqyy.txt found; see docs/data_eph.md"
    )


def test_a_missing_half_of_a_quarter_is_named(folder):
    one_home(folder)
    (folder / "base_individual_2020T3.csv.gz").unlink()
    with pytest.raises(SourceError) as caught:
        EphSource(folder).counties()
    assert str(caught.value) == (
        f"{folder / 'base_hogar_2020T3.csv.gz'}: the individual file of 2020T3 is missing beside it; "
        "download both"
    )


def test_the_same_quarter_twice_is_refused(folder):
    one_home(folder)
    (folder / "usu_hogar_T320.txt").write_text("CODUSU\n")
    with pytest.raises(SourceError) as caught:
        EphSource(folder).counties()
    assert str(caught.value) == (
        f"{folder / 'usu_hogar_T320.txt'}: base_hogar_2020T3.csv.gz holds the same quarter; "
        "keep one of the two"
    )


@pytest.mark.parametrize("name", ["canastas.csv", "adulto_equivalente.csv"])
def test_a_missing_reference_file_is_named(folder, name):
    one_home(folder)
    (folder / name).unlink()
    with pytest.raises(SourceError) as caught:
        shard(folder)
    assert (
        str(caught.value) == f"{folder / name}: no such file; put it into the EPH folder (docs/data_eph.md)"
    )


def test_a_missing_column_is_named(folder):
    write(folder, Q3, [{key: value for key, value in home().items() if key != "PONDIH"}], [person()])
    with pytest.raises(ContractError) as caught:
        EphSource(folder).counties()
    assert str(caught.value) == (
        f"{folder / 'base_hogar_2020T3.csv.gz'}: column PONDIH is missing; download the file again"
    )


def test_a_cell_that_is_no_number_is_named_without_its_value(folder):
    write(folder, Q3, [home(1), home(2, ITF="secret")], [person()])
    with pytest.raises(ContractError) as caught:
        EphSource(folder).counties()
    assert str(caught.value) == (
        f"{folder / 'base_hogar_2020T3.csv.gz'}: row 3, column ITF holds no number; correct that cell"
    )


def test_a_file_of_another_quarter_than_its_name_says_is_refused(folder):
    one_home(folder)
    (folder / "base_hogar_2020T3.csv.gz").rename(folder / "base_hogar_2020T4.csv.gz")
    (folder / "base_individual_2020T3.csv.gz").rename(folder / "base_individual_2020T4.csv.gz")
    with pytest.raises(ContractError) as caught:
        EphSource(folder).counties()
    assert str(caught.value) == (
        f"{folder / 'base_hogar_2020T4.csv.gz'}: columns ANO4 and TRIMESTRE are not all 2020 and 4, as the "
        "file name says; name the file after the quarter it holds"
    )


def test_a_file_cut_short_is_named(folder):
    one_home(folder)
    path = folder / "base_hogar_2020T3.csv.gz"
    path.write_bytes(path.read_bytes()[:60])
    with pytest.raises(SourceError) as caught:
        EphSource(folder).counties()
    assert str(caught.value) == f"{path}: cannot be read, it may be cut short; download it again"


def test_a_basket_without_a_quarter_is_refused(folder):
    path = folder / "canastas.csv"
    path.write_text("REGION,region,periodo,CBA,CBT\n41,NEA,2020,5000,12000\n")
    with pytest.raises(ContractError) as caught:
        EphSource(folder).lines()
    assert str(caught.value) == (
        f"{path}: column PERIODO is not everywhere a year and a quarter such as 2020.3; correct it"
    )


def test_the_register_of_the_real_survey_reproduces_the_published_total_income(tmp_path):
    for real in REAL:
        _link(real, tmp_path)
        source = EphSource(tmp_path)
        for region in source.counties():
            for raw in source.tables(region):
                _keep_contract(raw)
        shards = [shard(tmp_path, region, source) for region in source.counties()]
        read = pl.concat(readings(one, ENDS, 1) for one in shards)
        assert read["resources_over_line"].null_count() == 0
        of_survey = pl.col("household_id").str.split("+").list.first()
        paid = pl.concat(one.tables["income"] for one in shards).with_columns(of_survey)
        sums = paid.group_by("household_id", "occurred_on").agg(pl.col("amount").sum())
        published = _published_totals(tmp_path)
        both = published.join(sums, on=["household_id", "occurred_on"], how="full")
        assert len(both) == len(published) == len(read)
        assert ((both["ITF"] - both["amount"]).abs() < 0.005).all()


def test_no_household_of_the_real_survey_is_two_families_and_nobody_two_people():
    """A dwelling's id goes to who moves in, and an age is asked anew at every interview."""
    for real in REAL:
        tables_of = {raw.name: typed(raw) for raw in EphSource(real).tables("42")}
        households = tables_of["households"].with_columns(pl.lit(None, pl.String).alias("origin"))
        members = tables_of["members"]
        assert len(households) > 1000
        assert len(reused_households(households, members)) == 0
        assert len(numbered_anew(households, members)) == 0


def _link(real, folder):
    for name in ("canastas.csv", "adulto_equivalente.csv"):
        (folder / name).symlink_to(real / name)
    for kind in ("hogar", "individual"):
        for number in (3, 4):
            name = f"base_{kind}_2020T{number}.csv.gz"
            (folder / name).symlink_to(real / name)


def _published_totals(folder):
    frames = []
    for quarter, day in zip(("2020T3", "2020T4"), ENDS, strict=True):
        raw = pl.read_csv(folder / f"base_hogar_{quarter}.csv.gz", infer_schema=False)
        valid = raw.filter(pl.col("PONDIH").cast(pl.Float64) > 0)
        frames.append(
            valid.select(
                pl.concat_str("CODUSU", "NRO_HOGAR", separator="_").alias("household_id"),
                pl.lit(day).alias("occurred_on"),
                pl.col("ITF").cast(pl.Float64),
            )
        )
    return pl.concat(frames)
