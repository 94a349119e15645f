"""What every declaration of the register owes its readers."""

from dataclasses import replace

import pytest

from register.contract import Column, Table, recorded_on
from register.reference import causes, measures
from register.tables import TABLES

COLUMNS = [(table, column) for table in TABLES.values() for column in table.columns]
BOTH = ("一", "鿿")


def has_chinese(text):
    return any(BOTH[0] <= sign <= BOTH[1] for sign in text)


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=lambda one: one.name)
def test_every_column_says_in_both_languages_what_it_is(table, column):
    assert has_chinese(column.zh)
    assert column.en.isascii()
    if column.description:
        zh, slash, en = column.description.partition(" / ")
        assert has_chinese(zh)
        assert slash
        assert not has_chinese(en)


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=lambda one: one.name)
def test_every_number_has_a_unit_and_every_code_a_chinese_meaning(table, column):
    assert bool(column.unit) == (column.kind in ("number", "money")) or column.kind == "integer"
    assert all(has_chinese(zh) for zh in column.meanings.values())


def test_labels_within_a_table_are_unique():
    for table in TABLES.values():
        for language in ("zh", "en"):
            labels = [getattr(column, language) for column in table.columns]
            assert len(set(labels)) == len(labels), (table.name, language)


def test_what_names_or_reaches_a_person_goes_to_the_vault_and_nothing_else():
    vaulted = {f"{table.name}.{name}" for table in TABLES.values() for name in table.vaulted}
    assert vaulted == {
        "households.phone",
        "households.address",
        "members.name",
        "members.id_number",
        "members.phone",
        "lookbacks.note",
        "found_off_list.note",
    }


def test_health_and_schooling_are_sensitive_and_villages_are_not_personal():
    for name in ("health", "schooling"):
        sensitive = {column.name for column in TABLES[name].columns if column.privacy == "sensitive"}
        assert sensitive >= {*TABLES[name].by_name} - {
            "household_id",
            "member_id",
            "occurred_on",
            "recorded_on",
        }
    assert {column.privacy for column in TABLES["villages"].columns} == {""}


def test_the_contract_calls_causes_and_measures_what_the_reference_data_call_them():
    main_cause, measure = TABLES["monitoring"].by_name["main_cause"], TABLES["assistance"].by_name["measure"]
    assert {code: causes()[code].zh for code in main_cause.codes} == main_cause.meanings
    assert {code: measures()[code].zh for code in measure.codes} == measure.meanings


def table_of(**changes):
    name = replace(Column("name", "text", "姓名", "name"), **changes)
    return Table("people", "人", "people", "", ("name",), "recorded_on", (name, recorded_on()))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kind": "code"}, "people.name: a code column, and no other, lists its codes"),
        ({"meanings": {"a": "甲"}}, "people.name: a code column, and no other, lists its codes"),
        ({"usage": "vault"}, "table people needs a column that goes to the vault"),
        ({"name": "nom"}, "table people declares no column ['name']"),
    ],
)
def test_a_declaration_that_contradicts_itself_is_refused(changes, sentence):
    with pytest.raises(TypeError) as refusal:
        table_of(**changes)
    assert str(refusal.value) == sentence
