"""Nothing loads without a source and a date, whatever the file."""

from datetime import date

import pytest

from register.consistency.limits import limits
from register.errors import ParamsError
from register.reference import (
    alert_rules,
    cause_events,
    cause_needs,
    causes,
    checks,
    income_lines,
    levers,
    measures,
    monitoring_regimes,
    names,
    older_causes,
    priority_visits,
    rural_income,
)
from register.reference.cited import FOLDER
from register.reference.equivalents import equivalents
from register.reference.monthly_forms import form_columns
from register.reference.monthly_sentences import form_sentences
from register.reference.proposed_groups import proposed_groups
from register.tables.monitoring import CAUSES_FILE
from tests.register.reference.spoilt import spoilt

LOADERS = {
    "consistency.yaml": limits,
    "income_lines.yaml": income_lines,
    "rural_income.yaml": lambda path: rural_income("530000", date(2025, 1, 1), path),
    "causes.yaml": causes,
    "older_causes.yaml": older_causes,
    "measures.yaml": measures,
    "alert_rules.yaml": alert_rules,
    "names.yaml": names,
    "cause_events.yaml": cause_events,
    "cause_needs.yaml": cause_needs,
    "checks.yaml": checks,
    "priority_visits.yaml": priority_visits,
    "levers.yaml": levers,
    "monitoring_regimes.yaml": monitoring_regimes,
    "equivalents.yaml": equivalents,
    "monthly_forms.yaml": lambda path: form_columns("statistics", path),
    "monthly_sentences.yaml": lambda path: form_sentences("statistics", path),
    "proposed_groups.yaml": proposed_groups,
}


def test_every_file_of_reference_data_is_loaded_by_a_loader_of_these():
    assert LOADERS.keys() == {path.name for path in (*FOLDER.glob("*.yaml"), CAUSES_FILE)}


@pytest.mark.parametrize("name", LOADERS)
@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("source", None, "not found, allowed is text that is not empty; write it there"),
        ("source", "", 'found "", allowed is text that is not empty; mend it'),
        ("effective_from", None, "not found, allowed is a day such as 2026-01-31; write it there"),
        ("effective_from", "spring", "found 'spring', allowed is a day such as 2026-01-31; mend it"),
    ],
)
def test_a_value_without_source_or_date_does_not_load(tmp_path, name, field, value, fault):
    path = spoilt(tmp_path, name, 2, **{field: value})
    with pytest.raises(ParamsError) as caught:
        LOADERS[name](path)
    assert str(caught.value) == f"{name} entry 3: {field}: {fault}"


@pytest.mark.parametrize(
    ("load", "name", "field"),
    [
        (alert_rules, "alert_rules.yaml", "must_visit"),
        (measures, "measures.yaml", "is_development"),
        (monitoring_regimes, "monitoring_regimes.yaml", "is_comparable"),
    ],
)
def test_a_flag_is_true_or_false(tmp_path, load, name, field):
    with pytest.raises(ParamsError) as caught:
        load(spoilt(tmp_path, name, 0, **{field: "perhaps"}))
    assert str(caught.value).endswith(f" {field}: found 'perhaps', allowed is true or false; mend it")
