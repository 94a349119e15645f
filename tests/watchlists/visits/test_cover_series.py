import polars as pl

from models.resampling import Bootstrap
from watchlists.visits.capacity import Capacity
from watchlists.visits.cover_series import SCHEMA, cover_series, missed_most
from watchlists.visits.policies import Visiting

FEW = Bootstrap(20, 1)
VISITING = Visiting(Capacity("township", 2), {})


def cohort():
    """In each of ten townships three households fell: two alone, riskier, and a family with children."""
    rows = [
        {
            "household_id": f"T{place}-{n}",
            "county_id": "C1",
            "township_id": f"T{place}",
            "village_id": f"T{place}-V1",
            "risk": risk,
            "score": risk,
            "need": 0.0,
            "rules": [],
            "alerts": [],
            "groups": groups,
            "label": True,
        }
        for place in range(10)
        for n, (risk, groups) in enumerate(((0.5, []), (0.4, []), (0.3, ["with_children"])))
    ]
    lists = dict.fromkeys(("rules", "alerts", "groups"), pl.List(pl.String()))
    return pl.DataFrame(rows, schema_overrides=lists)


def test_a_reserved_visit_closes_the_gap_of_the_group_missed_most():
    found = cover_series({"2024Q1": cohort()}, VISITING, (0, 1), FEW)
    assert found["group"].to_list() == ["with_children"] * 2
    assert found["gap"].to_list() == [-100.0, 50.0]
    assert found["group_found"].to_list() == [0, 10]
    assert found["recall"].round(4).to_list() == [0.6667, 0.6667]


def test_where_no_season_was_judged_nothing_is_tried():
    assert cover_series({}, VISITING, (0, 1), FEW).equals(pl.DataFrame(schema=SCHEMA))


def test_where_nobody_of_any_group_fell_none_is_missed_most():
    held = cohort().with_columns(label=pl.lit(value=False), is_listed=pl.lit(value=False))
    assert missed_most({"2024Q1": held}) is None
