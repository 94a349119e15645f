from datetime import date

import polars as pl

from features.activity import with_activity
from tests.features.stories import DAY, household

HEAD, CHILD = 1, 2


def _does(*activities):
    spells = pl.DataFrame(
        {"member_at": [HEAD] * len(activities), "activity": activities},
        schema_overrides={"member_at": pl.Int64, "activity": pl.String},
    )
    members = pl.DataFrame({"member_at": [HEAD, CHILD], "as_of_date": [DAY, DAY]})
    row = with_activity(members, spells, [DAY]).row(0, named=True)
    return row["is_at_work"], row["is_in_labour_force"]


def test_who_looks_for_work_is_in_the_labour_force_and_not_at_work():
    assert _does("employee") == (True, True)
    assert _does("seeking") == (False, True)


def test_who_has_a_job_and_looks_for_another_is_at_work():
    assert _does("seeking", "employee") == (True, True)


def test_a_job_that_ended_and_no_job_at_all_are_alike():
    """The head is 45; the job ended in December, on the last day but thirty."""
    job = {"member_id": "head", "started_on": date(2025, 1, 1), "activity": "employee"}
    inactive = [
        household(employment=jobs)["n_inactive_adults"]
        for jobs in ([job], [job | {"ended_on": date(2025, 12, 1)}])
    ]
    assert (inactive, _does()) == ([0, 1], (False, False))


def test_where_nobody_was_ever_asked_about_work_nothing_is_known():
    """A survey without a table of work: two adults are not two adults out of work."""
    assert household(employment=[])["n_inactive_adults"] is None
