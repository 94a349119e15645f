"""The true risk: how often a household falls in the futures that its state leaves open."""

import numpy as np
import numpy.typing as npt
import polars as pl

from register.seasons import season_end
from simulator.consequences import CAUSE_OF, COSTS, TAKES
from simulator.events import Strikes, drawn
from simulator.settings import SimulatorParameters
from simulator.state import AHEAD, ENDS, State, state_at
from simulator.story import Story
from simulator.timeline import BURN_IN, Floats, Ints, Timeline
from simulator.work import PERSISTENCE

#: Futures are drawn for so many households at a time: what a processor keeps at hand.
BLOCK = 500
#: Single precision is enough for futures, and twice as quick.
Singles = npt.NDArray[np.float32]
_SCHEMA = {
    "household_id": pl.String(),
    "as_of_date": pl.Date(),
    "risk": pl.Float64(),
    "told_risk": pl.Float64(),
}


def true_risk(
    story: Story, settings: SimulatorParameters, timeline: Timeline, rng: np.random.Generator
) -> pl.DataFrame:
    """Work out the probability of a fall within twelve months, by Monte Carlo.

    Futures start from a household's state at the season end (`State`) and differ by the
    persistent part of earnings, luck, new strikes, births and deaths, and by whether a
    department's alert brings help. The structural model is the one the story was told by;
    losses are taken from what was planned, and the persistent part moves by the quarter. A
    fall is what `models.labels.labels` reads: resources below needs at one of the
    four season ends, or a guarantee lost meanwhile.

    Returns
    -------
    DataFrame
        household_id, as_of_date (those of `settings.risk_seasons` that leave twelve months
        to come), risk (true resources), told_risk (resources as recorded, without delays
        and errors).
    """
    frames = [pl.DataFrame(schema=_SCHEMA)]
    for season in settings.risk_seasons:
        day = season_end(season)
        month = int(timeline.month_of(np.array([day], dtype="datetime64[D]"))[0])
        if BURN_IN <= month < timeline.n_months - AHEAD:
            here = np.flatnonzero(story.situation.here[:, month])
            state = state_at(story, here, month, settings, timeline)
            blocks = np.array_split(np.arange(len(here)), max(1, len(here) // BLOCK))
            drawn_risks = [risks(state.of_rows(rows), settings, rng) for rows in blocks]
            true_risks, told_risks = (np.concatenate(parts) for parts in zip(*drawn_risks, strict=True))
            ids = story.population.household_ids[here]
            frame = pl.DataFrame({"household_id": ids, "risk": true_risks, "told_risk": told_risks})
            frames.append(frame.with_columns(pl.lit(day).alias("as_of_date")).select(list(_SCHEMA)))
    return pl.concat(frames)


def risks(state: State, settings: SimulatorParameters, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Give the share of futures with a fall of true and of recorded resources, each of shape (n,)."""
    shape = (len(state.size), settings.futures, len(ENDS))
    persistent, luck = _persistent(state, shape, rng), rng.standard_normal(shape, dtype=np.float32)
    luck *= state.luck_sd[:, None, :].astype(np.float32)
    felt = [_felt(kind, chance, state, settings, rng) for kind, chance in state.chances.items()]
    at, persons, true_yuan, told_yuan = (np.concatenate(parts) for parts in zip(*felt, strict=True))
    needs = (state.size[:, None, :] + _by_future(at, persons, shape)) * state.line
    needs = np.maximum(needs, state.line)
    fallen = [
        _earned(past, planned, state, persistent, luck) + _by_future(at, changes, shape) < needs
        for past, planned, changes in (
            (state.past, state.planned, true_yuan),
            (state.told_past, state.told_planned, told_yuan),
        )
    ]
    safe = np.exp(-state.breaches)
    first, second = (1 - (1 - fell.any(axis=2).mean(axis=1)) * safe for fell in fallen)
    return first, second


def _persistent(state: State, shape: tuple[int, int, int], rng: np.random.Generator) -> Singles:
    """Give what the persistent part multiplies each coming quarter by, as of its middle month."""
    persistent, now = np.empty(shape, dtype=np.float32), state.persistent[:, None].astype(np.float32)
    for quarter, months in enumerate((2, 3, 3, 3)):
        spread = state.persistent_sd * np.sqrt(np.sum(PERSISTENCE ** (2 * np.arange(months))))
        steps = rng.standard_normal(shape[:2], dtype=np.float32)
        now = now * np.float32(PERSISTENCE**months) + spread[:, None].astype(np.float32) * steps
        persistent[:, :, quarter] = now
    return np.exp(persistent)


def _earned(past: Floats, planned: Floats, state: State, persistent: Singles, luck: Singles) -> Singles:
    """Add up what was had and what is to come, shape (n, futures, ends)."""
    quarters = planned[:, None, :].astype(np.float32) * persistent + luck
    for end in range(1, len(ENDS)):
        quarters[:, :, end] += quarters[:, :, end - 1]
    return np.asarray(quarters + (past + state.sure)[:, None, :].astype(np.float32))


def _felt(
    kind: str, chance: Floats, state: State, settings: SimulatorParameters, rng: np.random.Generator
) -> tuple[Ints, Floats, Floats, Floats]:
    """Draw a kind's strikes over all futures: where, and persons, true and recorded yuan at each end."""
    strikes, future = _strikes(kind, chance, state, settings, rng)
    persons = _since(strikes.month) * {"birth": 1.0, "death": -1.0, "labour": -1.0}.get(kind, 0.0)
    taken, paid = _taken(kind, strikes, state), _paid(kind, strikes, settings)
    helped = _helped(kind, strikes, taken + paid, state, settings, rng)
    told_yuan = helped - taken * state.told_factor[strikes.household][:, None] - paid
    return strikes.household * settings.futures + future, persons, helped - taken - paid, told_yuan


def _by_future(at: Ints, amounts: Floats, shape: tuple[int, int, int]) -> Singles:
    """Add up amounts, one row a strike, by the future they fall into."""
    cells = shape[0] * shape[1]
    ends = [np.bincount(at, amounts[:, end], cells).astype(np.float32) for end in range(len(ENDS))]
    return np.stack(ends, axis=-1).reshape(shape)


def _strikes(
    kind: str, chance: Floats, state: State, settings: SimulatorParameters, rng: np.random.Generator
) -> tuple[Strikes, Ints]:
    """Draw the strikes of a kind over all futures, each with the future it strikes in."""
    edges = np.cumsum(chance)
    size = rng.poisson(edges[-1] * settings.futures)
    cell = np.minimum(np.searchsorted(edges, rng.random(size) * edges[-1], side="right"), chance.size - 1)
    household, month = np.divmod(cell, AHEAD)
    future = rng.integers(0, settings.futures, size)
    if kind in settings.shocks:
        return drawn(kind, household, month, state.workers, settings, rng), future
    none = np.zeros(size)
    return Strikes(household, month, np.zeros(size, dtype=np.int64), none, none), future


def _since(month: Ints) -> Floats:
    """Tell at which of the four ends a strike of a month is felt."""
    return np.asarray(month[:, None] < ENDS, dtype=np.float64)


def _taken(kind: str, strikes: Strikes, state: State) -> Floats:
    """Give what each strike takes of the planned income up to the four ends."""
    if kind not in TAKES:
        return np.zeros((len(strikes.month), len(ENDS)))
    total = state.cumulated["wage" if TAKES[kind] == ("wage",) else "business"]
    until = np.minimum((strikes.month + strikes.lasts)[:, None], ENDS)
    row = strikes.household[:, None]
    taken = total[row, np.maximum(until, strikes.month[:, None])] - total[row, strikes.month[:, None]]
    return np.asarray(strikes.share[:, None] * taken)


def _paid(kind: str, strikes: Strikes, settings: SimulatorParameters) -> Floats:
    """Give what each strike costs up to the four ends, less what insurance pays out."""
    if kind not in COSTS:
        return np.zeros((len(strikes.month), len(ENDS)))
    share = sum(part * _since(strikes.month + later) for later, part in settings.instalments)
    if kind == "accident":
        share = share - settings.claimed_share * _since(strikes.month)
    return np.asarray(strikes.cost[:, None] * share)


def _helped(
    kind: str,
    strikes: Strikes,
    felt: Floats,
    state: State,
    settings: SimulatorParameters,
    rng: np.random.Generator,
) -> Floats:
    """Give the help that a department's alert brings up to the four ends."""
    size = len(strikes.month)
    share = settings.alert_share(CAUSE_OF.get(kind, kind))
    if share == 0:
        return np.zeros((size, len(ENDS)))
    heavy = felt[:, -1] >= settings.alert_loss * state.needs[strikes.household]
    open_to_it = ~state.monitored & (state.told_over < settings.sudden_ceiling)
    alerted = heavy & open_to_it[strikes.household] & (rng.random(size) < share)
    begins = strikes.month + rng.integers(1, 3, size) + 1
    months = np.maximum(ENDS - begins[:, None], 0)
    unit = settings.help_per_person_month * state.size[strikes.household, 0]
    return np.asarray(unit[:, None] * months * alerted[:, None])
