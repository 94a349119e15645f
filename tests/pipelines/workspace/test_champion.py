"""Which model delivers: the champion of the task, unless it has seen the season or lost its features."""

import sys

import polars as pl
import pytest

from features.declaration import declared_features
from pipelines.stages.explain import main as explain
from pipelines.workspace.champion import delivering_model, delivery_of
from pipelines.workspace.parameters import load_params
from pipelines.workspace.workspace import HERE
from register.atomic import read_parquet, write_parquet
from register.errors import ContractError, ParamsError, StoreError
from register.seasons import season_end
from register.store import seal, write_lines, write_register_shard
from tests.laws.registers import LINES, random_tables
from tests.parameters import source_section
from tests.pipelines.trained import trained


@pytest.fixture(autouse=True)
def no_mlflow(monkeypatch):
    monkeypatch.setitem(sys.modules, "mlflow", None)


@pytest.fixture
def promoted(office, huitou):
    """A champion of 2025Q4."""

    def made(**changes):
        run = trained(**changes)
        assert huitou("promote", run.name, "--by", "Li", "--why", "good") == 0
        return run

    return made


def params(season="2025Q4", **label):
    told = load_params()
    return told.model_copy(update={"season": season, "label": told.label.model_copy(update=label)})


@pytest.mark.parametrize("season", ["2025Q4", "2026Q1"])
def test_the_champion_delivers_its_own_season_and_later_ones(promoted, season):
    run = promoted()
    delivery = delivery_of(HERE, params(season))
    assert delivery.folder == run.folder / "model"
    assert delivery.sentence.startswith(f"在用模型 champion {run.name}, 批准 promoted by Li on 20")
    assert delivering_model(HERE, params(season)).feature_names == ["resources_over_line", "wage_income"]


def test_an_earlier_season_is_listed_with_its_own_model(promoted):
    run = promoted()
    assert delivery_of(HERE, params("2025Q3")).why_not == f"the champion {run.name} was trained later"


def test_a_model_that_answers_another_question_is_not_its_champion(promoted):
    """Whoever tries the survey after the simulated prefecture is not listed by the prefecture's model."""
    promoted()
    survey = params().model_copy(update={"source": source_section(kind="eph")})
    for other in (params(months=6), survey):
        assert delivery_of(HERE, other).why_not == "no champion for this source, cohort and label yet"


def test_a_champion_whose_feature_is_no_longer_declared_says_what_to_do(promoted):
    run = promoted(features=["resources_over_line", "horoscope"])
    with pytest.raises(ContractError) as refused:
        delivering_model(HERE, params())
    assert str(refused.value) == (
        f"{run.folder}/model: the model wants feature horoscope (1 such), which is not declared today; "
        "declare it again, promote a run of today's features (huitou promote), or step back (huitou demote)"
    )


def test_a_champion_from_before_a_feature_was_declared_explains_with_its_own(promoted):
    promoted()
    keys = {"household_id": ["H1", "H2"], "as_of_date": [season_end("2025Q4")] * 2}
    places = dict.fromkeys(("county_id", "township_id", "village_id"), ["C1"] * 2)
    write_parquet(HERE.cohort, pl.DataFrame(keys | places).with_columns(is_return=pl.lit(value=False)))
    write_register_shard(HERE.register, "C1", random_tables(0, households=2))
    write_lines(HERE.register, LINES)
    seal(HERE.register, {})
    every = {one.name: [0.0, 0.0] for one in declared_features()} | {"declared_since": [5.0, 5.0]}
    values = every | {"wage_income": [0.1, 2.0], "resources_over_line": [0.2, 3.0]}
    write_parquet(HERE.features / "C1.parquet", pl.DataFrame(keys | values))
    explain(HERE, load_params())
    told = read_parquet(HERE.explanations / "C1.parquet")
    parts = told.select(pl.sum_horizontal("base_margin", "^phi_.*$")).to_series()
    assert (1 / (1 + (-parts).exp()) - told["risk"]).abs().max() < 1e-12
    assert told["risk"][0] < told["risk"][1]


def test_a_changed_champion_is_never_opened(promoted):
    run = promoted()
    member = run.folder / "model" / "member_0.txt"
    member.write_bytes(member.read_bytes()[:-1])
    with pytest.raises(StoreError, match=r"missing or changed since the run was recorded"):
        delivering_model(HERE, params())


def test_a_pointer_written_by_another_hand_is_refused_and_made_anew(promoted, office, huitou):
    promoted()
    (pointer,) = (office / "runs" / "champion").iterdir()
    pointer.write_bytes(pointer.read_bytes().replace(b'"Li"', b'"Wu"'))
    with pytest.raises(StoreError, match=r"damaged or not sealed; run huitou runs, which makes it anew$"):
        delivery_of(HERE, params())
    assert huitou("runs") == 0
    assert delivery_of(HERE, params()).champion["by"] == "Li"


def test_a_recorded_model_is_as_it_was_trained_and_the_same_training_is_the_same_run(office):
    first, again, other = trained(), trained(), trained(skill=1.0)
    assert first.name == again.name != other.name
    assert first.record["recorded_at"] == again.record["recorded_at"]
    assert first.record["n_dates"] == 5


def test_a_model_of_another_place_lists_whatever_champion_there_is_and_is_called_untested(promoted):
    run = promoted()
    model = params().model.model_copy(update={"of_another_place": str(run.folder / "model")})
    delivery = delivery_of(HERE, params().model_copy(update={"model": model}))
    assert (delivery.folder, delivery.champion) == (run.folder / "model", None)
    assert delivery.facts["delivered_by"]["is_foreign"]
    assert "untested here: its risks are no promise" in delivery.sentence


def test_a_folder_without_a_model_is_refused(office):
    model = params().model.model_copy(update={"of_another_place": "elsewhere"})
    with pytest.raises(ParamsError) as refused:
        delivery_of(HERE, params().model_copy(update={"model": model}))
    assert str(refused.value).startswith(
        "model.of_another_place: found no model.json in elsewhere, allowed is"
    )
