"""All that happens in a county, in the order in which it happens, before anybody writes it down."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from register.reference import income_lines
from simulator import labour, schooling, sickness
from simulator.consequences import (
    Consequences,
    main_worker,
    sickest,
    suffer,
    workers_lost,
)
from simulator.events import Hazards, Strikes, hazards_of, strike_all
from simulator.family import change_households
from simulator.monitoring import Luck, Situation, Watch, watch_over
from simulator.office import STORY_REGION
from simulator.population import Population, make_population
from simulator.prices import price_falls
from simulator.reporting import Reporting, draw_reporting
from simulator.settings import SimulatorParameters
from simulator.timeline import BURN_IN, Bools, Floats, Ints, Timeline, rolling_year
from simulator.work import Potential, earn


@dataclass(frozen=True)
class Story:
    """What happened to every household and member; matrices are by row and month."""

    population: Population
    stage: Ints
    ability: Ints
    working: Bools
    n_workers: Floats
    size: Floats
    line: Floats
    potential: Potential
    hazards: Hazards
    strikes: dict[str, Strikes]
    visits: Floats
    sick: Ints
    worker: Ints
    consequences: Consequences
    reporting: Reporting
    told_over_true: Floats
    situation: Situation
    luck: Luck
    watch: Watch

    @property
    def dropped_out(self) -> Bools:
        """Whether somebody is out of compulsory school, shape (n_households, n_months)."""
        out = (self.stage == schooling.STAGES.index("dropped_out")).astype(np.int64)
        return np.asarray(self.population.count(out) > 0)

    @property
    def needs(self) -> Floats:
        """A year's needs, yuan, shape (n_households, n_months)."""
        return self.situation.needs


def tell(index: int, settings: SimulatorParameters, timeline: Timeline, rng: np.random.Generator) -> Story:
    """Tell the story of a county: who lives there, what they earn, what strikes, who is helped."""
    population = make_population(index, settings, timeline, rng)
    population = change_households(population, settings, timeline, rng)
    stage = schooling.school_stages(population, settings, timeline, rng)
    ability = labour.abilities(population, schooling.is_student(stage), timeline, rng)
    # Whoever leaves for good is a shock of its own, so the potential counts them as if they had stayed.
    would_work = labour.can_work(ability) & population.belongs(timeline)
    hands = population.count_from_start(would_work.astype(np.float64))
    working = labour.can_work(ability) & population.present(timeline)
    size = population.count_from_start(population.present(timeline).astype(np.float64))
    line = lines(timeline)
    needs = np.maximum(size, 1) * line
    potential = earn(population, hands, size, settings, timeline, rng)
    hazards = hazards_of(population, hands[:, BURN_IN], potential.unstable, settings, timeline)
    strikes = strike_all(population, hazards, hands[:, BURN_IN], settings, timeline, rng)
    strikes["price"] = price_falls(population, hands[:, BURN_IN], settings, timeline, rng)
    strikes["labour"] = workers_lost(population, would_work, timeline, hands, settings)
    strikes["schooling"] = _only_students(strikes["schooling"], population, stage)
    strikes = {kind: _in_life(struck, population) for kind, struck in strikes.items()}
    visits = sickness.chronic_visits(population, settings, timeline, rng)
    consequences = suffer(potential, strikes, population.count(visits), settings)
    worker = main_worker(population, working[:, BURN_IN], rng)
    disabled = strikes["disability"]
    ability = labour.lose_ability(ability, worker[disabled.household], disabled.month)
    reporting = draw_reporting(population, potential, settings, rng)
    told_over_true = reporting.over_true(potential, needs, timeline)
    situation = Situation(
        true_net=consequences.net,
        told_net=told_net(consequences, told_over_true),
        size=np.maximum(size, 1),
        needs=needs,
        breached=_breaches(strikes, population, stage),
        alerts=alerts(consequences.lost, needs, settings),
        here=population.exists(timeline),
        able=hands[:, BURN_IN] > 0,
        lifted=population.lifted,
        stock=_stock(population, told_net(consequences, told_over_true), needs, settings, rng),
    )
    luck = Luck.draw(needs.shape, rng)
    watch = watch_over(situation, luck, settings, timeline)
    return Story(
        population, stage, ability, working, hands, size, line, potential, hazards, strikes, visits,
        sickest(population, rng), worker, consequences, reporting, told_over_true, situation, luck, watch,
    )  # fmt: skip


def told_net(consequences: Consequences, told_over_true: Floats) -> Floats:
    """Net income as recorded less payments; claims and payments come from departments."""
    claims = consequences.streams["claim"]
    income = consequences.net + consequences.payments - claims
    return np.asarray(income * told_over_true + claims - consequences.payments)


def alerts(lost: Mapping[str, Floats], needs: Floats, settings: SimulatorParameters) -> Floats:
    """Give the chance that an alert ends in monitoring, shape (n_households, n_months).

    A department speaks up in the month in which its cause has come to take much of a
    year's needs.
    """
    chance = np.zeros(needs.shape)
    for cause, share in settings.alert_shares.items():
        if cause in lost:
            over = rolling_year(lost[cause]) >= settings.alert_loss * needs
            chance[:, 1:] = np.maximum(chance[:, 1:], share * (over[:, 1:] & ~over[:, :-1]))
    return chance


def lines(timeline: Timeline) -> Floats:
    """Give the income line in force in every month, yuan a year and person."""
    known = income_lines().filter(pl.col("region_id") == STORY_REGION)
    starts = known["effective_from"].to_numpy().astype("datetime64[D]")
    in_force = np.searchsorted(starts, timeline.starts[:-1], side="right") - 1
    return np.asarray(known["line_per_month"].to_numpy()[np.maximum(in_force, 0)] * 12)


def has_upper_student(population: Population, stage: Ints) -> Bools:
    """Tell when a household has a student beyond compulsory school, shape (n_households, n_months)."""
    upper = ((stage > schooling.COMPULSORY_TO) & (stage < len(schooling.STAGES) - 1)).astype(np.int64)
    return np.asarray(population.count(upper) > 0)


def _only_students(strikes: Strikes, population: Population, stage: Ints) -> Strikes:
    return strikes.where(has_upper_student(population, stage)[strikes.household, strikes.month])


def _in_life(strikes: Strikes, population: Population) -> Strikes:
    """Leave out what would strike a household before it begins."""
    return strikes.where(strikes.month >= population.begins[strikes.household])


def _breaches(strikes: dict[str, Strikes], population: Population, stage: Ints) -> Bools:
    breached = schooling.dropouts(population, stage)
    for cause in ("housing", "water"):
        breached[strikes[cause].household, strikes[cause].month] = True
    return np.asarray(breached)


def _stock(
    population: Population,
    net: Floats,
    needs: Floats,
    settings: SimulatorParameters,
    rng: np.random.Generator,
) -> np.ndarray:
    """Choose who is monitored at the opening: about the poorest by what was told of the year before."""
    over = net[:, :BURN_IN].sum(axis=1) / needs[:, BURN_IN - 1] * np.exp(rng.normal(0, 0.15, len(net)))
    stock = np.full(len(net), "", dtype="<U8")
    may_be = {"unstable": population.lifted, "marginal": ~population.lifted, "sudden": over > 1}
    for group, share in settings.stock_groups.items():
        free = np.flatnonzero(may_be[group] & (population.begins == 0) & (stock == ""))
        wanted = round(settings.stock_share * share * len(net))
        stock[free[np.argsort(over[free])[:wanted]]] = group
    return stock
