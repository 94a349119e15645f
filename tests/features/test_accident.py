from datetime import date

import pytest

from tests.features.stories import household


def test_a_fall_at_work_and_the_claim_that_paid_for_half_of_it():
    fall = {"kind": "accident_injury", "loss": 4_800.0, "occurred_on": date(2025, 9, 1)}
    paid = {"source": "claim", "amount": 2_400.0, "occurred_on": date(2025, 10, 1)}
    features = household(shocks=[fall], income=[paid])
    assert (features["n_accidents_12m"], features["months_since_accident"]) == (1, 3)
    assert features["accident_loss_over_needs_12m"] == pytest.approx(0.2)
    assert features["claims"] == pytest.approx(0.1)
