"""What a household could earn, month by month and source by source, if nothing struck it."""

from dataclasses import dataclass

import numpy as np

from register.simulator.population import Population
from register.simulator.settings import Settings
from register.simulator.timeline import BURN_IN, Bools, Floats, Timeline


@dataclass(frozen=True)
class Potential:
    """Income without shocks; every matrix has shape (n_households, n_months).

    Attributes
    ----------
    streams : dict of str to array
        Net income by source of the income table.
    unstable : array of shape (n_households,)
        How unstable the household's work is, 1 on average.
    poor : array of shape (n_households,)
        Whether it receives the minimum living allowance.
    """

    streams: dict[str, Floats]
    unstable: Floats
    poor: Bools


def earn(
    population: Population,
    workers: Floats,
    settings: Settings,
    timeline: Timeline,
    rng: np.random.Generator,
) -> Potential:
    """Draw what the households of a county can earn.

    `workers` counts those who can work, shape (n_households, n_months).
    """
    n = population.n_households
    size = population.count(population.present(timeline)[:, BURN_IN].astype(np.float64))
    village = rng.normal(0, 0.12, settings.villages_per_county)[population.village]
    mean = settings.income_per_person * np.where(population.lifted, 1.0, settings.ordinary_income_ratio)
    able = workers[:, BURN_IN] / np.maximum(size, 1)
    own = rng.normal(0, settings.level_log_sd, n)
    remote = population.remote[population.village]
    level = mean * np.exp(village + own - settings.level_log_sd**2 / 2 + 0.5 * (able - 0.5) - 0.08 * remote)
    # Policy and reporting hold reported income up at about the line (DOMAIN 6.4, 8.1).
    floor = settings.income_per_person * FLOOR_OVER_MEAN
    level = np.where(level < floor, floor + (level - floor) * 0.35, level) * np.maximum(size, 1)
    unstable = np.exp(rng.normal(-0.25, 0.7, n) - 0.15 * own / settings.level_log_sd)
    moving = level[:, None] * _growth(settings, timeline) * _wander(n, unstable, settings, timeline, rng)
    streams = _split(population, moving, workers, settings, timeline, rng)
    poor = (level / np.maximum(size, 1) < 1.25 * floor) & (rng.random(n) < 0.5)
    streams["social_aid"] = _quarterly(0.06 * moving * poor[:, None], timeline)
    return Potential(streams, unstable, poor)


#: Share of the mean below which reported incomes are compressed.
FLOOR_OVER_MEAN = 0.6
#: Share of households with workers that live from their farm alone.
FARM_ONLY = 0.1
#: Household business is sold at this multiple of its net; the rest are costs.
GROSS_OVER_NET = 1.4


def _growth(settings: Settings, timeline: Timeline) -> Floats:
    years = (np.arange(timeline.n_months) - BURN_IN - 6) / 12
    return np.asarray((1 + settings.income_growth) ** years)


def _wander(
    n: int, unstable: Floats, settings: Settings, timeline: Timeline, rng: np.random.Generator
) -> Floats:
    steps = rng.normal(0, settings.yearly_log_sd / np.sqrt(12), (n, timeline.n_months))
    steps *= np.sqrt(unstable)[:, None]
    # A quarter of the drift is undone each year, so levels do not spread for ever.
    for month in range(1, timeline.n_months):
        steps[:, month] += 0.976 * steps[:, month - 1]
    return np.asarray(np.exp(steps))


def _split(
    population: Population,
    moving: Floats,
    workers: Floats,
    settings: Settings,
    timeline: Timeline,
    rng: np.random.Generator,
) -> dict[str, Floats]:
    n = population.n_households
    start = workers[:, BURN_IN]
    goes_out = (start > 0) & (rng.random(n) > FARM_ONLY)
    share = settings.wage_share / (1 - FARM_ONLY)
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
    pattern = _work_pattern(n, timeline, rng)
    return {
        "wage": moving * (wage[:, None] * hands) * pattern / 12,
        **_business(moving * business[:, None], timeline, rng),
        **_other(moving * rest[:, None], population, timeline, rng),
    }


def _work_pattern(n: int, timeline: Timeline, rng: np.random.Generator) -> Floats:
    # Seasonal workers stay home around the Spring Festival and for the harvest.
    seasonal = rng.random(n) < 0.6
    home = np.isin(timeline.calendar_month, (1, 2, 5, 10))
    at_home = seasonal[:, None] & home & (rng.random((n, timeline.n_months)) < 0.8)
    noise = rng.gamma(25, 1 / 25, (n, timeline.n_months))
    worked = np.where(at_home, 0, noise)
    return np.asarray(worked * np.where(seasonal, 12 / (12 - 4 * 0.8), 1.0)[:, None])


def _business(yearly: Floats, timeline: Timeline, rng: np.random.Generator) -> dict[str, Floats]:
    n = len(yearly)
    month = timeline.calendar_month
    crops = np.where(rng.random(n) < 0.5, 1.0, rng.uniform(0.35, 0.8, n))[:, None]
    harvest = rng.choice([8, 9, 10, 11], n)[:, None]
    sale = rng.choice([1, 6, 12], n)[:, None]
    noise = np.exp(rng.normal(0, 0.12, yearly.shape))
    has_forest = rng.random(n)[:, None] < 0.2
    return {
        "crop": yearly * crops * (month == harvest) * noise,
        "livestock": yearly * (1 - crops) * (month == sale) * noise * ~has_forest,
        "forest": yearly * (1 - crops) * (month == sale) * noise * has_forest,
    }


def _other(
    yearly: Floats, population: Population, timeline: Timeline, rng: np.random.Generator
) -> dict[str, Floats]:
    elders = population.count(
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
