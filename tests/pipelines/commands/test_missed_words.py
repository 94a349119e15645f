import polars as pl

from pipelines.commands.missed_words import missed_text
from tests.watchlists.lists import FALLS

NUMBER = "c1029c1e" * 4


def row(number, **changes):
    return {
        "household_id": NUMBER,
        "risk": 0.3 - number / 1000,
        "rank_in_county": 40 + number,
        "lowest_risk_listed": 0.35,
        "resources_over_line": 1.3,
        "groups": ["remote"],
        "main_cause": "illness",
        "fell_by": "line",
        "lead_months": 3.0,
        **changes,
    }


TURNS = pl.DataFrame(
    {"label": [True] * 20 + [None, False], "priority": list(range(1, 23)), "visits": 2, "beside": 0},
    schema_overrides={"label": pl.Boolean()},
)


def text(*rows):
    kinds = {"main_cause": pl.String(), "groups": pl.List(pl.String()), "lowest_risk_listed": pl.Float64()}
    return missed_text("2024Q1", TURNS, pl.DataFrame(rows, schema_overrides=kinds), FALLS)


def test_counts_come_first_by_cause_and_way_distance_and_group():
    told = text(*(row(n) for n in range(10)), *(row(n, main_cause=None, groups=[]) for n in range(10, 18)))
    assert told.startswith("2024Q1 · 跌破 fell 20 · 名单 list 2 · 未列 not listed 20 (100%)")
    for line in (
        "      10  因病 illness",
        "      10  近一年无新原因 no fresh cause",
        "      20  收入跌破线 income below the line",
        "      20  收入为线的1.25–1.5倍 income 1.25 to 1.5 lines",
        "      10  偏远村 remote village",
    ):
        assert f"{line}\n" in told


def test_an_id_is_cut_short_and_what_is_not_known_is_a_dash():
    told = text(row(0, lowest_risk_listed=None, resources_over_line=None))
    assert NUMBER not in told
    assert told.splitlines()[-1].split()[:5] == ["c1029c1e…", "30.0%", "40", "–", "–"]


def test_the_table_is_short_and_its_columns_stand_under_one_another():
    lines = text(*(row(n) for n in range(18))).splitlines()
    table = lines[lines.index("") :][-17:]
    assert len([line for line in lines if line.startswith("c1029c1e…")]) == 15
    assert table[0].startswith("户")
