"""Small simulated counties for the tests."""

import numpy as np
import polars as pl

from register.intake.casting import cast
from register.reference import income_lines
from register.shard import Shard
from register.sources.delivery import RawTable
from register.tables import TABLES
from simulator.settings import SimulatorParameters
from simulator.story import tell
from simulator.timeline import Timeline
from tests.parameters import parameters

SECTION = parameters().simulator.written()


def settings(**changes):
    """Give the parameters of a small county without true risks, some of them changed."""
    small = {"households_per_county": 600, "villages_per_county": 8, "risk_seasons": [], "futures": 50}
    return SimulatorParameters.of({**SECTION, **small, **changes})


def story_of(chosen):
    """Tell the first county's story."""
    timeline = Timeline(chosen.first_month, chosen.months)
    rng = np.random.default_rng(np.random.SeedSequence([chosen.seed, 0]))
    return tell(0, chosen, timeline, rng), timeline


def clean_shard(text):
    """Cast the delivered tables, drop spoilt rows and repetitions."""
    clean = {}
    for name, frame in text.items():
        cast_table = cast(RawTable(name, f"{name}.csv", frame), TABLES[name])
        bad = cast_table.reasons["row"].cast(pl.UInt32).implode()
        clean[name] = cast_table.frame.filter(~pl.col("row").is_in(bad)).drop("file", "row").unique()
    return Shard.of(clean, income_lines())
