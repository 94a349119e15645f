"""200 cases in CI; ``make fuzz`` runs 1,000 under another seed each time."""

from tests.fuzz.campaign import campaign

#: The seed is fixed so that a failure is one of the code, not of the day.
SEED, COUNT = 20251125, 200


def test_spoilt_deliveries_end_identical_quarantined_or_refused():
    assert [case for case in campaign(COUNT, SEED) if case.fault] == []
