"""Stories of ids: a household that is no longer the one it was.

Code, what is told, the household in doubt, the one in order.
"""

from tests.register.stories.telling import home


def then(name, until, since, *, same):
    """A member until a day; from another on the same one or a stranger."""
    first = {"member_id": f"{name}-1", "birth_date": "1970-01-01", "valid_to": until}
    later = {"member_id": f"{name}-{1 if same else 2}", "birth_date": "1970-01-01", "valid_from": since}
    return first, later


def ending(name, until, since):
    return [{"household_id": name, "valid_to": until}, {"household_id": name, "valid_from": since}]


STORIES = [
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
