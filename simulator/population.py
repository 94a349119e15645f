"""Who lives where: villages, households and their members."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from simulator.office import Office
from simulator.settings import SimulatorParameters
from simulator.timeline import BURN_IN, Bools, Days, Floats, Ints, Timeline

#: Slots of a household, in the order its members are numbered.
RELATIONS = np.array(["head", "spouse", "child", "child", "child", "parent", "parent"])
EDUCATION = np.array(["none", "primary", "middle", "high", "college"])


@dataclass(frozen=True)
class Population:
    """Households (by row) and members (by row, sorted by household).

    A person who goes on to another household has one member row in each.

    Attributes
    ----------
    village, lifted, site, minority_home : arrays of shape (n_households,)
        Row of the village, lifted out of poverty, row of the settlement site (-1 none),
        mostly of a minority.
    begins, ends : arrays of shape (n_households,)
        First month of the household (0: before the register) and first without it.
    origin, came_from : arrays of shape (n_households,)
        How it began ("" as a household of old) and the row it came from (-1 none).
    absorbs : array of shape (n_households,)
        Row of the household that joined it (-1 none).
    moves, moves_to : arrays of shape (n_households,)
        Month it moves to another village of the county, and which.
    may_bear : array of shape (n_households,)
        Whether a couple may have another child.
    remote, hazard : arrays of shape (n_villages,)
        What the village is like.
    owner : array of shape (n_members,)
        Row of the member's household.
    person : array of shape (n_members,)
        Member row whose id this row carries: its own, or that of the earlier home.
    birth, relation, female, minority, education, chronic, disabled : arrays of shape (n_members,)
        What the member is like.
    joins, leaves : arrays of shape (n_members,)
        First month in the household and first month no longer in it.
    goes_on : array of shape (n_members,)
        Whether the member leaves for another household of the register.
    """

    county_id: str
    village: Ints
    lifted: Bools
    site: Ints
    minority_home: Bools
    begins: Ints
    ends: Ints
    origin: np.ndarray
    came_from: Ints
    absorbs: Ints
    moves: Ints
    moves_to: Ints
    may_bear: Bools
    remote: Bools
    hazard: Floats
    owner: Ints
    person: Ints
    birth: Days
    relation: np.ndarray
    female: Bools
    minority: Bools
    education: Ints
    chronic: Bools
    disabled: Bools
    joins: Ints
    leaves: Ints
    goes_on: Bools

    @property
    def n_households(self) -> int:
        """Count households."""
        return len(self.village)

    def count(self, members: np.ndarray) -> np.ndarray:
        """Add up over each household's members; `members` has one row a member."""
        starts = np.searchsorted(self.owner, np.arange(self.n_households))
        return np.add.reduceat(members, starts, axis=0)

    def count_from_start(self, members: np.ndarray) -> np.ndarray:
        """Add up by month; before a household begins it counts as it will begin."""
        counted = self.count(members)
        late = np.flatnonzero(self.begins > 0)
        before = np.arange(counted.shape[1]) < self.begins[late, None]
        counted[late] = np.where(before, counted[late, self.begins[late]][:, None], counted[late])
        return counted

    def present(self, timeline: Timeline) -> Bools:
        """Tell who is in the household, shape (n_members, n_months)."""
        months = np.arange(timeline.n_months)
        return (self.joins[:, None] <= months) & (months < self.leaves[:, None])

    def belongs(self, timeline: Timeline) -> Bools:
        """Tell who is or would be in the household had nobody died or left for good."""
        months = np.arange(timeline.n_months)
        gone_on = self.goes_on[:, None] & (months >= self.leaves[:, None])
        return (self.joins[:, None] <= months) & ~gone_on

    def exists(self, timeline: Timeline) -> Bools:
        """Tell which households there are, shape (n_households, n_months)."""
        months = np.arange(timeline.n_months)
        return (self.begins[:, None] <= months) & (months < self.ends[:, None])

    def village_in(self, month: Ints, household: Ints) -> Ints:
        """Give the village row of each household in a month."""
        moved = month >= self.moves[household]
        return np.where(moved, self.moves_to[household], self.village[household])

    def ages(self, timeline: Timeline) -> Floats:
        """Age in years, shape (n_members, n_months)."""
        days = timeline.starts[:-1][None, :] - self.birth[:, None]
        return np.asarray(days.astype(np.float64) / 365.25)

    @cached_property
    def household_ids(self) -> np.ndarray:
        """Ids by household row."""
        return np.array([f"{self.county_id}{row + 1:06d}" for row in range(self.n_households)])

    @cached_property
    def member_ids(self) -> np.ndarray:
        """Ids by member row: the household's id and a number within it, kept for life."""
        within = np.arange(len(self.owner)) - np.searchsorted(self.owner, self.owner) + 1
        own = np.char.add(self.household_ids[self.owner], np.char.mod("%02d", within))
        return np.asarray(own[self.person])

    @cached_property
    def village_ids(self) -> np.ndarray:
        """Ids by village row."""
        return np.array([f"{self.county_id}{row + 1:03d}" for row in range(len(self.remote))])


#: Prefecture within a region, and then the county.
PREFECTURE = "09"


def county_id(index: int, office: Office) -> str:
    """Name a county, the first has index 0."""
    return f"{office.region[:2]}{PREFECTURE}{index + 1:02d}"


