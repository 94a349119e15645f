"""The rows of income and employment."""

import numpy as np
import polars as pl

from simulator.events import Strikes
from simulator.population import Population
from simulator.schooling import spells_of
from simulator.settings import SimulatorParameters
from simulator.timeline import BURN_IN, Bools, Floats, Ints, Timeline

SOLD = ("crop", "livestock", "forest")


def income_rows(
    population: Population,
    streams: dict[str, Floats],
    settings: SimulatorParameters,
    timeline: Timeline,
    rng: np.random.Generator,
) -> pl.DataFrame:
    """List what came in during the register's months; household business gross, with its costs."""
    gross = {
        name: amount * (settings.gross_over_net if name in SOLD else 1) for name, amount in streams.items()
    }
    costs = _yearly_costs(streams, settings.gross_over_net - 1, timeline)
    ids = population.household_ids
    frames = [
        _source_rows(source, amount, ids, timeline, rng)
        for source, amount in {**gross, "business_cost": costs}.items()
    ]
    return pl.concat(frames).with_columns(pl.lit(None, dtype=pl.String).alias("member_id"))


def _yearly_costs(streams: dict[str, Floats], costs_over_net: float, timeline: Timeline) -> Floats:
    """Book the costs of a calendar year with its largest sale, so that windows hold both or neither."""
    sold = np.asarray(np.sum([streams[name] for name in SOLD], axis=0))
    costs = np.zeros_like(sold)
    households = np.arange(len(sold))
    for year in np.unique(timeline.years).tolist():
        months = np.flatnonzero(timeline.years == year)
        largest = months[streams["crop"][:, months].argmax(axis=1)]
        costs[households, largest] = sold[:, months].sum(axis=1) * costs_over_net
    return costs


def _source_rows(
    source: str, amount: Floats, ids: np.ndarray, timeline: Timeline, rng: np.random.Generator
) -> pl.DataFrame:
    household, month = np.nonzero(np.round(amount[:, BURN_IN:]) > 0)
    month = month + BURN_IN
    return pl.DataFrame(
        {
            "household_id": ids[household],
            "occurred_on": timeline.day_in(month, rng.integers(3, 21, len(month))),
            "source": source,
            "amount": np.round(amount[household, month]),
        },
        schema_overrides={"source": pl.String},
    )


def employment_rows(
    population: Population,
    working: Bools,
    out_of_work: Ints,
    wage_per_worker: Floats,
    unstable: Floats,
    timeline: Timeline,
    rng: np.random.Generator,
) -> pl.DataFrame:
    """List spells of work and of looking for it.

    Parameters
    ----------
    working : array of shape (n_members, n_months)
        Who can work, and is in the household.
    out_of_work : array of shape (n_members, n_months)
        0 not, 1 unable (ill, hurt), 2 looking for work.
    wage_per_worker : array of shape (n_households, n_months)
        Wage a month of one worker.
    unstable : array of shape (n_households,)
        How unstable the household's work is.
    population, timeline, rng
        The people, the months, randomness.
    """
    state = np.where(working, np.where(out_of_work == 0, 1, np.where(out_of_work == 2, 2, 0)), 0)
    spells = spells_of(state).filter((pl.col("value") > 0) & (pl.col("until") > BURN_IN))
    member, first = spells["row"].to_numpy(), spells["first"].to_numpy()
    until, seeking = spells["until"].to_numpy(), spells["value"].to_numpy() == 2
    owner = population.owner[member]
    wage = wage_per_worker[owner, np.maximum(first, BURN_IN)]
    on_farm = (wage < 150) & ~seeking
    away = rng.random(len(population.owner))[member]
    loose = unstable[owner]
    text = {
        "household_id": population.household_ids[owner],
        "member_id": population.member_ids[member],
        "started_on": timeline.starts[first],
        "ended_on": timeline.starts[until],
        "activity": np.where(seeking, "seeking", np.where(on_farm, "family_worker", "employee")),
        "place": np.where(on_farm, "village", _places(away)),
        "sector": np.where(on_farm, "agriculture", _sectors(loose, rng)),
        "skill": rng.choice(["technical", "operative", "unskilled"], len(wage), p=[0.12, 0.48, 0.4]),
        "is_formal": (rng.random(len(wage)) < 1 / (1 + np.exp(0.6 + 1.6 * np.log(loose)))) & ~on_farm,
        "hours_week": np.round(np.clip(rng.normal(48, 9, len(wage)) - 8 * (loose > 1.5), 8, 84)),
        "monthly_wage": np.round(wage, -1),
        "tenure_months": np.round(rng.exponential(20 / loose)),
        "channel": rng.choice(
            ["self", "organised", "relative", "agency"], len(wage), p=[0.4, 0.25, 0.3, 0.05]
        ),
        "is_open": until >= timeline.n_months,
        "is_idle": seeking | on_farm,
    }
    return _blanked(pl.DataFrame(text), seeking)


def _blanked(frame: pl.DataFrame, seeking: Bools) -> pl.DataFrame:
    job = ("place", "sector", "skill", "is_formal", "hours_week", "tenure_months", "channel")
    return frame.with_columns(
        pl.when(~pl.col("is_open")).then("ended_on").alias("ended_on"),
        pl.when(~pl.col("is_idle")).then("monthly_wage").alias("monthly_wage"),
        *(pl.when(~pl.Series(seeking)).then(name).alias(name) for name in job),
    )


def _places(away: Floats) -> np.ndarray:
    # A third of those who work away do so outside the province (DOMAIN 6.5).
    return np.select([away < 0.25, away < 0.55, away < 0.75], ["village", "county", "province"], "outside")


def _sectors(loose: Floats, rng: np.random.Generator) -> np.ndarray:
    luck = rng.random(len(loose)) / np.clip(loose, 0.5, 2.5)
    choices = [luck < 0.12, luck < 0.25, luck < 0.4, luck < 0.5]
    return np.select(choices, ["construction", "lodging", "services", "trade"], "manufacturing")


def times_out_of_work(strikes: dict[str, Strikes], worker: Ints, shape: tuple[int, int]) -> Ints:
    """Mark when each household's main worker is unable (1) or looks for work (2)."""
    out = np.zeros(shape, dtype=np.int64)
    for cause, code in (("illness", 1), ("accident", 1), ("employment", 2)):
        struck = strikes[cause]
        hard = struck.share > 0.25
        for household, month, lasts in zip(
            struck.household[hard].tolist(),
            struck.month[hard].tolist(),
            struck.lasts[hard].tolist(),
            strict=True,
        ):
            out[worker[household], month : month + lasts] = code
    return out
