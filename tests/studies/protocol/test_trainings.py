from datetime import date

import polars as pl
import pytest

from register.errors import StoreError
from studies.protocol.splits import HOUSEHOLDS, ROLLING, Fold
from studies.protocol.trainings import Trained, by_split, refuse_stale

DAY = date(2024, 3, 31)
NOTHING = pl.DataFrame()


def scored(name, **risks):
    return pl.DataFrame(
        {"household_id": list(risks), "as_of_date": [DAY] * len(risks), name: list(risks.values())}
    )


def of(split, part, **risks):
    fold = Fold(split, "2024Q1", part, DAY, NOTHING, NOTHING, NOTHING)
    return Trained(fold, scored(split, **risks), None, None)


def test_the_parts_of_a_split_stand_beside_the_rolling_risks():
    done = [of(ROLLING, 0, A=0.1, B=0.2), of(HOUSEHOLDS, 0, B=0.4), of(HOUSEHOLDS, 1, A=0.3)]
    found = by_split(done)
    assert found.rows() == [("A", DAY, 0.1, 0.3), ("B", DAY, 0.2, 0.4)]


def test_risks_of_another_training_are_refused():
    again = by_split([of(ROLLING, 0, A=0.1, B=0.2)])
    refuse_stale(again, scored("risk_model", A=0.1, B=0.2))
    with pytest.raises(StoreError) as refused:
        refuse_stale(again, scored("risk_model", A=0.1, B=0.21))
    assert str(refused.value) == (
        "artifacts/model: training the judged seasons again gives other risks than the run left there; run "
        "huitou run with the same --set first"
    )
    with pytest.raises(StoreError):
        refuse_stale(again, scored("risk_model", A=0.1, C=0.2))
