"""What a household could earn, month by month and source by source, if nothing struck it."""

from dataclasses import dataclass

import numpy as np

from simulator.population import Population
from simulator.settings import SimulatorParameters
from simulator.timeline import BURN_IN, Bools, Floats, Ints, Timeline


@dataclass(frozen=True)
class Potential:
    """Income without shocks; every matrix has shape (n_households, n_months).

    Attributes
    ----------
    streams : dict of str to array
        Net income by source of the income table.
    plan : dict of str to array
        What is expected of ``wage``, ``business`` and ``other`` before the persistent part and luck.
    luck_variance : array of shape (n_households, n_months)
        Variance of the income of a month about its plan, before the persistent part; yuan squared.
    persistent : array of shape (n_households, n_months)
        Log distance of the household's earnings from its lasting level; it shifts slowly and
        is slowly undone.
    per_person : array of shape (n_households,)
        Lasting income, yuan a year and person in the middle of the first year.
    unstable : array of shape (n_households,)
        How unstable the household's work is, 1 on average.
    poor : array of shape (n_households,)
        Whether it receives the minimum living allowance.
    """

    streams: dict[str, Floats]
    plan: dict[str, Floats]
    luck_variance: Floats
    persistent: Floats
    per_person: Floats
    unstable: Floats
    poor: Bools

    def of_rows(self, rows: Ints) -> "Potential":
        """Keep some households."""
        streams = {name: matrix[rows] for name, matrix in self.streams.items()}
        plan = {name: matrix[rows] for name, matrix in self.plan.items()}
        vectors = (self.per_person[rows], self.unstable[rows], self.poor[rows])
        return Potential(streams, plan, self.luck_variance[rows], self.persistent[rows], *vectors)


def earn(
    population: Population,
    workers: Floats,
    size: Floats,
    settings: SimulatorParameters,
    timeline: Timeline,
    rng: np.random.Generator,
) -> Potential:
    """Draw what the households of a county can earn.

    `workers` counts those who can work, `size` those who live there; both have shape
    (n_households, n_months).
    """
    n = population.n_households
    persons = np.maximum(size[:, BURN_IN], 1)
    village = rng.normal(0, settings.village_log_sd, len(population.remote))[population.village]
    mean = settings.income_per_person * np.where(population.lifted, 1.0, settings.ordinary_income_ratio)
    own = _own_levels(population, settings, rng)
    able = workers[:, BURN_IN] / persons
    remote = population.remote[population.village]
    spread = (settings.level_log_sd**2 + settings.village_log_sd**2) / 2
    level = mean * np.exp(village + own - spread + 0.5 * (able - 0.5) - 0.08 * remote)
    unstable = np.exp(
        rng.normal(-(settings.unstable_log_sd**2) / 2, settings.unstable_log_sd, n)
        - 0.15 * own / settings.level_log_sd
    )
    persistent = _wander(n, unstable, settings, timeline, rng)
    yearly = (level * persons)[:, None] * _growth(settings, timeline)
    streams, plan, variance = _split(population, yearly, np.exp(persistent), workers, settings, timeline, rng)
    poor = level < settings.allowance_ceiling * settings.income_per_person
    poor &= rng.random(n) < settings.allowance_share
    allowance = settings.allowance_per_person_month * 12 * size * poor[:, None]
    streams["social_aid"] = _quarterly(allowance, timeline)
    plan["other"] = plan["other"] + streams["social_aid"]
    return Potential(streams, plan, variance, persistent, level, unstable, poor)


def _own_levels(population: Population, settings: SimulatorParameters, rng: np.random.Generator) -> Floats:
    own = rng.normal(0, settings.level_log_sd, population.n_households)
    young = np.flatnonzero(population.origin == "split")
    # A child's household starts half way between its parents' and anybody's.
    own[young] = np.sqrt(0.5) * (own[population.came_from[young]] + own[young])
    return own


#: Of the months at home, those that seasonal workers really take.
AT_HOME_SHARE = 0.8


def _growth(settings: SimulatorParameters, timeline: Timeline) -> Floats:
    years = (np.arange(timeline.n_months) - BURN_IN - 6) / 12
    return np.asarray((1 + settings.income_growth) ** years)


#: Of the persistent part what is left a month later: a quarter is undone each year, or levels would
#: spread for ever.
PERSISTENCE = 0.976


def _wander(
    n: int, unstable: Floats, settings: SimulatorParameters, timeline: Timeline, rng: np.random.Generator
) -> Floats:
    steps = rng.normal(0, settings.yearly_log_sd / np.sqrt(12), (n, timeline.n_months))
    steps *= np.sqrt(unstable)[:, None]
    for month in range(1, timeline.n_months):
        steps[:, month] += PERSISTENCE * steps[:, month - 1]
    return steps


