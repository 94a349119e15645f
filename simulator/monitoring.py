"""Who is found to be in trouble, what help begins then, and when it is over."""

from dataclasses import dataclass, fields

import numpy as np

from simulator.settings import SimulatorParameters
from simulator.timeline import BURN_IN, Bools, Floats, Ints, Timeline, rolling_year


@dataclass(frozen=True)
class Situation:
    """What the mechanism can see of each household; matrices are (n_households, n_months).

    Attributes
    ----------
    true_net, told_net : array
        Net income less own payments without help, as it is and as it is recorded.
    size, needs : array
        Persons; a year's needs, yuan.
    breached : array
        Whether safe housing, water or schooling was lost in the month.
    alerts : array
        Chance that a department's alert of the month ends in monitoring, 0 without one.
    here : array
        Whether the household exists.
    able, lifted : arrays of shape (n_households,)
        Whether anybody can work; whether it was lifted out of poverty.
    stock : array of shape (n_households,)
        Group under which it is monitored at the opening, "" for most.
    """

    true_net: Floats
    told_net: Floats
    size: Floats
    needs: Floats
    breached: Bools
    alerts: Floats
    here: Bools
    able: Bools
    lifted: Bools
    stock: np.ndarray

    def of_rows(self, rows: Ints) -> "Situation":
        """Keep some households."""
        return Situation(*(getattr(self, one.name)[rows] for one in fields(self)))


@dataclass(frozen=True)
class Luck:
    """Common random numbers of the mechanism, so that a story told again differs by its cause only.

    Attributes
    ----------
    detection, ends : array of shape (n_households, n_months)
        Uniform: whether the household is found, and whether it is eliminated, in the month.
    wait, after : array of shape (n_households, n_months)
        Months from finding to identification; months of help after elimination.
    """

    detection: Floats
    ends: Floats
    wait: Ints
    after: Ints

    @classmethod
    def draw(cls, shape: tuple[int, int], rng: np.random.Generator) -> "Luck":
        """Draw the luck of every household and month."""
        detection, ends = rng.random(shape, dtype=np.float32), rng.random(shape, dtype=np.float32)
        wait, after = rng.integers(1, 3, shape, dtype=np.int8), rng.integers(6, 19, shape, dtype=np.int8)
        return cls(detection, ends, wait, after)  # type: ignore[arg-type]  # narrow on purpose

    def of_rows(self, rows: Ints) -> "Luck":
        """Keep some households."""
        return Luck(*(getattr(self, one.name)[rows] for one in fields(self)))


@dataclass(frozen=True)
class Watch:
    """What the mechanism did; matrices are (n_households, n_months).

    Attributes
    ----------
    identified, eliminated : array of shape (k, 2)
        Household row and month of every event; identification follows its finding by 15
        to 60 days.
    sudden : array of shape (k,)
        Whether an identified household stood above the line.
    over_needs, told_over_needs : array
        Reference resources of twelve months over needs, help included: true and recorded.
    help_paid : array
        Yuan of help in the month.
    help_until : array
        Month in which full help ends as things stand, 0 without any; monitored ones get on.
    """

    identified: Ints
    eliminated: Ints
    sudden: Bools
    over_needs: Floats
    told_over_needs: Floats
    help_paid: Floats
    help_until: Ints


def watch_over(situation: Situation, luck: Luck, settings: SimulatorParameters, timeline: Timeline) -> Watch:
    """Walk the months: see who falls, identify, help, eliminate."""
    walk = _Walk(situation, luck, settings, timeline)
    for month in range(BURN_IN - 1, timeline.n_months):
        walk.step(month)
    return Watch(
        _pairs(walk.identified),
        _pairs(walk.eliminated),
        np.concatenate([np.zeros(0, dtype=bool), *walk.above]),
        walk.over,
        walk.told_over,
        walk.help_paid,
        walk.until_by_month,
    )


