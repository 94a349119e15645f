"""Everybody a list was chosen from is told of once, also who left the register."""

from datetime import date

import polars as pl

from pipelines.stages.past_outcomes import with_outcomes
from pipelines.workspace.parameters import load_params
from pipelines.workspace.workspace import HERE
from register.store import Register, seal, write_lines, write_register_shard
from tests.laws.registers import LINES
from tests.pipelines.shadowed import released_county

LATE = date(2024, 3, 31)


def test_nobody_is_judged_before_the_window_has_closed_and_some_are_after(office):
    release = released_county(office)
    early = with_outcomes(HERE, [release], "village_id", date(2022, 6, 30), load_params().compute)
    late = with_outcomes(HERE, [release], "village_id", LATE, load_params().compute)
    assert early["label"].null_count() == len(early) == len(release.scores)
    assert late["label"].drop_nulls().len() > 0
    assert sorted(late["household_id"]) == sorted(release.scores["household_id"])
    assert late["is_listed"].sum() == len(release.list)


def test_a_county_that_is_gone_took_its_households_with_it(office):
    release = released_county(office)
    tables = Register(HERE.register).shard("c1").tables
    write_register_shard(HERE.register, "c2", tables)
    for one in (HERE.register / "c1").iterdir():
        one.unlink()
    (HERE.register / "c1").rmdir()
    write_lines(HERE.register, LINES)
    seal(HERE.register, {})
    gone = with_outcomes(HERE, [release], "village_id", LATE, load_params().compute)
    assert gone.select(pl.col("censored").unique()).to_series().to_list() == ["left_register"]
    assert len(gone) == len(release.scores)