def _split(
    population: Population,
    yearly: Floats,
    persistent: Floats,
    workers: Floats,
    settings: SimulatorParameters,
    timeline: Timeline,
    rng: np.random.Generator,
) -> tuple[dict[str, Floats], dict[str, Floats], Floats]:
    n = population.n_households
    start = workers[:, BURN_IN]
    farm_only = settings.farm_only_share
    goes_out = (start > 0) & (rng.random(n) > farm_only)
    share = settings.wage_share / (1 - farm_only)
    wage = np.where(goes_out, np.clip(rng.normal(share, 0.12, n), 0.1, 0.93), 0)
    business = np.where(
        start > 0,
        (1 - wage) * np.where(goes_out, settings.business_share / (1 - settings.wage_share), 0.8),
        0.45,
    )
    rest = 1 - wage - business
    # Households grow and shrink in hands: income from work goes with them, by half.
    hands = np.where(start[:, None] > 0, (0.5 + 0.5 * workers / np.maximum(start, 1)[:, None]), 1)
    hands = np.where((start[:, None] > 0) & (workers == 0), 0, hands)
    expected, luck, luck_variance = _work_pattern(n, settings, timeline, rng)
    planned_wage = yearly * wage[:, None] * hands * expected / 12
    sold = _business(yearly * business[:, None], timeline, rng)
    other = _other(yearly * rest[:, None], population, timeline, rng)
    planned = np.asarray(np.sum(list(sold.values()), axis=0))
    noise = np.exp(rng.normal(0, settings.harvest_log_sd, yearly.shape))
    streams = {
        "wage": planned_wage * luck * persistent,
        **{name: amount * noise * persistent for name, amount in sold.items()},
        **{name: amount * persistent for name, amount in other.items()},
    }
    rest_of_it = np.asarray(np.sum(list(other.values()), axis=0))
    variance = (planned_wage**2) * luck_variance + (planned * settings.harvest_log_sd) ** 2
    return streams, {"wage": planned_wage, "business": planned, "other": rest_of_it}, variance


def _work_pattern(
    n: int, settings: SimulatorParameters, timeline: Timeline, rng: np.random.Generator
) -> tuple[Floats, Floats, Floats]:
    """Give the expected pattern of a year's wage, the luck about it and its relative variance."""
    # Seasonal workers stay home around the Spring Festival and for the harvest.
    seasonal = rng.random(n) < 0.6
    home = np.outer(seasonal, np.isin(timeline.calendar_month, (1, 2, 5, 10)))
    boost = np.where(seasonal, 12 / (12 - 4 * AT_HOME_SHARE), 1.0)[:, None]
    expected = np.where(home, 1 - AT_HOME_SHARE, 1.0) * boost
    shape = 1 / settings.wage_luck_sd**2
    noise = rng.gamma(shape, 1 / shape, home.shape)
    stays = rng.random(home.shape) < AT_HOME_SHARE
    luck = np.where(home, ~stays / (1 - AT_HOME_SHARE), 1.0) * noise
    variance = np.where(home, AT_HOME_SHARE / (1 - AT_HOME_SHARE), settings.wage_luck_sd**2)
    return expected, luck, variance


def _business(yearly: Floats, timeline: Timeline, rng: np.random.Generator) -> dict[str, Floats]:
    n = len(yearly)
    month = timeline.calendar_month
    crops = np.where(rng.random(n) < 0.5, 1.0, rng.uniform(0.35, 0.8, n))[:, None]
    harvest = rng.choice([8, 9, 10, 11], n)[:, None]
    sale = rng.choice([1, 6, 12], n)[:, None]
    has_forest = rng.random(n)[:, None] < 0.2
    return {
        "crop": yearly * crops * (month == harvest),
        "livestock": yearly * (1 - crops) * (month == sale) * ~has_forest,
        "forest": yearly * (1 - crops) * (month == sale) * has_forest,
    }


def _other(
    yearly: Floats, population: Population, timeline: Timeline, rng: np.random.Generator
) -> dict[str, Floats]:
    elders = population.count_from_start(
        ((population.ages(timeline) >= 60) & population.present(timeline)).astype(float)
    )
    month = timeline.calendar_month
    pension = np.minimum(elders * 1500 * (1.05 ** (timeline.years - 2021)), yearly * 0.7)
    rest = yearly - pension
    kind = rng.random(len(yearly))[:, None]
    return {
        "pension": pension * (month == 9),
        "subsidy": rest * np.where(kind < 0.6, 1.0, 0.4) * (month == 6),
        "remittance": rest * ((kind >= 0.6) & (kind < 0.85)) * 0.6 * (month == 1),
        "property": rest * (kind >= 0.85) * 0.6 * (month == 12),
    }


def _quarterly(yearly: Floats, timeline: Timeline) -> Floats:
    return np.asarray(yearly / 4 * (timeline.calendar_month % 3 == 0))