def make_population(
    index: int, settings: SimulatorParameters, timeline: Timeline, rng: np.random.Generator
) -> Population:
    """Make the people of a county."""
    n, villages = settings.households_per_county, settings.villages_per_county
    village = np.sort(rng.integers(0, villages, n))
    poor_village = rng.normal(0, 0.6, villages)
    base = np.log(settings.lifted_out_share / (1 - settings.lifted_out_share))
    lifted = rng.random(n) < 1 / (1 + np.exp(-base - poor_village[village]))
    relocated = lifted & (rng.random(n) < settings.relocated_share)
    site = np.where(relocated, rng.integers(0, 3, n), -1)
    age, exists, may_bear = _slots(n, lifted, settings, timeline, rng)
    owner, slot = np.nonzero(exists)
    members = len(owner)
    years = age[owner, slot]
    rows = np.arange(members)
    never = np.full(n, NEVER)
    birth = timeline.starts[BIRTH_REFERENCE] - (years * 365.25).astype(np.int64).astype("timedelta64[D]")
    joins = np.maximum(timeline.month_of(birth), 0)
    minority_village = rng.random(villages) < settings.minority_share
    minority = rng.random(n) < np.where(minority_village[village], 0.85, 0.13)
    female = np.where(slot == 0, rng.random(members) < 0.16, rng.random(members) < 0.48)
    female = np.where(slot == 1, True, female)
    schooled = np.clip(2.2 - (years - 25) * 0.035 + rng.normal(0, 0.9, members), 0, 4).astype(np.int64)
    chronic = rng.random(members) < _chronic_chance(years, settings.chronic_share)
    return Population(
        county_id=county_id(index, settings.office),
        village=village,
        lifted=lifted,
        site=site,
        minority_home=minority,
        begins=np.zeros(n, dtype=np.int64),
        ends=BURN_IN + rng.geometric(settings.dissolve_rate / 12, n).astype(np.int64),
        origin=np.full(n, "", dtype="<U8"),
        came_from=np.full(n, -1),
        absorbs=np.full(n, -1),
        moves=never,
        moves_to=village,
        may_bear=may_bear,
        remote=rng.random(villages) < 0.2 + 0.1 * (poor_village > 0),
        hazard=np.exp(rng.normal(-0.3, 0.8, villages)),
        owner=owner,
        person=rows,
        birth=birth,
        relation=RELATIONS[slot],
        female=female,
        minority=minority[owner],
        education=np.where(years < 18, 0, schooled),
        chronic=chronic,
        disabled=rng.random(members) < np.where(years < 16, 0.005, 0.035),
        joins=joins,
        leaves=_leaves(years, joins, slot == 0, slot == 1, settings, rng),
        goes_on=np.zeros(members, dtype=bool),
    )


#: Members of the age where the chance is the household share's, as many as give that share.
MEMBERS_AT_RISK = 2.5
#: Ages are drawn as of this month of the timeline.
BIRTH_REFERENCE = 0
#: A month that never comes.
NEVER = 1_000_000


def _slots(
    n: int, lifted: Bools, settings: SimulatorParameters, timeline: Timeline, rng: np.random.Generator
) -> tuple[Floats, Bools, Bools]:
    head = np.clip(rng.normal(settings.head_age, 12, n), 24, 84)
    age = np.empty((n, 7))
    age[:, 0] = head
    age[:, 1] = np.clip(head - rng.normal(1.5, 3, n), 20, 84)
    for child, gap in enumerate(FATHERED_AT):
        age[:, 2 + child] = head - gap - rng.gamma(2.0, 1.5, n)
    for parent in (5, 6):
        age[:, parent] = head + 22 + rng.gamma(2.0, 2.0, n)
    exists = np.ones((n, 7), dtype=bool)
    exists[:, 1] = rng.random(n) < np.where(head < 65, 0.86, 0.6)
    wanted = rng.binomial(3, np.where(lifted, 0.66, 0.58))
    for child in range(3):
        years = age[:, 2 + child]
        at_home = rng.random(n) < np.where(years < 22, 1.0, np.where(years < 30, 0.5, 0.25))
        exists[:, 2 + child] = (child < wanted) & at_home & (years > 0)
    exists[:, 5] = (rng.random(n) < 0.32) & (age[:, 5] < 92)
    exists[:, 6] = exists[:, 5] & (rng.random(n) < 0.45) & (age[:, 6] < 92)
    # One more child may be born in the months to come, in a slot that is free.
    wait = rng.geometric(settings.birth_rate / 12, n)
    may_bear = exists[:, 1] & (age[:, 1] < FERTILE_TO) & ~exists[:, 4]
    born = may_bear & (wait < timeline.n_months)
    age[:, 4] = np.where(born, -(wait + 0.5) / 12, age[:, 4])
    exists[:, 4] |= born
    return age, exists, may_bear


#: Age in years of the head, least, when his children were born.
FATHERED_AT = (25, 29, 33)
#: Age in years up to which a wife bears children here.
FERTILE_TO = 42


def _chronic_chance(years: Floats, household_share: float) -> Floats:
    # The household share, spread over the members and rising with age.
    each = 1 - (1 - household_share) ** (1 / MEMBERS_AT_RISK)
    return np.asarray(np.clip(each * np.exp((years - 52) / 24), 0.005, 0.7))


def _leaves(
    years: Floats,
    joins: Ints,
    head: Bools,
    spouse: Bools,
    settings: SimulatorParameters,
    rng: np.random.Generator,
) -> Ints:
    wait = rng.geometric(np.clip(leaving_hazard(years, head, spouse, settings), 1e-9, 1)).astype(np.int64)
    return np.minimum(joins + wait, NEVER)


def leaving_hazard(years: Floats, head: Bools, spouse: Bools, settings: SimulatorParameters) -> Floats:
    """Give each member's chance a month to die or leave for good."""
    dying = 0.0004 * np.exp(np.maximum(years - 35, 0) * 0.078)
    # Heads stay so that no household is left empty; spouses go more often than others.
    going = np.where(spouse, 1.0, 0.4) * settings.shocks["labour"].a_year
    return np.where(head, 0.0, dying + going) / 12
