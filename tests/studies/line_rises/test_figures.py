"""Two villages, one season: a risk that is right for one rise and twice too high for another."""

import polars as pl
import pytest

from studies.line_rises.figures import judged_rises
from tests.parameters import parameters

PARAMS = parameters({"evaluate.bootstrap": 30}).evaluate


def season(name, fell, risk, rise):
    return pl.DataFrame(
        {
            "season": name,
            "assumed": 1.15,
            "came": 1.04,
            "rise": rise,
            "cluster": ["V1", "V1", "V2", "V2"],
            "risk": risk,
            "fell": fell,
        }
    )


def test_each_season_and_all_together_are_judged_for_each_rise():
    right = season("2023Q3", [True, False, True, False], [0.5] * 4, "0.04")
    high = season("2023Q3", [True, False, False, False], [0.5] * 4, "0.15")
    judged = {(row["season"], row["rise"]): row for row in judged_rises([right, high], PARAMS).to_dicts()}
    assert len(judged) == 4
    assert judged["2023Q3", "0.04"]["more"] == 0
    assert judged["2023Q3", "0.15"]["more"] == pytest.approx(1)
    assert judged["pooled", "0.15"]["more"] == judged["2023Q3", "0.15"]["more"]
    assert (judged["2023Q3", "0.04"]["assumed"], judged["pooled", "0.04"]["assumed"]) == (1.15, None)
