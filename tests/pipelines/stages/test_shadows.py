"""A shadow is judged by its own release, once its outcomes are known."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from models.evaluation.shadow import BROKEN, LINES, OPEN
from pipelines.stages.past_outcomes import with_outcomes
from pipelines.stages.shadows import judged_shadows
from pipelines.workspace.parameters import load_params
from pipelines.workspace.shadows import keep_shadow
from pipelines.workspace.workspace import HERE
from register.errors import StoreError
from tests.pipelines.shadowed import SEASON, released_county, shadow_of_county
from watchlists.release.past_lists import SHADOWS

NO_VISITS = pl.DataFrame(schema={"season": pl.String()})
LATE = date(2024, 3, 31)


def test_without_a_shadow_there_is_nothing_to_judge(office):
    released_county(office)
    judged = judged_shadows(HERE, load_params(), NO_VISITS, LATE)
    assert (len(judged), dict(judged.schema)) == (0, SHADOWS)


def test_before_the_window_closes_every_line_is_open(office):
    shadow_of_county(released_county(office))
    judged = judged_shadows(HERE, load_params(), NO_VISITS, date(2022, 6, 30))
    assert judged["line"].to_list() == list(LINES)
    assert set(judged["verdict"]) == {OPEN}
    assert judged["value"].null_count() == len(LINES)


def test_afterwards_the_figures_are_those_of_its_own_list(office):
    release = released_county(office, households=1800)
    shadow_of_county(release)
    judged = judged_shadows(HERE, load_params(), NO_VISITS, LATE)
    outcomes = with_outcomes(HERE, [release], "village_id", LATE, load_params().compute).drop_nulls("label")
    listed = outcomes.filter("is_listed")["label"]
    values = dict(judged.select("line", "value").iter_rows())
    assert values["precision"] == pytest.approx(listed.mean(), abs=1e-6)
    assert values["calibration"] == pytest.approx(
        outcomes["risk"].sum() / outcomes["label"].sum() - 1, abs=1e-6
    )
    assert values["causes"] is None
    assert dict(judged.select("line", "verdict").iter_rows())["calibration"] == BROKEN
    assert set(judged["season"]) == {SEASON}


def test_a_shadow_of_a_later_season_waits(office):
    release = released_county(office, season="2022Q4")
    shadow_of_county(release)
    params = load_params().model_copy(update={"season": "2022Q3"})
    assert not len(judged_shadows(HERE, params, NO_VISITS, LATE))


def test_one_that_names_another_release_than_stands_is_refused(office):
    """Somebody sealed it anew, with the key, for a release that went well."""
    release = released_county(office)
    shadow = shadow_of_county(release)
    path = HERE.shadows / f"{SEASON}.json"
    path.unlink()
    keep_shadow(HERE, load_params(), replace(shadow, manifest_sha256="0" * 64))
    with pytest.raises(StoreError, match=f"^{path}: not of the release that stands in "):
        judged_shadows(HERE, load_params(), NO_VISITS, LATE)
