"""Stories of people: illness, disability, labour, schooling, insurance.

Code, what is told, the household in doubt, the one in order.
"""

from tests.register.stories.telling import (
    ABLE,
    CHILD,
    GRADED,
    PUPIL,
    born,
    health,
    home,
    insured,
    job,
    spell,
    study,
)

STORIES = [
    (
        "illness_without_payment",
        "Wu was identified for illness and never paid a bill; Li paid one",
        home("wu", monitoring=spell("illness")),
        home("li", monitoring=spell("illness"), health=[health("inpatient", "2024-12-01", own_payment=900)]),
    ),
    (
        "illness_without_patient",
        "nobody at the Wus is ill; Li is chronically ill",
        home("wu", monitoring=spell("illness")),
        home("li", monitoring=spell("illness"), health=[health("chronic")]),
    ),
    (
        "payment_above_cost",
        "Wu's bill of 100 was paid with 150",
        home("wu", health=[health("inpatient", total_cost=100, reimbursed=90, own_payment=60)]),
        home("li", health=[health("inpatient", total_cost=100, reimbursed=40, own_payment=60)]),
    ),
    (
        "disabled_without_certificate",
        "Wu is disabled and has no certificate; Li has one",
        home("wu", {"has_disability_certificate": False}, health=[health("disability")]),
        home("li", {"has_disability_certificate": True}, health=[health("disability")]),
    ),
    (
        "certificate_without_disability",
        "Wu has a certificate and no disability",
        home("wu", {"has_disability_certificate": True}),
        home("li", {"has_disability_certificate": True}, health=[health("disability")]),
    ),
    (
        "severe_limb_able",
        "Wu lost a leg and is down as ordinary labour; Li's grade is 4",
        home("wu", ABLE, health=[health("disability", **GRADED)]),
        home("li", ABLE, health=[health("disability", **{**GRADED, "grade": 4})]),
    ),
    (
        "disability_without_disabled",
        "nobody at the Wus is disabled",
        home("wu", monitoring=spell("disability")),
        home("li", monitoring=spell("disability"), health=[health("disability")]),
    ),
    (
        "student_marked_able",
        "Wu attends high school and is down as ordinary labour",
        home("wu", {**PUPIL, **ABLE}, schooling=[study("high")]),
        home("li", {**PUPIL, "labour": "none"}, schooling=[study("high")]),
    ),
    (
        "healthy_without_labour",
        "Wu, 45 and healthy, has no labour; Li is chronically ill",
        home("wu", {"labour": "none"}),
        home("li", {"labour": "weak"}, health=[health("chronic")], schooling=[study("adult")]),
    ),
    (
        "child_marked_able",
        "Wu is ten and down as ordinary labour",
        home("wu", {**CHILD, **ABLE}),
        home("li", {**CHILD, "labour": "none"}),
    ),
    (
        "special_support_healthy",
        "Wu, 45 and healthy, is in special support; Li is 75",
        home("wu", {"is_special_support": True}),
        home("li", {"is_special_support": True, "birth_date": born(1950)}, health=[health("chronic")]),
    ),
    (
        "labour_cause_with_workers",
        "both Wus can work; one of three Lis can",
        home("wu", ABLE, ABLE, monitoring=spell("labour")),
        home("li", ABLE, {"labour": "lost"}, {"labour": "none"}, monitoring=spell("labour")),
    ),
    (
        "no_labour_with_worker",
        "the Wus are without labour, but one of them can work",
        home("wu", ABLE, {"labour": "lost"}, state={"has_no_labour": True}),
        home("li", {"labour": "lost"}, state={"has_no_labour": True}),
    ),
    (
        "unable_at_work",
        "Wu has lost all labour and works in a factory; Li of weak labour does too",
        home("wu", {"labour": "lost"}, employment=[job()]),
        home("li", {"labour": "weak"}, employment=[job()]),
    ),
    (
        "no_labour_without_allowance",
        "the Wus are without labour and without allowance",
        home("wu", state={"has_no_labour": True, "has_minimum_income": False}),
        home("li", state={"has_no_labour": True, "has_minimum_income": True}),
    ),
    (
        "child_not_in_school",
        "Wu is ten and in no school; Li is ten and in primary school",
        home("wu", CHILD),
        home("li", CHILD, schooling=[study("primary")]),
    ),
    (
        "stage_against_age",
        "Wu is ten and at university",
        home("wu", CHILD, schooling=[study("university")]),
        home("li", PUPIL, schooling=[study("university")]),
    ),
    (
        "two_stages",
        "Wu attends primary and middle school at a time",
        home("wu", CHILD, schooling=[study("primary"), study("middle", "2025-09-01")]),
        home("li", CHILD, schooling=[study("primary", ended_on="2025-07-01"), study("middle", "2025-09-01")]),
    ),
    (
        "schooling_cause_without_student",
        "nobody at the Wus was ever in school",
        home("wu", monitoring=spell("schooling")),
        home("li", monitoring=spell("schooling"), schooling=[study("college")]),
    ),
    (
        "uninsured",
        "Wu let the insurance lapse; Li took one up",
        home("wu", health=[insured("2024-01-01"), insured("2025-01-01", "none")]),
        home("li", health=[insured("2024-01-01", "none"), insured("2025-01-01")]),
    ),
    (
        "insured_twice",
        "Wu is in both insurances",
        home("wu", health=[health("insurance", insurance="several")]),
        home("li", health=[health("insurance", insurance="employee")]),
    ),
]