class _Walk:
    """The state of the mechanism between two months."""

    def __init__(
        self, situation: Situation, luck: Luck, settings: SimulatorParameters, timeline: Timeline
    ) -> None:
        self.situation, self.luck, self.settings, self.timeline = situation, luck, settings, timeline
        shape = situation.true_net.shape
        self.help_paid, self.over, self.told_over = (np.zeros(shape) for _ in range(3))
        self.until_by_month = np.zeros(shape, dtype=np.int64)
        self.true_year, self.told_year = rolling_year(situation.true_net), rolling_year(situation.told_net)
        n = shape[0]
        self.helped = np.zeros(n)
        self.monitored, self.was_below, self.is_sudden = (np.zeros(n, dtype=bool) for _ in range(3))
        self.since, self.due, self.help_until = (np.full(n, value) for value in (0, -1, 0))
        self.identified: list[Ints] = []
        self.eliminated: list[Ints] = []
        self.above: list[Bools] = []

    def step(self, month: int) -> None:
        """See the month's resources, let events happen, pay next month's help."""
        if month >= BURN_IN:  # nobody is helped before
            self.helped += self.help_paid[:, month] - self.help_paid[:, month - 12]
        needs = self.situation.needs[:, month]
        self.over[:, month] = (self.true_year[:, month] + self.helped) / needs
        self.told_over[:, month] = (self.told_year[:, month] + self.helped) / needs
        if month < BURN_IN:
            self._open(month)
        else:
            detected = self._detected(month)
            self.due = np.where(detected, month + self.luck.wait[:, month], self.due)
            self._identify(self._within_quota((self.due == month) & ~self.monitored, month), month)
            self._eliminate(month)
        self.until_by_month[:, month] = np.where(self.monitored, NEVER_YET, self.help_until)
        if month + 1 < self.situation.true_net.shape[1]:
            self.help_paid[:, month + 1] = self._help(month)

    def _detected(self, month: int) -> Bools:
        told_over, settings, situation = self.told_over[:, month], self.settings, self.situation
        below = told_over < VISIBLY
        rounds = ROUND if self.timeline.calendar_month[month] >= 9 else 1.0
        looked_after = np.where(situation.lifted, 1.0, settings.ordinary_found_ratio)
        chance = np.select(
            [below & ~self.was_below, below, told_over < CLOSE],
            [settings.application_share, settings.found_later_rate, settings.attention_rate * rounds],
            0.0,
        )
        chance = np.maximum(
            chance * looked_after, situation.alerts[:, month] * (told_over < settings.sudden_ceiling)
        )
        chance = np.maximum(chance, settings.breach_found_share * situation.breached[:, month])
        self.was_below = below
        free = ~self.monitored & (self.due < 0) & situation.here[:, month]
        return np.asarray(free & (self.luck.detection[:, month] < chance))

    def _open(self, month: int) -> None:
        """Begin with those who were identified in the year before the register."""
        rows = np.flatnonzero(self.situation.stock != "")
        self.monitored[rows] = True
        self.since[rows] = np.maximum(month - self.luck.after[rows, month] + 6, 0)
        self.is_sudden[rows] = self.situation.stock[rows] == "sudden"
        self.identified.append(np.column_stack([rows, self.since[rows]]))
        self.above.append(self.is_sudden[rows])

    def _identify(self, begins: Bools, month: int) -> None:
        rows = np.flatnonzero(begins)
        self.is_sudden[rows] = self.told_over[rows, month] >= 1
        self.above.append(self.is_sudden[rows])
        self.identified.append(np.column_stack([rows, np.full(len(rows), month)]))
        self.monitored, self.since = self.monitored | begins, np.where(begins, month, self.since)
        self.due = np.where(self.due <= month, -1, self.due)

    def _within_quota(self, begins: Bools, month: int) -> Bools:
        if self.timeline.starts[month] >= np.datetime64(self.settings.quota_until, "D"):
            return begins
        room = int(self.settings.quota_share * self.situation.lifted.sum()) - int(self.monitored.sum())
        return begins & (np.cumsum(begins) <= room)

    def _eliminate(self, month: int) -> None:
        settings, last_round = self.settings, self.timeline.calendar_month[month] >= 11
        ready = self.monitored & self.situation.able & (month - self.since >= settings.least_months)
        ready &= self.told_over[:, month] > settings.out_over_line
        rate = (settings.year_end_rate if last_round else settings.in_year_rate) * np.where(
            self.is_sudden, settings.sudden_slowdown, 1.0
        )
        ends = ready & (self.luck.ends[:, month] < rate)
        gone = self.monitored & ~self.situation.here[:, month]
        rows = np.flatnonzero(ends)
        self.eliminated.append(np.column_stack([rows, np.full(len(rows), month)]))
        self.monitored &= ~(ends | gone)
        self.help_until = np.where(ends, month + self.luck.after[:, month], self.help_until)

    def _help(self, month: int) -> Floats:
        full = self.settings.help_per_person_month * self.situation.size[:, month]
        kept = np.where(self.help_until > 0, self.settings.lasting_help_share, 0.0)
        return full * np.where(self.monitored | (self.help_until > month), 1.0, kept)


#: Resources over needs below which a fall is seen from outside.
VISIBLY = 0.97
#: And below which a visitor sees that little is lacking.
CLOSE = 1.3
#: How much more is visited from September on, when everybody is looked through.
ROUND = 3.0
#: Help goes on while a household is monitored.
NEVER_YET = 10_000


def _pairs(events: list[Ints]) -> Ints:
    return np.concatenate([np.zeros((0, 2), dtype=np.int64), *events])
