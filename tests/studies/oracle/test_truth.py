"""Evaluation reads the truth as it was sealed, and ranks models beside it."""

from datetime import date

import polars as pl
import pytest

from register.atomic import sha256, write_json, write_parquet
from register.errors import ParamsError, StoreError
from studies.oracle.truth import beside_the_oracle, hidden_by_help, read_truth, require_falls, rule_precision

DAY = date(2024, 6, 30)
RISK = pl.DataFrame(
    {"household_id": ["a", "b", "c", "d"], "as_of_date": [DAY] * 4, "risk": [0.9, 0.5, 0.1, 0.1]}
).with_columns(told_risk="risk")


def sealed(folder):
    path = folder / "530901" / "risk.parquet"
    write_parquet(path, RISK)
    write_json(folder / "manifest.json", {"530901/risk.parquet": {"rows": 4, "sha256": sha256(path)}})
    return path


def test_the_truth_is_read_under_the_registers_ids(tmp_path):
    sealed(tmp_path)
    assert read_truth(tmp_path, "risk").equals(RISK)
    assert read_truth(tmp_path, "risk", str.upper)["household_id"].to_list() == ["A", "B", "C", "D"]


def test_a_source_without_truth_says_so(tmp_path):
    with pytest.raises(StoreError) as caught:
        read_truth(tmp_path, "risk")
    assert str(caught.value) == (
        f"{tmp_path}/manifest.json: no truth found; only a simulated prefecture has one (huitou simulate)"
    )


def test_a_changed_truth_is_refused(tmp_path):
    path = sealed(tmp_path)
    write_parquet(path, RISK.head(2))
    with pytest.raises(StoreError) as caught:
        read_truth(tmp_path, "risk")
    assert str(caught.value) == (
        f"{path}: missing or changed since it was simulated; run huitou simulate again"
    )


def test_models_and_oracle_rank_the_same_households():
    # The last household has no true risk, and the one before no label: neither counts.
    judged = pl.DataFrame(
        {
            "household_id": ["a", "b", "c", "d", "e"],
            "as_of_date": [DAY] * 5,
            "label": [True, False, False, None, True],
            "model": [0.2, 0.3, 0.1, 0.4, 0.5],
        }
    )
    found = beside_the_oracle(judged, RISK, ["model"])
    assert found["ranking"].to_list() == ["risk", "told_risk", "model"]
    assert found["auc"].to_list() == [1.0, 1.0, 0.5]
    assert found["n"].to_list() == [3, 3, 3]


def test_a_rule_is_as_precise_as_the_falls_of_those_it_names():
    marked = pl.DataFrame({"label": [True, False, False, False, None], "paid": [3.0, 2.0, 2.0, 0.5, 9.0]})
    found = rule_precision(marked, {"dear": {"paid": 2.0}, "never": {"paid": 10.0}})
    assert found.rows() == [("dear", 3, 0.3333), ("never", 0, None)]


def resources(household, told, help_paid, breach=()):
    """The season ends from 2024Q2 on: resources over needs of 10,000 yuan a year, help so far."""
    days = [date(2024, 6, 30), date(2024, 9, 30), date(2024, 12, 31), date(2025, 3, 31), date(2025, 6, 30)]
    return [
        {
            "household_id": household,
            "as_of_date": day,
            "told_over_needs": over,
            "help_paid": paid,
            "needs": 10_000.0,
            "has_breach": place in breach,
        }
        for place, (day, over, paid) in enumerate(zip(days, told, help_paid, strict=True))
    ]


def test_what_help_paid_after_the_date_kept_above_the_line_would_have_fallen():
    """a: 2,000 yuan of help keep it at 1.1; b: help came before; c falls anyway; d loses its water."""
    steady = [1.1] * 5
    table = pl.DataFrame(
        [
            *resources("a", steady, [500.0, 1500.0, 2500.0, 2500.0, 2500.0]),
            *resources("b", steady, [3000.0] * 5),
            *resources("c", [1.2, 0.9, 1.2, 1.2, 1.2], [0.0] * 5),
            *resources("d", [2.0] * 5, [0.0] * 5, breach=(3,)),
            *resources("e", [0.5, 1.1, 1.1, 1.1, 1.1], [0.0] * 5, breach=(0,)),
        ]
    )
    judged = pl.DataFrame({"household_id": list("abcde"), "as_of_date": [DAY] * 5, "label": [False] * 5})
    found = hidden_by_help(judged.with_columns(risk=pl.Series([0.9, 0.1, 0.8, 0.7, 0.2])), table, 12, "risk")
    assert found.select("outcome", "n", "n_positive").rows() == [("as_told", 5, 2), ("without_help", 5, 3)]
    assert found["auc"].to_list() == [pytest.approx(4 / 6, abs=1e-4), 1.0]


def test_a_window_of_six_months_ends_before_the_help_of_the_winter_matters():
    table = pl.DataFrame(resources("a", [1.1] * 5, [0.0, 0.0, 0.0, 0.0, 2000.0]))
    judged = pl.DataFrame({"household_id": ["a"], "as_of_date": [DAY], "label": [False], "risk": [0.5]})
    counts = [hidden_by_help(judged, table, months, "risk")["n_positive"].to_list() for months in (6, 12)]
    assert counts == [[0, 0], [0, 1]]


@pytest.mark.parametrize("label", [{"months": 6}, {"months": 12, "outcome": "relapse"}])
def test_a_run_of_another_label_is_not_held_beside_the_truth(label):
    outcome = label.get("outcome", "falls_below_line")
    with pytest.raises(ParamsError) as caught:
        require_falls(label)
    assert str(caught.value) == (
        "label: the truth tells of falls_below_line within 12 months, the last run is of "
        f"{outcome} within {label['months']}; run huitou run without setting label.outcome and label.months"
    )


def test_a_run_of_the_default_label_is():
    require_falls({"months": 12})
