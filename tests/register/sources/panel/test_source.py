"""Three shapes of a panel become one register that ingest takes without a row set aside."""

import polars as pl
import pytest

from models.labels.cohort import cohort
from models.labels.label_rules import LabelRules
from models.labels.labels import labels
from models.labels.observed_dates import observed_dates
from register.errors import SourceError
from register.intake.ingest import Settings, ingest
from register.readings import readings
from register.seasons import season_end, seasons_between
from register.sources.panel import PanelSource
from register.store import Register
from tests.register.sources.panel.folders import long_dta, uganda_like, wide_trial


@pytest.fixture
def register(tmp_path):
    def of(write):
        folder = tmp_path / "data"
        folder.mkdir()
        ledger = ingest(PanelSource(write(folder)), tmp_path / "register", Settings("panel", 0.0, None, None))
        assert ledger["quarantined"].sum() == 0
        return Register(tmp_path / "register")

    return of


def read_at(register, season):
    shards = [register.shard(county) for county in register.counties]
    return pl.concat(readings(shard, [season_end(season)], 1) for shard in shards).drop_nulls(
        "resources_over_line"
    )


def test_a_file_a_wave(register):
    """The line is what three in ten people live below in 2009, by survey weights."""
    read = read_at(register(uganda_like), "2009Q4")
    assert len(read) == 288
    assert 0.15 < (read["resources_over_line"] < 1).mean() < 0.4
    assert (read["n_members"] >= 1).all()


def test_a_long_file_with_splits_and_nominal_amounts(register):
    made = register(long_dta)
    assert made.counties == ["North_Hills", "South"]
    lines = made.shard("South").lines.select("effective_from", "line_per_month").rows()
    assert [round(line) for _, line in lines] == [80, 90, 100]
    split = pl.concat(made.shard(one).tables["households"] for one in made.counties).filter(
        pl.col("origin") == "split"
    )
    assert split["origin_household_id"].is_not_null().all()
    assert len(split) > 8


def test_waves_three_years_apart_label_one_another(register):
    """Who was above the line in 2006 is labelled in 2009; whoever was not there then is censored."""
    made = register(long_dta)
    rules = LabelRules(months=36, reading="next_observation", resources_months=1, settle_months=0)
    day, known_on = season_end("2006Q4"), season_end("2009Q4")
    shards = [made.shard(county) for county in made.counties]
    dates = [season_end(one) for one in seasons_between("2006Q4", "2012Q4")]
    assert {one for shard in shards for one in observed_dates(shard, dates)} == {day, known_on, dates[-1]}
    read = pl.concat(
        labels(shard, cohort(shard, [day], 1, ["ordinary"]), rules, known_on) for shard in shards
    )
    assert read["label_known_on"].drop_nulls().unique().to_list() == [known_on]
    assert read["censored"].drop_nulls().unique().to_list() == ["not_observed"]
    assert read["label"].sum() > 20


def test_a_wide_trial_sees_nobody_between_its_waves(register):
    made = register(wide_trial)
    seen_in = {season: len(read_at(made, season)) for season in ("2015Q1", "2016Q1", "2017Q2")}
    assert seen_in == {"2015Q1": 200, "2016Q1": 0, "2017Q2": 183}


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(SourceError) as refused:
        PanelSource(tmp_path / "no")
    assert str(refused.value) == (
        f"{tmp_path}/no: no such folder; set source.path to the panel's folder (docs/panel.md)"
    )
