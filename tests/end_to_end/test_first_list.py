"""A first list anywhere: one export of another province, and four that write every unsafe house anew."""

import json

import polars as pl
import pytest

from models.keys import KEYS
from tests.end_to_end.conftest import make_workspace


def run(folder, delivery, **settings):
    office = make_workspace(folder / "huitou")
    named = [f"--set={name}={value}" for name, value in settings.items()]
    source = ["--set=source.kind=folder", f"--set=source.path={delivery}", "--set=model.kind=auto"]
    done = office.huitou("run", *source, *named)
    assert done.returncode == 0, done.stderr
    return office, done.stdout


@pytest.fixture(scope="module")
def first(tmp_path_factory, young_county):
    return run(tmp_path_factory.mktemp("first"), young_county)


@pytest.fixture(scope="module")
def restated(tmp_path_factory, restating_county):
    yearly = {"label.settle_months": 0, "evaluate.min_positives": 30, "model.min_calibration_positives": 20}
    return run(tmp_path_factory.mktemp("restated"), restating_county, **yearly)


def test_one_export_gives_a_list_that_says_what_it_rests_on(first):
    """Another province's line and no past: duties, a published order, and when a model can be judged."""
    office, said = first
    listed = pl.read_parquet(office.release() / "watchlist.parquet")
    assert len(listed)
    assert set(listed["listed_by"]) <= {"rule", "order"}
    assert listed["risk"].null_count() == len(listed)
    assert "a model can be trained from 2027-03-31 on and judged from 2028-06-30 on" in said
    report = (office.release() / "report.html").read_text(encoding="utf-8")
    assert "This list has not been judged" in report
    assert "region 520000, 7,830 yuan a person and year" in report


def test_the_first_list_comes_with_cards_boards_workbooks_and_a_seal(first):
    office, _ = first
    released = office.release()
    for kind in ("cards/*/*.html", "boards/*.html", "workbooks/*/*.xlsx"):
        (path,) = released.glob(kind)
        assert path.stat().st_size
    board = next(released.glob("boards/*.html")).read_text(encoding="utf-8")
    assert "no falls are expected" in board
    manifest = json.loads((released / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["delivered_by"]["order"] == "rules"
    assert manifest["model_sha256"] is manifest["calibration"] is None


def test_a_household_of_the_first_list_is_explained_without_a_probability(first):
    office, _ = first
    household = pl.read_parquet(office.release() / "watchlist.parquet")["household_id"][0]
    done = office.huitou("explain", household)
    assert done.returncode == 0, done.stderr
    assert "an order is no probability" in done.stdout
    assert "The model attributes" not in done.stdout


def test_who_insists_on_a_trained_model_is_told_why_there_is_none(first, young_county):
    office, _ = first
    before = (office.release() / "manifest.json").read_bytes()
    source = ("--set=source.kind=folder", f"--set=source.path={young_county}")
    done = office.huitou("run", *source, "--set=model.kind=trained")
    assert done.returncode == 5
    assert "model.kind=auto, which lists by a published order" in done.stderr.splitlines()[-1]
    assert (office.release() / "manifest.json").read_bytes() == before


def test_a_model_of_another_place_lists_marked_untested(first, young_county, workspace):
    """The county has no past; a prefecture sends the model it trained."""
    office, _ = first
    model = workspace.folder / "artifacts" / "model" / "final"
    source = ("--set=source.kind=folder", f"--set=source.path={young_county}")
    done = office.huitou("run", *source, "--with-model", str(model))
    assert done.returncode == 0, done.stderr
    assert "untested here: its risks are no promise" in done.stdout
    assert pl.read_parquet(office.release() / "watchlist.parquet")["risk"].null_count() == 0
    card = next(office.release().glob("cards/*/*.html")).read_text(encoding="utf-8")
    assert "没有在本地检验过：风险数字不作承诺" in card


def test_a_house_that_is_unsafe_every_year_never_falls(restated):
    """Seventy-odd dangerous houses at every export, each written anew: none of them is a fall."""
    office, _ = restated
    cohort = pl.read_parquet(office.folder / "artifacts" / "model" / "cohort.parquet")
    features = pl.concat(map(pl.read_parquet, (office.folder / "artifacts" / "features").glob("*.parquet")))
    dangerous = features.filter(pl.col("has_dangerous_house") == 1).select(KEYS)
    inside = cohort.join(dangerous, on=KEYS).filter(pl.col("as_of_date") < cohort["as_of_date"].max())
    assert len(inside) > 150
    assert set(inside["censored"]) == {"in_breach"}
    assert inside["label"].sum() == 0


def test_yearly_exports_are_read_once_a_year(restated):
    office, _ = restated
    cohort = pl.read_parquet(office.folder / "artifacts" / "model" / "cohort.parquet")
    days = [f"{year}-12-31" for year in (2022, 2023, 2024, 2025)]
    assert [str(day) for day in cohort["as_of_date"].unique().sort()] == days


def test_a_model_that_loses_to_income_is_judged_and_does_not_list(restated):
    office, said = restated
    figures = json.loads((office.folder / "artifacts" / "evaluation" / "metrics.json").read_bytes())
    manifest = json.loads((office.release() / "manifest.json").read_text(encoding="utf-8"))
    loses = figures["auc_over_income"] <= 0
    assert manifest["delivered_by"]["order"] == ("income" if loses else "")
    assert ("ranks no better than income alone" in said) == loses
