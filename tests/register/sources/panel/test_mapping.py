"""A mapping that cannot be meant is refused by what it says; its waves decide season and window."""

from copy import deepcopy

import pytest

from register.errors import ParamsError
from register.sources.panel.mapping import load_panel
from tests.register.sources.panel.folders import LONG, TRIAL, UGANDA_LIKE, with_mapping


def changed(mapping, **sections):
    return {**deepcopy(mapping), **sections}


def file_of(mapping, **entries):
    return [{**deepcopy(mapping["files"][0]), **entries}]


@pytest.mark.parametrize(
    ("mapping", "season", "first", "months"),
    [
        (UGANDA_LIKE, "2011Q4", "2009Q4", 12),
        (LONG, "2012Q4", "2006Q4", 36),
        (TRIAL, "2017Q2", "2015Q1", 27),
    ],
)
def test_the_waves_decide_season_and_window_and_the_amounts_what_resources_are(
    tmp_path, mapping, season, first, months
):
    with_mapping(tmp_path, mapping)
    assert load_panel(tmp_path, None).settings() == {
        "season": season,
        "features.first_season": first,
        "label.months": months,
        "label.resources": mapping["resources"]["kind"],
        "evaluate.origins": 1,
    }


def test_visits_are_set_where_the_mapping_says_them(tmp_path):
    with_mapping(tmp_path, changed(TRIAL, visits=40))
    assert load_panel(tmp_path, None).settings()["watchlist.capacity.visits"] == 40


REFUSED = {
    "another wave": (
        changed(LONG, line={**LONG["line"], "prices_of": "2012"}),
        "line.prices_of: found wave '2012', allowed are ['Wave 1', 'Wave 2', 'Wave 3'] (waves); mend it",
    ),
    "a price less": (
        changed(LONG, price_index={"Wave 1": 80, "Wave 3": 100}),
        "price_index: wave 'Wave 2' is missing; write its value there",
    ),
    "no wave": (
        changed(TRIAL, files=file_of(TRIAL, size="size", amount="food")),
        (
            "files item 1: nothing tells the wave of trial.csv; write {wave} in path or in column names, "
            "`wave: COLUMN`, or `only: WAVE`"
        ),
    ),
    "prices of no wave": (
        changed(LONG, line={"amount": 9, "period": "year"}),
        "line.prices_of is missing: price_index needs the wave in whose prices it is",
    ),
    "no prices": (
        changed(TRIAL, line={"amount": 9, "period": "year", "prices_of": "endline"}),
        (
            "line.prices_of needs price_index, prices of each wave; remove it where amounts are in constant "
            "prices"
        ),
    ),
    "prices of every wave": (
        changed(LONG, line={"by_wave": dict.fromkeys(LONG["waves"], 9), "period": "year"}),
        "price_index is for a line of one wave; remove it, the line is of every wave",
    ),
    "nobody's age": (
        changed(LONG, files=file_of(LONG, person="pid", tables={"members": {"sex": "sex"}})),
        (
            "['members'] tell of persons and no file tells their age; write members.age, birth_year or "
            "birth_date, or leave persons out (size and head then stand for them)"
        ),
    ),
    "two lines": (
        changed(TRIAL, line={"amount": 9, "percentile": 30}),
        "line: allowed is exactly one of amount, by_wave, percentile and column: true; mend it",
    ),
    "a line for no time": (
        changed(TRIAL, line={"amount": 9}),
        "line: `period` is missing: what the line is for, such as year; write it there",
    ),
    "a code nobody knows": (
        changed(LONG, files=file_of(LONG, head={"sex": {"from": "s", "codes": {"1": "man"}}})),
        "files item 1: members.sex: found codes ['man'], allowed are ['female', 'male']; mend them",
    ),
    "a person's table without persons": (
        changed(LONG, files=file_of(LONG, tables={"employment": {"activity": "a"}})),
        "files item 1: employment tells of persons; write the column of the person's number as `person`",
    ),
    "two ways to tell the wave": (
        changed(LONG, files=file_of(LONG, only="Wave 1")),
        "files item 1: found ['wave', 'only'], allowed is one way to tell the wave; mend it",
    ),
    "a word of no period": (
        changed(TRIAL, resources={"kind": "consumption", "period": "decade"}),
        "resources.period: found 'decade', allowed is day, week, fortnight, month, quarter or year; mend it",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_mapping_that_cannot_be_meant_is_refused(tmp_path, name):
    mapping, sentence = REFUSED[name]
    with_mapping(tmp_path, mapping)
    with pytest.raises(ParamsError) as refused:
        load_panel(tmp_path, None)
    assert str(refused.value) == f"{tmp_path}/panel.yaml: {sentence}"


def test_a_panel_without_a_mapping_says_where_it_should_be(tmp_path):
    with pytest.raises(ParamsError) as refused:
        load_panel(tmp_path, None)
    assert str(refused.value) == (
        f"{tmp_path}/panel.yaml: no such mapping; a panel needs one, source.mapping or panel.yaml beside its "
        "data (docs/panel.md)"
    )
