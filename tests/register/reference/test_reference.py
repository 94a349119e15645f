"""The reference data load, are complete, and nothing without source and date does."""

from datetime import date

import polars as pl
import pytest
import yaml

from features.declaration import GROUPS, declared_features
from register.errors import ContractError
from register.reference import (
    alert_rules,
    causes,
    comparable_since,
    income_lines,
    levers,
    measures,
    monitoring_regimes,
    must_visit_rules,
    names,
    names_on,
    older_causes,
    priority_visits,
    regimes_between,
    rural_income,
)
from register.reference.load import FOLDER
from register.shard import LINES_SCHEMA
from register.tables.assistance import MEASURES
from register.tables.households import HOUSEHOLDS
from register.tables.monitoring import CAUSES, CAUSES_FILE, MONITORING


def test_every_official_cause_and_every_group_of_explanations_has_both_labels():
    known = causes()
    assert tuple(code for code, cause in known.items() if cause.kind == "cause") == CAUSES
    assert {*GROUPS, "other"} == known.keys()
    assert all(cause.zh and cause.en for cause in known.values())


def test_every_wording_of_the_older_lists_is_structural_and_maps_to_one_current_cause_or_none():
    older = older_causes()
    assert len({one.wordings for one in older.values()}) == 14
    assert {one.structural for one in older.values()} == set(HOUSEHOLDS.by_name["structural_cause"].codes)
    assert {wording for wording, one in older.items() if not one.cause} == {
        "缺技术",
        "缺资金",
        "缺土地",
        "缺水",
        "交通条件落后",
        "自身发展动力不足",
        "自身发展力不足",
    }
    assert older["因灾"].cause == "disaster"
    assert older["因丧"].effective_from == date(2017, 1, 1)


def test_the_fourteen_groups_of_measures_serve_every_cause():
    assert tuple(measures()) == MEASURES
    assert {cause for one in measures().values() for cause in one.serves} == set(CAUSES)


def test_schooling_measures_need_a_student():
    assert measures()["compulsory_education"].needs == ("student",)


def test_who_can_work_is_helped_to_earn_by_four_groups_of_measures():
    earning = [code for code, one in measures().items() if one.is_development]
    assert earning == ["industry", "employment", "finance", "public_post"]


def lines_of(region):
    return income_lines().filter(pl.col("region_id") == region)


def test_lines_are_a_twelfth_of_the_year_and_end_where_the_next_begins():
    assert dict(income_lines().schema) == LINES_SCHEMA
    lines = lines_of("530000")
    assert lines["effective_to"].to_list() == [*lines["effective_from"].to_list()[1:], None]
    last = lines.row(-1, named=True)
    assert last["line_per_month"] == 8700 / 12
    assert last["effective_from"] == date(2025, 1, 1)
    assert last["origin"].startswith("sourced: ")


@pytest.mark.parametrize(
    ("region", "year", "yuan", "status"),
    [
        ("000000", 2010, 2300, "sourced"),
        ("000000", 2021, 6000, "sourced"),
        ("530000", 2021, 6000, "sourced"),
        ("530000", 2022, 7000, "interpolated"),
        ("530000", 2023, 8050, "interpolated"),
        ("530000", 2025, 8700, "sourced"),
        ("532328", 2023, 8050, "sourced"),
    ],
)
def test_a_line_says_whether_a_document_states_it(region, year, yuan, status):
    (line,) = lines_of(region).filter(pl.col("effective_from") == date(year, 1, 1)).to_dicts()
    assert line["line_per_month"] * 12 == pytest.approx(yuan)
    assert line["origin"].startswith(f"{status}: ")


def test_a_county_with_a_line_of_its_own_follows_its_province_where_it_is_silent(tmp_path):
    """Yuanmou raised its line in March 2023; the province's of 2024 then takes over."""
    path = _changed(
        tmp_path, "income_lines.yaml", 6, effective_from=date(2023, 3, 14), yuan_per_person_year=8100
    )
    lines = income_lines(path).filter(
        pl.col("region_id") == "532328", pl.col("effective_from").dt.year() > 2021
    )
    rows = lines.select("effective_from", "effective_to", (pl.col("line_per_month") * 12).round()).rows()
    assert rows == [
        (date(2022, 1, 1), date(2023, 1, 1), 7000),
        (date(2023, 1, 1), date(2023, 3, 14), 8050),
        (date(2023, 3, 14), date(2024, 1, 1), 8100),
        (date(2024, 1, 1), date(2025, 1, 1), 8400),
        (date(2025, 1, 1), None, 8700),
    ]


