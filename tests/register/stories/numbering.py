"""Stories of ids and times: a household that is no longer the one it was, a year of another age.

Code, what is told, the household in doubt, the one in order.
"""

from tests.register.stories.telling import earning, home, wage


def then(name, until, since, *, same):
    """A member until a day; from another on the same one or a stranger."""
    first = {"member_id": f"{name}-1", "birth_date": "1970-01-01", "valid_to": until}
    later = {"member_id": f"{name}-{1 if same else 2}", "birth_date": "1970-01-01", "valid_from": since}
    return first, later


def ending(name, until, since):
    return [{"household_id": name, "valid_to": until}, {"household_id": name, "valid_from": since}]


def earned(name, *days):
    return earning(name, *(wage(5, day) for day in days))


USUAL = ("2024-03-31", "2024-04-30", "2024-05-31")
STORIES = [
    (
        "happened_in_another_age",
        "Wu's wage of April stands in 1924",
        earned("wu", *USUAL, "1924-04-30"),
        earned("li", *USUAL, "2019-04-30"),
    ),
    (
        "entered_in_another_age",
        "Wu's wage was entered in 2124",
        {**earned("wu", *USUAL), "households": [{"household_id": "wu", "recorded_on": "2124-01-01"}]},
        earned("li", *USUAL),
    ),
    (
        "record_after_ending",
        "the Wus left in 2022 and earned in 2024; the Lis' last wage came in the year they left",
        {**earned("wu", *USUAL), "households": [{"household_id": "wu", "valid_to": "2022-06-30"}]},
        {**earned("li", *USUAL), "households": [{"household_id": "li", "valid_to": "2024-03-01"}]},
    ),
    (
        "member_ids_alike",
        "x1 and X1 are two of the Wus; the Lis' numbers differ",
        home("wu", {"member_id": "x1"}, {"member_id": "X1"}),
        home("li", {"member_id": "y1"}, {"member_id": "Y2"}),
    ),
    (
        "came_back",
        "the Wus' household was ended for half a year; the Lis' changed its state from one day to the next",
        {**home("wu"), "households": ending("wu", "2023-01-01", "2023-07-01")},
        {**home("li"), "households": ending("li", "2023-01-01", "2023-01-01")},
    ),
    (
        "members_replaced",
        "the only Wu left on the day a stranger came; the only Li was entered anew",
        home("wu", *then("wu", "2023-01-01", "2023-01-01", same=False)),
        home("li", *then("li", "2023-01-01", "2023-01-01", same=True)),
    ),
]
