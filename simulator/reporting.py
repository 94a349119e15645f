"""What is told and written down of an income: compressed, written up above the line, by group."""

from dataclasses import dataclass

import numpy as np

from simulator.population import Population
from simulator.settings import SimulatorParameters
from simulator.timeline import Bools, Floats, Ints, Timeline
from simulator.work import Potential


@dataclass(frozen=True)
class Reporting:
    """How a household's income is told and written down.

    Incomes are negotiated and estimated, not measured (DOMAIN 7.1): the lasting level is
    drawn towards the mean, and a year that would end about the line is written up above it.
    Losses and payments come from departments and pass as they are.

    Attributes
    ----------
    lasting : array of shape (n_households,)
        Recorded over true income, before anything is written up.
    bunches, aim : arrays of shape (n_households,)
        Whether a low income is written up, and to how much over the line.
    """

    lasting: Floats
    bunches: Bools
    aim: Floats

    def over_true(self, potential: Potential, needs: Floats, timeline: Timeline) -> Floats:
        """Give what is recorded of a yuan, shape (n_households, n_months).

        `needs` are a year's, in yuan, of the same shape.
        """
        factor = np.empty_like(needs)
        for year in np.unique(timeline.years).tolist():
            months = np.flatnonzero(timeline.years == year)
            before = potential.persistent[:, max(months[0] - 1, 0)]
            factor[:, months] = self.of_year(potential, needs, months, before)[:, None]
        return factor

    def of_year(self, potential: Potential, needs: Floats, months: Ints, persistent: Floats) -> Floats:
        """Give what is recorded of a yuan in a year planned for with the persistent part as it stands."""
        planned = np.sum([matrix[:, months].sum(axis=1) for matrix in potential.plan.values()], axis=0)
        earned = planned * np.exp(persistent) * 12 / len(months)
        over = self.lasting * earned / np.maximum(needs[:, months[-1]], 1)
        written_up = self.aim / np.maximum(over, LOWEST)
        return self.lasting * np.where(self.bunches & (over < self.aim), written_up, 1.0)

    def of_rows(self, rows: Ints) -> "Reporting":
        """Keep some households."""
        return Reporting(self.lasting[rows], self.bunches[rows], self.aim[rows])


#: Of the line: nobody writes a lower income up to above it.
LOWEST = 0.4


def draw_reporting(
    population: Population, potential: Potential, settings: SimulatorParameters, rng: np.random.Generator
) -> Reporting:
    """Draw how each household's income is told."""
    n = population.n_households
    gap = _compressed(population, potential.per_person, settings)
    gap += rng.normal(0, settings.report_log_sd, n)
    gap += np.log(settings.minority_report_ratio) * population.minority_home
    bunches = rng.random(n) < settings.bunched_share
    return Reporting(np.exp(gap), bunches, rng.uniform(*settings.bunched_to, n))


def _compressed(population: Population, per_person: Floats, settings: SimulatorParameters) -> Floats:
    """Log of recorded over true lasting income: towards the mean of each kind of household."""
    gap = np.zeros(population.n_households)
    for lifted in (True, False):
        rows = np.flatnonzero(population.lifted == lifted)
        if len(rows):
            true = np.log(per_person[rows])
            compressed = true.mean() + settings.report_compression * (true - true.mean())
            gap[rows] = compressed - true + np.log(np.exp(true).mean() / np.exp(compressed).mean())
    return gap