def test_every_alert_rule_reads_declared_features():
    declared = {one.name for one in declared_features()}
    assert {name for rule in alert_rules() for name in rule.when} <= declared


def test_the_eight_priority_visits_read_declared_features():
    declared = {one.name for one in declared_features()}
    assert {name for visit in priority_visits() for name in (*visit.at_least, *visit.below)} <= declared
    assert len({visit.kind for visit in priority_visits()}) == 8


@pytest.mark.parametrize("below", [{}, {"resources_over_line": "low"}])
def test_a_priority_visit_without_a_number_does_not_load(tmp_path, below):
    with pytest.raises(ContractError) as caught:
        priority_visits(_changed(tmp_path, "priority_visits.yaml", 0, below=below))
    assert str(caught.value) == (
        "priority_visits.yaml: entry 'low_or_falling_income' has no number to go by; write at_least or "
        "below: {FEATURE: NUMBER}"
    )


def test_the_must_visit_rules_and_their_thresholds():
    assert {rule.code: rule.when for rule in must_visit_rules()} == {
        "dangerous_house": {"has_dangerous_house": 1},
        "unsafe_water": {"has_unsafe_water": 1},
        "dropout": {"n_dropouts": 1},
        "medical_payment": {"own_payment_over_rural_income_12m": 0.5, "is_lifted_out": 1},
        "medical_payment_any": {"own_payment_over_rural_income_12m": 1},
    }


def test_rural_income_is_the_one_of_the_year_before_and_a_county_has_its_provinces():
    assert rural_income("530000", date(2024, 12, 31)) == 16_361
    assert rural_income("532328", date(2025, 1, 1)) == 17_454
    assert rural_income("530000", date(2020, 12, 31)) is None
    assert rural_income("610000", date(2025, 1, 1)) is None


def test_the_mechanism_changed_its_name_in_2026_and_the_third_group_came_in_2021():
    before, after = names_on(date(2025, 12, 31)), names_on(date(2026, 3, 31))
    assert (before["mechanism"].zh, after["mechanism"].zh) == ("防止返贫动态监测和帮扶机制", "常态化精准帮扶")
    assert after["monitored"].zh == "防止返贫致贫对象"
    assert "sudden" not in names_on(date(2020, 12, 31))
    groups = MONITORING.by_name["group"].meanings
    assert {code: before[code].zh for code in groups} == groups


def _changed(tmp_path, name, number, **changes):
    """Change one entry of a file; what becomes None is dropped."""
    source = CAUSES_FILE if name == CAUSES_FILE.name else FOLDER / name
    rows = yaml.safe_load(source.read_text(encoding="utf-8"))
    rows[number] = {key: value for key, value in {**rows[number], **changes}.items() if value is not None}
    path = tmp_path / name
    path.write_text(yaml.safe_dump(rows, allow_unicode=True), encoding="utf-8")
    return path


LOADERS = {
    "income_lines.yaml": income_lines,
    "rural_income.yaml": lambda path: rural_income("530000", date(2025, 1, 1), path),
    "causes.yaml": causes,
    "older_causes.yaml": older_causes,
    "measures.yaml": measures,
    "alert_rules.yaml": alert_rules,
    "names.yaml": names,
    "priority_visits.yaml": priority_visits,
    "levers.yaml": levers,
    "monitoring_regimes.yaml": monitoring_regimes,
}


def test_every_file_of_reference_data_is_loaded_by_a_loader_of_these():
    # consistency.yaml has its own tests.
    named = {path.name for path in (*FOLDER.glob("*.yaml"), CAUSES_FILE)}
    assert named - {"consistency.yaml"} == LOADERS.keys()


@pytest.mark.parametrize("name", LOADERS)
@pytest.mark.parametrize(("field", "value"), [("source", None), ("source", ""), ("effective_from", None)])
def test_a_value_without_source_or_date_does_not_load(tmp_path, name, field, value):
    path = _changed(tmp_path, name, 2, **{field: value})
    with pytest.raises(ContractError) as caught:
        LOADERS[name](path)
    assert str(caught.value).startswith(
        f"{name}: entry 3 lacks ['{field}'] and has unknown []; every value needs "
    )
    assert str(caught.value).endswith(
        ", effective_from, source, effective_from as YYYY-MM-DD; add them or drop the value"
    )


