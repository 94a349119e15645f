"""Price falls: common to a crop and a month in the whole prefecture."""

import numpy as np

from simulator.events import Strikes, drawn
from simulator.population import Population
from simulator.settings import SimulatorParameters
from simulator.timeline import Bools, Floats, Timeline

#: Crops of the prefecture that have a price of their own.
CROPS = 12
#: Where a county's number stands for the counties' own randomness.
PREFECTURE_STREAM = 1_000_003


def price_falls(
    population: Population,
    workers: Floats,
    settings: SimulatorParameters,
    timeline: Timeline,
    rng: np.random.Generator,
) -> Strikes:
    """Strike every grower of a crop whose price falls; all counties see the same prices."""
    crop = rng.integers(0, CROPS, population.n_households)
    household, month = np.nonzero(_falls(settings, timeline)[crop])
    return drawn("price", household, month, workers, settings, rng)


def _falls(settings: SimulatorParameters, timeline: Timeline) -> Bools:
    """Tell when the price of each crop falls, shape (CROPS, n_months)."""
    prefecture = np.random.default_rng(np.random.SeedSequence([settings.seed, PREFECTURE_STREAM]))
    chance = settings.shocks["price"].a_year / 12
    return np.asarray(prefecture.random((CROPS, timeline.n_months)) < chance)
