"""Labels to train on are those known at the training date, whatever is recorded later."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from models.keys import KEYS
from models.labels.cohort import cohort
from models.labels.labels import labels
from models.survey_weights import WEIGHT, survey_weights, weighed
from models.training.settings import ModelSettings
from pipelines.stages.seasons import (
    gathered,
    labelled_cohorts,
    last_recorded_on,
    rows_below_line,
    seasons_to_train,
)
from pipelines.workspace.workspace import Workspace
from register.atomic import write_parquet
from register.seasons import season_end
from register.store import Register, seal, write_lines, write_register_shard
from tests.laws.registers import LINES, random_tables
from tests.parameters import parameters

PARAMS = parameters({"label.months": 6, "label.settle_months": 3, "compute.scheduler": "local"})
LOCAL = PARAMS.compute
DAYS = [season_end(one) for one in ("2022Q1", "2022Q2", "2022Q3", "2022Q4", "2023Q1", "2023Q2")]
SETTINGS = ModelSettings.of(PARAMS.model, 1)


def register_of(root, until=date.max):
    """Two counties; nothing recorded after `until`."""
    for seed, county in enumerate(("c1", "c2")):
        tables = random_tables(seed, households=60, prefix=county)
        known = {name: rows.filter(pl.col("recorded_on") <= until) for name, rows in tables.items()}
        write_register_shard(root, county, known)
    write_lines(root, LINES)
    seal(root, {})
    return Register(root)


def seasons_of(register, day, rules=PARAMS.label, is_taught=False, weights="ignored"):
    parts = []
    for county in register.counties:
        shard = register.shard(county)
        rows = cohort(shard, DAYS, rules.resources_months, PARAMS.cohort.categories, rules.outcome)
        known = labels(shard, rows, rules, date(2024, 3, 31))
        parts.append(rows.join(known, on=KEYS, how="left").with_columns(county_id=pl.lit(county)))
    whom = PARAMS.cohort.model_copy(update={"learns_from": "also_below" if is_taught else "cohort"})
    below = rows_below_line(register, DAYS, rules, whom, LOCAL)
    below = below if below is None else below.with_columns(county_id=pl.col("household_id").str.head(2))
    settings = replace(SETTINGS, survey_weights=weights)
    (season,) = seasons_to_train(
        register, pl.concat(parts), rules, settings, {day: []}, date(2024, 3, 31), LOCAL, below
    )
    return season


@pytest.mark.parametrize("day", [date(2023, 3, 31), date(2023, 6, 30)])
def test_what_is_recorded_after_the_training_date_changes_no_label_trained_on(tmp_path, day):
    now = seasons_of(register_of(tmp_path / "now"), day)
    then = seasons_of(register_of(tmp_path / "then", day), day)
    seen = then.known.select(KEYS)
    assert len(seen)
    assert now.known.join(seen, on=KEYS, how="semi").equals(then.known)
    assert now.known["label_known_on"].max() <= day
    assert not (now.known_earlier["label_known_on"] >= day).any()


PANEL = parameters(
    {"label.reading": "next_observation", "label.line_rise": "observed", "label.settle_months": 0}
).label


@pytest.mark.parametrize("day", [date(2023, 3, 31), date(2023, 6, 30)])
def test_rows_below_the_line_train_with_what_was_known_and_are_in_no_cohort(tmp_path, day):
    register = register_of(tmp_path / "now")
    season, plain = (seasons_of(register, day, PANEL, is_taught) for is_taught in (True, False))
    assert season.known.equals(plain.known)
    assert season.known_earlier.equals(plain.known_earlier)
    taught = season.rows.filter("trees_only")
    assert len(taught)
    rest = season.rows.filter(pl.col("trees_only").is_null())
    assert rest.sort(KEYS).equals(plain.rows.sort(KEYS))
    assert taught["label_known_on"].max() <= day
    assert (taught["as_of_date"] < day).all()
    assert len(taught.join(season.known, on=KEYS, how="semi")) == 0
    then = seasons_of(register_of(tmp_path / "then", day), day, PANEL, is_taught=True).rows
    seen = then.filter("trees_only")
    assert taught.join(seen, on=KEYS, how="semi").sort(KEYS).equals(seen.sort(KEYS))


def test_every_countys_features_are_read_once_and_only_wanted_rows_kept(tmp_path):
    workspace = Workspace(tmp_path)
    for county in ("c1", "c2"):
        rows = pl.DataFrame({"household_id": [county, county], "as_of_date": DAYS[:2], "n": [1, 2]})
        write_parquet(workspace.features / f"{county}.parquet", rows)
    wanted = [pl.DataFrame({"household_id": ["c1", "c2"], "as_of_date": [DAYS[0], DAYS[1]]})]
    assert [one["n"].to_list() for one in gathered(workspace, wanted)] == [[1], [2]]


def test_every_countys_cohorts_are_listed_with_their_labels(tmp_path):
    rules, categories = PARAMS.label, PARAMS.cohort.categories
    rows = labelled_cohorts(register_of(tmp_path), DAYS, rules, categories, date(2024, 3, 31), LOCAL)
    assert sorted(rows["household_id"].str.head(2).unique()) == ["c1", "c2"]
    assert rows.equals(rows.sort(KEYS))
    assert (rows["label"].is_not_null() | rows["censored"].is_not_null()).all()


def test_the_register_ends_with_what_was_recorded_last(tmp_path):
    assert last_recorded_on(register_of(tmp_path, date(2023, 6, 30))) <= date(2023, 6, 30)


@pytest.mark.parametrize("day", [date(2023, 3, 31), date(2023, 6, 30)])
def test_rows_train_by_their_survey_weights_where_these_are_used(tmp_path, day):
    register = register_of(tmp_path)
    plain, season = (
        seasons_of(register, day, PANEL, is_taught=True, weights=weights) for weights in ("ignored", "used")
    )
    assert season.known.drop(WEIGHT).equals(plain.known)
    assert season.below.drop(WEIGHT).equals(plain.below)
    read = pl.concat(survey_weights(register.shard(one), DAYS) for one in register.counties)
    for rows in (season.known, season.below):
        assert rows[WEIGHT].is_not_null().any()
        assert rows.equals(rows.drop(WEIGHT).join(read, on=KEYS, how="left", maintain_order="left"))
    taught = pl.concat([season.known, season.below]).select(*KEYS, WEIGHT)
    expected = weighed(plain.rows.join(taught, on=KEYS, how="left"))
    assert season.rows.equals(expected)
    assert not season.rows["weight"].equals(plain.rows.sort(KEYS)["weight"])