@pytest.mark.parametrize("name", LOADERS)
def test_a_date_that_is_none_does_not_load(tmp_path, name):
    with pytest.raises(ContractError):
        LOADERS[name](_changed(tmp_path, name, 1, effective_from="spring"))


def test_regimes_hold_until_the_next_and_the_quota_alone_meant_something_else():
    regimes = monitoring_regimes()
    codes = [one.code for one in regimes]
    assert codes == ["quota", "no_quota", "normalised"]
    inside = regimes_between(regimes, date(2020, 12, 31), date(2021, 1, 1))
    assert [one.code for one in inside] == ["quota", "no_quota"]
    (after,) = regimes_between(regimes, date(2021, 1, 1), date(2025, 12, 31))
    assert after.code == "no_quota"
    assert regimes_between(regimes, date(2019, 1, 1), date(2019, 12, 31)) == ()
    since = {day.year: comparable_since(regimes, day) for day in (date(2020, 12, 31), date(2024, 3, 31))}
    assert since == {2020: date(2020, 3, 20), 2024: date(2021, 1, 1)}


def test_before_the_first_regime_no_identification_is_comparable_with_later_ones():
    assert comparable_since(monitoring_regimes(), date(2018, 12, 31)) == date(2020, 3, 20)


def test_a_line_that_is_neither_sourced_nor_interpolated_does_not_load(tmp_path):
    path = _changed(tmp_path, "income_lines.yaml", 0, status="guessed")
    with pytest.raises(ContractError) as caught:
        income_lines(path)
    assert str(caught.value) == (
        "income_lines.yaml: entry '530000', status: found ['guessed'], "
        "allowed are ['sourced', 'interpolated', 'unverified']; correct it"
    )


def test_a_measure_for_an_unknown_need_does_not_load(tmp_path):
    path = _changed(tmp_path, "measures.yaml", 0, needs=["tall"])
    with pytest.raises(ContractError) as caught:
        measures(path)
    assert str(caught.value) == (
        "measures.yaml: entry 'industry', needs: found ['tall'], "
        "allowed are ['student', 'disabled', 'able_to_work']; correct it"
    )


def test_a_rule_without_a_threshold_does_not_load(tmp_path):
    path = _changed(tmp_path, "alert_rules.yaml", 0, when={"has_dangerous_house": None})
    with pytest.raises(ContractError) as caught:
        alert_rules(path)
    assert str(caught.value) == (
        "alert_rules.yaml: entry 'dangerous_house' has no readable `when`; write when: {FEATURE: AT_LEAST}"
    )


def test_a_cause_of_unknown_kind_does_not_load(tmp_path):
    path = _changed(tmp_path, "causes.yaml", 0, kind="reason")
    with pytest.raises(ContractError) as caught:
        causes(path)
    assert str(caught.value) == (
        "causes.yaml: entry 'illness', kind: found ['reason'], "
        "allowed are ['cause', 'circumstance']; correct it"
    )


@pytest.mark.parametrize(
    ("load", "name", "field"),
    [
        (alert_rules, "alert_rules.yaml", "must_visit"),
        (measures, "measures.yaml", "is_development"),
        (monitoring_regimes, "monitoring_regimes.yaml", "is_comparable"),
    ],
)
def test_a_flag_is_true_or_false(tmp_path, load, name, field):
    with pytest.raises(ContractError) as caught:
        load(_changed(tmp_path, name, 0, **{field: "perhaps"}))
    assert str(caught.value).endswith(f"{field}: found ['perhaps'], allowed are [True, False]; correct it")


def test_an_older_cause_that_maps_to_no_current_one_says_so_by_an_empty_text(tmp_path):
    with pytest.raises(ContractError) as caught:
        older_causes(_changed(tmp_path, "older_causes.yaml", 0, cause="bad luck"))
    assert str(caught.value).startswith(
        "older_causes.yaml: entry '因病', cause: found ['bad luck'], allowed are ['', "
    )


def test_every_lever_changes_declared_features_and_says_whom_it_can_be_tried_for():
    known = {one.name for one in declared_features()}
    for lever in levers():
        changed = {change.feature for change in lever.changes} | {c.of for c in lever.changes if c.of}
        assert changed | lever.when.keys() <= known
        assert lever.when


def test_a_lever_with_an_unknown_kind_of_change_does_not_load(tmp_path):
    path = _changed(tmp_path, "levers.yaml", 0, changes=[{"feature": "claims", "half": True}])
    with pytest.raises(ContractError, match="lever 'medical_aid' has a change with") as caught:
        levers(path)
    assert str(caught.value).endswith("correct the file")
