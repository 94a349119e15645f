"""The rows of health and shocks."""

import numpy as np
import polars as pl

from simulator.events import Strikes
from simulator.population import Population
from simulator.settings import SimulatorParameters
from simulator.timeline import BURN_IN, Bools, Floats, Ints, Timeline

#: Kinds of certified disability, shares; [M].
DISABILITY = {
    "limb": 0.45,
    "hearing": 0.15,
    "vision": 0.12,
    "mental": 0.1,
    "intellectual": 0.1,
    "speech": 0.03,
    "multiple": 0.05,
}
#: What insurance pays back for a yuan paid oneself; [M].
REIMBURSED_OVER_OWN = 1.8


def chronic_visits(
    population: Population, settings: SimulatorParameters, timeline: Timeline, rng: np.random.Generator
) -> Floats:
    """Draw each member's own payments for chronic illness, shape (n_members, n_months)."""
    members = len(population.owner)
    # A person takes the illness along to another household.
    severity = np.exp(rng.normal(0, 0.7, members))[population.person][:, None]
    visit = rng.random((members, timeline.n_months)) < 0.2
    noise = np.exp(rng.normal(0, 0.4, (members, timeline.n_months)))
    paid = settings.chronic_payment * severity * visit * noise * population.chronic[:, None]
    return np.asarray(np.round(paid * population.present(timeline), 0))


def health_rows(
    population: Population,
    visits: Floats,
    strikes: dict[str, Strikes],
    sick: Ints,
    worker: Ints,
    settings: SimulatorParameters,
    timeline: Timeline,
    rng: np.random.Generator,
) -> pl.DataFrame:
    """List treatment, diagnoses, certificates and insurance."""
    member, month = np.nonzero(visits[:, BURN_IN:])
    month = month + BURN_IN
    frames = [
        _rows(population, member, month, "outpatient", visits[member, month], timeline, rng),
        *_opening(population, timeline, rng),
    ]
    for cause, who, kind in (
        ("illness", sick, "major_illness"),
        ("accident", worker, "incapacity"),
        ("disability", worker, "disability"),
    ):
        struck = strikes[cause]
        frames.append(_rows(population, who[struck.household], struck.month, kind, None, timeline, rng))
        for later, share in settings.instalments:
            place = "inpatient" if later == 0 else "outpatient"
            paid = struck.cost * share
            frames.append(
                _rows(population, who[struck.household], struck.month + later, place, paid, timeline, rng)
            )
    rows = pl.concat(frames, how="diagonal")
    disabled = pl.col("kind") == "disability"
    grades = pl.Series("grade", rng.integers(1, 5, len(rows)))
    kinds = pl.Series("disability_kind", rng.choice(list(DISABILITY), len(rows), p=list(DISABILITY.values())))
    return rows.with_columns(grades, kinds).with_columns(
        pl.when(disabled).then(name).alias(name) for name in ("grade", "disability_kind")
    )


def _rows(
    population: Population,
    member: Ints,
    month: Ints,
    kind: str,
    paid: Floats | None,
    timeline: Timeline,
    rng: np.random.Generator,
) -> pl.DataFrame:
    within = (month >= BURN_IN) & (month < timeline.n_months)
    member, month = member[within], month[within]
    rows = pl.DataFrame(
        {
            "household_id": population.household_ids[population.owner[member]],
            "member_id": population.member_ids[member],
            "occurred_on": timeline.day_in(month, rng.integers(1, 29, len(month))),
        }
    ).with_columns(pl.lit(kind).alias("kind"))
    if paid is None:
        return rows
    own = np.round(paid[within])
    back = np.round(own * REIMBURSED_OVER_OWN)
    costs = {"total_cost": own + back, "reimbursed": back, "own_payment": own}
    return rows.with_columns(pl.Series(name, amount) for name, amount in costs.items())


def _opening(population: Population, timeline: Timeline, rng: np.random.Generator) -> list[pl.DataFrame]:
    new = population.person == np.arange(len(population.person))
    here: Bools = new & (population.birth < timeline.opening)
    days = timeline.opening - rng.integers(1, 300, len(here)).astype("timedelta64[D]")
    days = np.where(
        population.joins > 0, timeline.starts[np.minimum(population.joins, timeline.n_months)], days
    )
    kinds = rng.choice(["resident", "employee", "none"], len(here), p=[0.93, 0.05, 0.02])
    base = pl.DataFrame(
        {
            "household_id": population.household_ids[population.owner],
            "member_id": population.member_ids,
            "occurred_on": days,
        }
    )
    insured = base.with_columns(pl.lit("insurance").alias("kind"), pl.Series("insurance", kinds))
    chronic = base.with_columns(pl.lit("chronic").alias("kind"))
    disability = base.with_columns(pl.lit("disability").alias("kind"))
    return [
        insured.filter(pl.Series(here)),
        chronic.filter(pl.Series(here & population.chronic)),
        disability.filter(pl.Series(here & population.disabled)),
    ]


def shock_rows(
    population: Population,
    strikes: dict[str, Strikes],
    settings: SimulatorParameters,
    timeline: Timeline,
    rng: np.random.Generator,
) -> pl.DataFrame:
    """List disasters, losses and accidents."""
    kinds = {
        "disaster": rng.choice(
            list(settings.disaster_kinds),
            len(strikes["disaster"].month),
            p=list(settings.disaster_kinds.values()),
        ),
        "business": rng.choice(
            ["livestock_loss", "venture_failure"], len(strikes["business"].month), p=[0.7, 0.3]
        ),
        "price": np.full(len(strikes["price"].month), "price_fall"),
        "accident": np.full(len(strikes["accident"].month), "accident_injury"),
    }
    frames = []
    for cause, kind in kinds.items():
        struck = strikes[cause]
        kept = struck.month >= BURN_IN
        loss = struck.share * 9000 * np.exp(rng.normal(0, 0.5, len(struck.month)))
        frames.append(
            pl.DataFrame(
                {
                    "household_id": population.household_ids[struck.household[kept]],
                    "occurred_on": timeline.day_in(struck.month[kept], rng.integers(1, 29, int(kept.sum()))),
                    "kind": kind[kept],
                    "loss": np.round(loss[kept], -1),
                }
            )
        )
    return pl.concat(frames)
