"""A shadow is written once, sealed, and read only for the outcome and source it foresees."""

from datetime import date

import pytest

from pipelines.workspace.shadows import REMEDY, keep_shadow, shadow_path, standing_shadows
from pipelines.workspace.workspace import HERE
from register.errors import SeasonError, StoreError
from tests.parameters import parameters
from tests.watchlists.handed_out import released
from watchlists.release.shadow import shadow_of


@pytest.fixture
def params(office):
    return parameters({"source.kind": "folder", "privacy.key_file": str(office / "keys/pseudonym.key")})


def shadow(office, params, season="2025Q4"):
    release = released(office, season=season)
    return shadow_of(release, params.hindsight.shadow, params.promotion, date(2026, 1, 5), date(2025, 12, 31))


def test_a_shadow_is_read_as_it_was_written(office, params):
    kept = shadow(office, params)
    path = keep_shadow(HERE, params, kept)
    assert path == shadow_path(HERE, "2025Q4")
    (read,) = standing_shadows(HERE, params)
    assert read.promised == kept.promised
    assert {line: tuple(ends) for line, ends in read.limits.items()} == kept.limits


def test_none_is_written_twice(office, params):
    path = keep_shadow(HERE, params, shadow(office, params))
    before = path.read_bytes()
    with pytest.raises(SeasonError) as refusal:
        keep_shadow(HERE, params, shadow(office, params))
    assert str(refusal.value) == (
        f"{path}: found a shadow that was written before; it stays as it is, or nobody could rely on it; "
        "write one for another season"
    )
    assert path.read_bytes() == before


def test_one_whose_limits_were_eased_afterwards_is_refused(office, params):
    path = keep_shadow(HERE, params, shadow(office, params))
    path.write_text(path.read_text(encoding="utf-8").replace("0.05", "0.50"), encoding="utf-8")
    with pytest.raises(StoreError) as refusal:
        standing_shadows(HERE, params)
    assert str(refusal.value) == f"{path}: missing, damaged or not sealed; {REMEDY}"


def test_shadows_come_by_season_and_those_of_other_outcomes_stay_aside(office, params):
    for season in ("2025Q4", "2025Q2"):
        keep_shadow(HERE, params, shadow(office, params, season))
    assert [one.season for one in standing_shadows(HERE, params)] == ["2025Q2", "2025Q4"]
    for other in ({"label.months": 6}, {"label.outcome": "relapse"}, {"source.kind": "sql"}):
        key = {"privacy.key_file": params.privacy.key_file}
        assert standing_shadows(HERE, parameters({"source.kind": "folder", **other, **key})) == []
