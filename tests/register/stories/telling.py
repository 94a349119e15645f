"""Words to tell a household's story in a line."""

from tests.households import household

CITIZEN = "11010519491231002X"  # the worked example of GB 11643-1999
BORN = "1949-12-31"


def home(name, *people, state=None, **rows):
    """Give a household by its members; one grown-up where none is told."""
    made = household(name, members=0, state=state, **rows)
    made["members"] = [
        {"household_id": name, "member_id": f"{name}-{number}", **one}
        for number, one in enumerate(people or ({},), 1)
    ]
    return made


def identified(on="2025-01-10", **columns):
    return {"event": "identified", "occurred_on": on, "group": "sudden", "main_cause": "other", **columns}


def eliminated(on="2025-11-20", **columns):
    return {"event": "eliminated", "occurred_on": on, **columns}


def spell(cause="other", **columns):
    """Identified in January for a cause."""
    return [identified(main_cause=cause, **columns)]


def over(on="2025-11-20", **columns):
    """Identified in January, eliminated later."""
    return [identified(), eliminated(on, **columns)]


def job(activity="employee", **columns):
    return {"activity": activity, "started_on": "2024-03-01", **columns}


def study(stage, started_on="2024-09-01", **columns):
    return {"stage": stage, "started_on": started_on, **columns}


def health(kind, on="2024-06-01", **columns):
    return {"kind": kind, "occurred_on": on, **columns}


def insured(on, insurance="resident"):
    return health("insurance", on, insurance=insurance)


def graded(grade, on="2024-01-01"):
    return {"occurred_on": on, "grade": grade}


def farms(on, arable_mu, **columns):
    return {"occurred_on": on, "arable_mu": arable_mu, **columns}


def help_of(measure="social", on="2025-02-01", **columns):
    return {"measure": measure, "started_on": on, **columns}


def earning(name, *amounts, **rows):
    """Give a household by its income records: amount, source, day."""
    made = home(name, **rows)
    made["income"] = [
        {"household_id": name, "amount": amount, "source": source, "occurred_on": on}
        for amount, source, on in amounts
    ]
    return made


def wage(amount, on="2025-06-30"):
    return amount, "wage", on


def born(year):
    return f"{year}-06-15"


ABLE, CHILD, PUPIL = {"labour": "ordinary"}, {"birth_date": born(2015)}, {"birth_date": born(2008)}
GRADED = {"grade": 1, "disability_kind": "limb"}
SENT = {"first": "2025-01", "last": "2025-12"}
