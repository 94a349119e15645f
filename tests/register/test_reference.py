"""The reference data load, are complete, and nothing without source and date does."""

from datetime import date

import pytest
import yaml

from features.declaration import GROUPS
from register.errors import ContractError
from register.reference import alert_rules, causes, income_lines, measures
from register.reference.load import FOLDER
from register.shard import LINES_SCHEMA
from register.tables.assistance import MEASURES
from register.tables.monitoring import CAUSES


def test_every_official_cause_and_every_group_of_explanations_has_both_labels():
    known = causes()
    assert tuple(code for code, cause in known.items() if cause.kind == "cause") == CAUSES
    assert {*GROUPS, "other"} == known.keys()
    assert all(cause.zh and cause.en for cause in known.values())


def test_an_older_wording_means_one_cause_only():
    older = [word for cause in causes().values() for word in cause.older]
    assert len(older) == len(set(older))


def test_the_fourteen_groups_of_measures_serve_every_cause():
    assert tuple(measures()) == MEASURES
    assert {cause for one in measures().values() for cause in one.serves} == set(CAUSES)


def test_schooling_measures_need_a_student():
    assert measures()["compulsory_education"].needs == ("student",)


def test_lines_are_a_twelfth_of_the_year_and_end_where_the_next_begins():
    lines = income_lines()
    assert dict(lines.schema) == LINES_SCHEMA
    assert lines["effective_to"].to_list() == [*lines["effective_from"].to_list()[1:], None]
    last = lines.row(-1, named=True)
    assert last["line_per_month"] == 8700 / 12
    assert last["effective_from"] == date(2025, 1, 1)
    assert last["origin"].startswith("sourced: ")


def test_every_alert_rule_compares_features_with_thresholds():
    assert {rule.code: rule.when for rule in alert_rules()} == {
        "dangerous_house": {"has_dangerous_house": 1},
        "unsafe_water": {"has_unsafe_water": 1},
        "dropout": {"n_dropouts": 1},
        "medical_payment": {"own_payment_over_needs_12m": 0.28, "is_lifted_out": 1},
        "medical_payment_any": {"own_payment_over_needs_12m": 0.56},
    }


def _changed(tmp_path, name, number, **changes):
    rows = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    rows[number] = {key: value for key, value in {**rows[number], **changes}.items() if value is not None}
    path = tmp_path / name
    path.write_text(yaml.safe_dump(rows, allow_unicode=True), encoding="utf-8")
    return path


@pytest.mark.parametrize(("name", "number"), [("source", 0), ("effective_from", 2)])
def test_a_line_without_source_or_date_does_not_load(tmp_path, name, number):
    path = _changed(tmp_path, "income_lines.yaml", number, **{name: None})
    with pytest.raises(ContractError) as caught:
        income_lines(path)
    assert str(caught.value) == (
        f"income_lines.yaml: entry {number + 1} lacks ['{name}'] and has unknown []; every value needs "
        "region_id, yuan_per_person_year, status, effective_from, source, effective_from as YYYY-MM-DD; "
        "add them or drop the value"
    )


def test_a_line_that_is_neither_sourced_nor_interpolated_does_not_load(tmp_path):
    path = _changed(tmp_path, "income_lines.yaml", 0, status="guessed")
    with pytest.raises(ContractError) as caught:
        income_lines(path)
    assert str(caught.value) == (
        "income_lines.yaml: entry '530000', status: found ['guessed'], "
        "allowed are ['sourced', 'interpolated']; correct it"
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
