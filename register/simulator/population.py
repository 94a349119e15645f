"""Who lives where: villages, households and their members."""

from dataclasses import dataclass

import numpy as np

from register.simulator.settings import PREFECTURE, Settings
from register.simulator.timeline import Bools, Days, Floats, Ints, Timeline

#: Slots of a household, in the order its members are numbered.
RELATIONS = np.array(["head", "spouse", "child", "child", "child", "parent", "parent"])
EDUCATION = np.array(["none", "primary", "middle", "high", "college"])


@dataclass(frozen=True)
class Population:
    """Households (by row) and members (by row, sorted by household).

    Attributes
    ----------
    village, lifted, site : arrays of shape (n_households,)
        Row of the village, lifted out of poverty, row of the settlement site (-1 none).
    remote, orchard_village, hazard : arrays of shape (n_villages,)
        What the village is like.
    owner : array of shape (n_members,)
        Row of the member's household.
    birth, relation, female, minority, education, chronic, disabled : arrays of shape (n_members,)
        What the member is like.
    joins, leaves : arrays of shape (n_members,)
        First month in the household and first month no longer in it.
    """

    county_id: str
    village: Ints
    lifted: Bools
    site: Ints
    remote: Bools
    hazard: Floats
    owner: Ints
    birth: Days
    relation: np.ndarray
    female: Bools
    minority: Bools
    education: Ints
    chronic: Bools
    disabled: Bools
    joins: Ints
    leaves: Ints

    @property
    def n_households(self) -> int:
        """Count households."""
        return len(self.village)

    def count(self, members: np.ndarray) -> np.ndarray:
        """Add up over each household's members; `members` has one row a member."""
        starts = np.searchsorted(self.owner, np.arange(self.n_households))
        return np.add.reduceat(members, starts, axis=0)

    def present(self, timeline: Timeline) -> Bools:
        """Tell who is in the household, shape (n_members, n_months)."""
        months = np.arange(timeline.n_months)
        return (self.joins[:, None] <= months) & (months < self.leaves[:, None])

    def ages(self, timeline: Timeline) -> Floats:
        """Age in years, shape (n_members, n_months)."""
        days = timeline.starts[:-1][None, :] - self.birth[:, None]
        return np.asarray(days.astype(np.float64) / 365.25)

    def household_ids(self) -> np.ndarray:
        """Ids by household row."""
        return np.array([f"{self.county_id}{row + 1:06d}" for row in range(self.n_households)])

    def member_ids(self) -> np.ndarray:
        """Ids by member row: the household's id and a number within it."""
        starts = np.searchsorted(self.owner, self.owner)
        within = np.arange(len(self.owner)) - starts + 1
        return np.char.add(self.household_ids()[self.owner], np.char.mod("%02d", within))

    def village_ids(self) -> np.ndarray:
        """Ids by village row."""
        return np.array([f"{self.county_id}{row + 1:03d}" for row in range(len(self.remote))])


def county_id(index: int) -> str:
    """Name a county, the first has index 0."""
    return f"{PREFECTURE}{index + 1:02d}"


