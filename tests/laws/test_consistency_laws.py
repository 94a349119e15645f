"""Laws of every declared check, whatever the register holds."""

import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from register.consistency import CHECKS, FINDINGS, SEVERITIES, examine, unchecked
from register.consistency.limits import limits
from register.intake.admission import admit
from register.reference import income_lines
from register.sources.delivery import RawTable
from register.tables import TABLES
from simulator.county import simulate_county
from simulator.population import county_id
from tests.laws.registers import DATES, LINES, random_tables
from tests.parameters import parameters

ROOT = Path(__file__).parents[2]
#: What a register that keeps its own books can not hold, however unlucky its people.
IMPOSSIBLE = {
    "work_ends_before_start",
    "measure_ends_before_start",
    "payment_above_cost",
    "member_elsewhere",
    "two_heads",
    "too_old",
    "identified_twice",
    "group_against_category",
    "cause_repeated",
    "duplicate_id_number",
}

#: Checks that look through all columns of a kind, and name those in doubt.
ANY_COLUMN = {"no_answer_code", "village_no_answer_code", "recurring_extreme", "unshown_character"}


@settings(max_examples=12)
@given(seed=st.integers(0, 10**6), day=st.sampled_from(DATES))
def test_no_check_raises_and_every_finding_says_where_and_how_serious(seed, day):
    tables = random_tables(seed)
    examined = examine(tables, LINES, day)
    found = examined.findings
    assert dict(found.schema) == FINDINGS
    assert set(found["severity"]) <= set(SEVERITIES)
    assert set(found["household_id"].drop_nulls()) <= set(tables["households"]["household_id"])
    assert found["township_id"].null_count() == 0
    assert found.select("code", "household_id", "member_id", "township_id").is_duplicated().sum() == 0
    assert not set(found["code"]) & set(examined.unchecked)


@settings(max_examples=6)
@given(seed=st.integers(0, 10**6))
def test_the_order_of_rows_makes_no_difference(seed):
    tables = random_tables(seed)
    shuffled = {name: frame.sample(fraction=1, shuffle=True, seed=seed) for name, frame in tables.items()}
    assert examine(shuffled, LINES, DATES[2]).findings.equals(examine(tables, LINES, DATES[2]).findings)


@settings(max_examples=6)
@given(seed=st.integers(0, 10**6))
def test_the_evidence_of_a_household_names_columns_and_a_count_never_a_value(seed):
    found = examine(random_tables(seed), LINES, DATES[2]).findings.filter(
        pl.col("household_id").is_not_null()
    )
    for code, evidence in found.select("code", "evidence").iter_rows():
        named, count = evidence.split("; ")
        columns = {f"{name}.{column}" for name, table in TABLES.items() for column in table.by_name}
        assert named == " ".join(CHECKS[code].reads) or (code in ANY_COLUMN and columns >= {*named.split()})
        assert re.fullmatch(r"n=\d+", count)


def last_read(code):
    """Name table and column of what a check reads last."""
    table, column = CHECKS[code].reads[-1].split(".")
    return table, TABLES[table].by_name[column]


#: A required column can not be missing: ingest would have set the rows aside.
OPTIONAL = sorted(code for code in CHECKS if not last_read(code)[1].required)


@settings(max_examples=6)
@given(seed=st.integers(0, 10**6), code=st.sampled_from(OPTIONAL))
def test_a_check_is_silent_and_says_so_where_a_column_it_reads_was_not_delivered(seed, code):
    tables, (table, column) = random_tables(seed), last_read(code)
    kind = tables[table].schema[column.name]
    lacking = {**tables, table: tables[table].with_columns(pl.lit(None, kind).alias(column.name))}
    examined = examine(lacking, LINES, DATES[2])
    assert code in examined.unchecked
    assert code not in set(examined.findings["code"])


@pytest.fixture(scope="module")
def simulated():
    """A county whose clerks make no typing errors."""
    small = {"households_per_county": 1000, "villages_per_county": 8, "townships_per_county": 2}
    clean = {"dirty_share": 0.0, "duplicate_share": 0.0}
    tables = simulate_county(0, parameters().simulator.model_copy(update={**small, **clean})).tables
    raw = [RawTable(name, f"{name}.csv", frame.cast(pl.String)) for name, frame in tables.items()]
    return examine(admit(county_id(0, parameters().simulator.office), raw).tables, income_lines())


def test_a_clean_simulated_county_trips_nothing_impossible_and_little_else(simulated):
    found = simulated.findings
    assert not set(found["code"]) & IMPOSSIBLE
    in_error = found.filter(severity="error")["household_id"].n_unique()
    assert in_error < 0.2 * 1000
    assert len(unchecked([simulated])) < len(CHECKS) / 3


def test_every_threshold_is_used_by_a_check_and_every_used_one_is_cited():
    named = {name for check in CHECKS.values() for name in check.limits}
    assert named == {limit.name for limit in limits()}


def test_words_leave_no_placeholder_open_and_say_a_next_step_in_both_languages():
    for check in CHECKS.values():
        assert not re.search(r"[{}]", "".join(check.words)), check.code
        assert re.search(r"[\u4e00-\u9fff]", check.words[0])
        assert not re.search(r"[\u4e00-\u9fff]", check.words[1])
        assert " / " in check.next_step
        assert check.source


@pytest.mark.parametrize("readme", ["docs/howto/own_data.md", "docs/howto/own_data.zh.md", "CHANGELOG.md"])
def test_there_are_as_many_checks_as_people_are_told(readme):
    told = re.search(
        r"(\d+) (?:项\[一致性|\[?consistency) ?(?:checks|检查)", (ROOT / readme).read_text("utf-8")
    )
    assert told is not None
    assert int(told[1]) == len(CHECKS)


def test_all_is_looked_at_as_of_the_last_month_on_record():
    """Wages until December 2022: the day is its last, without being told."""
    tables = random_tables(7)
    income = tables["income"].with_columns(occurred_on=pl.lit(date(2022, 12, 5)))
    alone = {name: tables[name] for name in ("villages", "households", "members")} | {"income": income}
    assert examine(alone, LINES).findings.equals(examine(alone, LINES, date(2022, 12, 31)).findings)
