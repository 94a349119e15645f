"""Who is found to be in trouble, what help begins then, and when it is over."""

from dataclasses import dataclass

import numpy as np

from register.simulator.settings import Settings
from register.simulator.timeline import BURN_IN, Bools, Floats, Ints, Timeline


@dataclass(frozen=True)
class Watch:
    """What the mechanism did.

    Attributes
    ----------
    identified, eliminated : array of shape (k, 2)
        Household row and month of every event; identification follows a visible fall by
        15 to 60 days.
    over_needs : array of shape (n_households, n_months)
        True reference resources of twelve months over needs, help included.
    help_paid : array of shape (n_households, n_months)
        Yuan of help a month.
    """

    identified: Ints
    eliminated: Ints
    over_needs: Floats
    help_paid: Floats


def watch_over(
    net: Floats,
    size: Floats,
    line: Floats,
    breached: Bools,
    able: Bools,
    settings: Settings,
    timeline: Timeline,
    rng: np.random.Generator,
) -> Watch:
    """Walk the months: see who falls, identify, help, eliminate.

    Parameters
    ----------
    net : array of shape (n_households, n_months)
        Net income plus claims less own payments, without help.
    size : array of shape (n_households, n_months)
        Persons.
    line : array of shape (n_months,)
        Income line, yuan a year and person.
    breached : array of shape (n_households, n_months)
        Whether safe housing, water or schooling was lost in the month.
    able : array of shape (n_households,)
        Whether anybody can work; others stay monitored.
    settings, timeline, rng
        Rates, months, randomness.
    """
    n, months = net.shape
    help_paid, over = np.zeros((n, months)), np.zeros((n, months))
    monitored, seen_below = np.zeros(n, dtype=bool), np.zeros(n, dtype=bool)
    since, due, help_until = (np.full(n, value) for value in (0, -1, -1))
    identified, eliminated = [], []
    for month in range(BURN_IN - 1, months):
        year = slice(month - 11, month + 1)
        total = (net[:, year] + help_paid[:, year]).sum(axis=1)
        over[:, month] = total / (line[month] * np.maximum(size[:, month], 1))
        below = over[:, month] < VISIBLY
        found = ((below & ~seen_below) | breached[:, month]) & (rng.random(n) < settings.detection_share)
        found |= below & (rng.random(n) < FOUND_LATER)
        found &= ~monitored & (due < 0)
        due = np.where(found, month + rng.integers(1, 3, n), due)
        seen_below = below
        begins = (due == month) & ~monitored
        identified += [(row, month) for row in np.flatnonzero(begins).tolist()]
        monitored, since = monitored | begins, np.where(begins, month, since)
        due = np.where(due <= month, -1, due)
        over_now = monitored & able & (month - since >= LEAST_MONTHS) & (over[:, month] > 1.12)
        round_of_year = 0.6 if timeline.calendar_month[month] >= 11 else 0.015
        ends = over_now & (rng.random(n) < round_of_year)
        eliminated += [(row, month) for row in np.flatnonzero(ends).tolist()]
        monitored &= ~ends
        help_until = np.where(
            monitored, month + 1, np.where(ends, month + rng.integers(6, 19, n), help_until)
        )
        if month + 1 < months:
            paid = settings.help_per_person_month * np.maximum(size[:, month], 1)
            kept = np.where(help_until > 0, LASTING, 0)
            help_paid[:, month + 1] = paid * np.where(help_until > month, 1, kept)
    return Watch(_pairs(identified), _pairs(eliminated), over, help_paid)


#: Chance a month that an unwatched household below the line is found after all.
FOUND_LATER = 0.02
#: Resources over needs below which a fall is seen from outside.
VISIBLY = 0.97
#: Share of the help's effect that stays when it ends: the job, the orchard, the skill.
LASTING = 0.6
#: Months from identification to the earliest elimination (DOMAIN 1.5).
LEAST_MONTHS = 6


def _pairs(events: list[tuple[int, int]]) -> Ints:
    return np.array(events, dtype=np.int64).reshape(-1, 2)