def make_population(
    index: int, settings: Settings, timeline: Timeline, rng: np.random.Generator
) -> Population:
    """Make the people of a county."""
    n, villages = settings.households_per_county, settings.villages_per_county
    village = np.sort(rng.integers(0, villages, n))
    poor_village = rng.normal(0, 0.6, villages)
    base = np.log(settings.lifted_out_share / (1 - settings.lifted_out_share))
    lifted = rng.random(n) < 1 / (1 + np.exp(-base - poor_village[village]))
    relocated = lifted & (rng.random(n) < settings.relocated_share)
    site = np.where(relocated, rng.integers(0, 3, n), -1)
    age, exists = _slots(n, lifted, rng)
    owner, slot = np.nonzero(exists)
    members = len(owner)
    years = age[owner, slot]
    birth = timeline.starts[BIRTH_REFERENCE] - (years * 365.25).astype(np.int64).astype("timedelta64[D]")
    joins = np.maximum(timeline.month_of(birth), 0)
    minority_village = rng.random(villages) < settings.minority_share
    minority = rng.random(n) < np.where(minority_village[village], 0.85, 0.13)
    female = np.where(slot == 0, rng.random(members) < 0.16, rng.random(members) < 0.48)
    female = np.where(slot == 1, True, female)
    schooled = np.clip(2.2 - (years - 25) * 0.035 + rng.normal(0, 0.9, members), 0, 4).astype(np.int64)
    chronic = rng.random(members) < _chronic_chance(years, settings.chronic_share)
    return Population(
        county_id=county_id(index),
        village=village,
        lifted=lifted,
        site=site,
        remote=rng.random(villages) < 0.2 + 0.1 * (poor_village > 0),
        hazard=np.exp(rng.normal(-0.3, 0.8, villages)),
        owner=owner,
        birth=birth,
        relation=RELATIONS[slot],
        female=female,
        minority=minority[owner],
        education=np.where(years < 18, 0, schooled),
        chronic=chronic,
        disabled=rng.random(members) < np.where(years < 16, 0.005, 0.035),
        joins=joins,
        leaves=_leaves(years, joins, slot, settings, timeline, rng),
    )


#: Members of the age where the chance is the household share's, as many as give that share.
MEMBERS_AT_RISK = 3.0
#: Ages are drawn as of this month of the timeline.
BIRTH_REFERENCE = 0


def _slots(n: int, lifted: Bools, rng: np.random.Generator) -> tuple[Floats, Bools]:
    head = np.clip(rng.normal(48, 12, n), 24, 84)
    age = np.empty((n, 7))
    age[:, 0] = head
    age[:, 1] = np.clip(head - rng.normal(1.5, 3, n), 20, 84)
    for child, gap in enumerate((24, 27, 30)):
        age[:, 2 + child] = head - gap - rng.gamma(2.0, 1.5, n)
    for parent in (5, 6):
        age[:, parent] = head + 22 + rng.gamma(2.0, 2.0, n)
    exists = np.ones((n, 7), dtype=bool)
    exists[:, 1] = rng.random(n) < np.where(head < 65, 0.86, 0.6)
    wanted = rng.binomial(3, np.where(lifted, 0.66, 0.58))
    for child in range(3):
        years = age[:, 2 + child]
        at_home = rng.random(n) < np.where(years < 22, 1.0, np.where(years < 30, 0.5, 0.25))
        exists[:, 2 + child] = (child < wanted) & at_home & (years > -5)
    exists[:, 5] = (rng.random(n) < 0.36) & (age[:, 5] < 92)
    exists[:, 6] = exists[:, 5] & (rng.random(n) < 0.45) & (age[:, 6] < 92)
    return age, exists


def _chronic_chance(years: Floats, household_share: float) -> Floats:
    # The household share, spread over the members and rising with age.
    each = 1 - (1 - household_share) ** (1 / MEMBERS_AT_RISK)
    return np.asarray(np.clip(each * np.exp((years - 52) / 24), 0.005, 0.7))


def _leaves(
    years: Floats,
    joins: Ints,
    slot: Ints,
    settings: Settings,
    timeline: Timeline,
    rng: np.random.Generator,
) -> Ints:
    dying = 0.0004 * np.exp(np.maximum(years - 35, 0) * 0.078)
    # Heads stay so that no household is left empty; spouses go more often than others.
    going = np.where(slot == 0, 0.0, np.where(slot == 1, 1.0, 0.4)) * settings.worker_loss_rate
    hazard = np.where(slot == 0, 0.0, dying + going) / 12
    wait = rng.geometric(np.clip(hazard, 1e-9, 1)).astype(np.int64)
    return np.minimum(joins + wait, timeline.n_months + 1_000_000)
