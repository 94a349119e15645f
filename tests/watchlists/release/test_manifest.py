"""Releases outlive the code that made them: every version is read in one shape, a newer one is refused."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.labels.label_rules import LabelRules
from register.errors import StoreError
from register.keys.seals import write_sealed
from tests.watchlists.handed_out import released, releases_in
from watchlists.release.manifest import (
    FIRST_LABEL,
    MIGRATIONS,
    SCHEMA_VERSION,
    VERSION,
    NewerReleaseError,
    in_todays_shape,
)
from watchlists.release.past_lists import label_rules_of
from watchlists.release.store import (
    MANIFEST,
    list_id,
    open_release,
    point,
    release_name,
    release_of_list,
    stored,
)
from watchlists.visits.previous import earlier_releases, previous_list

#: As the first code wrote it, on 2026-11-24.
FIRST = {
    "code_commit": "4517b70",
    "files": {},
    "parameters": {
        "label": {"months": 12, "reading": "window", "resources_months": 12, "settle_months": 3},
        "source": {"kind": "folder", "path": "data"},
    },
    "season": "2025Q3",
}
manifests = st.fixed_dictionaries(
    {
        "parameters": st.fixed_dictionaries(
            {"label": st.dictionaries(st.sampled_from([*FIRST_LABEL]), st.none())}
        )
    },
    optional={
        "calibration": st.just({"slope": 1.0, "intercept": 0.0}),
        VERSION: st.integers(0, SCHEMA_VERSION),
    },
)


def rewritten(release, tmp_path, change):
    """Seal the manifest of a release anew, as another version of the code would have written it."""
    path = release.folder / MANIFEST
    written = json.loads(path.read_bytes())
    path.chmod(0o600)
    kept = {name: value for name, value in change(written).items() if not name.startswith("seal")}
    release.folder.chmod(0o700)
    write_sealed(path, kept, releases_in(tmp_path).key_file, "release")
    renamed = release.folder.rename(release.folder.with_name(release_name(release.season, release.folder)))
    for link in (tmp_path / "releases").glob("[!.]*"):
        link.unlink()
        point(link, renamed)
    return renamed


def without_a_version(written):
    """Take away what the first code did not write."""
    label = {name: written["parameters"]["label"][name] for name in FIRST["parameters"]["label"]}
    return {name: value for name, value in written.items() if name != VERSION} | {
        "parameters": {**written["parameters"], "label": label}
    }


def of_a_newer_version(written):
    return {**written, VERSION: SCHEMA_VERSION + 1}


@given(manifests)
def test_migrating_twice_is_migrating_once_and_leaves_what_it_was_given(manifest):
    before = json.dumps(manifest)
    once = in_todays_shape(manifest, Path(MANIFEST))
    assert in_todays_shape(once, Path(MANIFEST)) == once
    assert json.dumps(manifest) == before
    assert once[VERSION] == SCHEMA_VERSION


def test_the_first_releases_have_the_label_that_was_the_only_one_then():
    now = in_todays_shape(FIRST, Path(MANIFEST))
    assert LabelRules(**now["parameters"]["label"]) == LabelRules(
        months=12, reading="window", resources_months=12, settle_months=3
    )
    assert now["calibration"] is None
    assert {name: now[name] for name in ("season", "files", "code_commit")} == {
        name: FIRST[name] for name in ("season", "files", "code_commit")
    }


def test_what_a_manifest_tells_is_never_replaced_by_what_was_usual():
    told = {**FIRST, "calibration": {"slope": 0.9, "intercept": 0.1}, "parameters": {"label": {"months": 6}}}
    now = in_todays_shape(told, Path(MANIFEST))
    assert now["parameters"]["label"] == {**FIRST_LABEL, "months": 6}
    assert now["calibration"] == told["calibration"]


def test_a_release_says_the_version_of_its_shape(tmp_path):
    release = released(tmp_path)
    assert json.loads((release.folder / MANIFEST).read_bytes())[VERSION] == SCHEMA_VERSION == len(MIGRATIONS)


def test_an_older_release_is_opened_found_by_its_list_and_compared_with(tmp_path):
    release, releases = released(tmp_path, season="2025Q3"), releases_in(tmp_path)
    rewritten(release, tmp_path, without_a_version)
    opened = open_release(releases, "2025Q3")
    assert opened.manifest[VERSION] == SCHEMA_VERSION
    assert label_rules_of(opened) == LabelRules(
        months=12, reading="window", resources_months=12, settle_months=3
    )
    assert release_of_list(releases, "2025Q3", list_id(opened.folder / "watchlist.parquet")) == opened
    (earlier,) = earlier_releases(releases.root, "2025Q4", "folder", {"months": 12})
    assert earlier.resolve() == opened.folder
    assert previous_list(opened).calibration is None


def test_a_release_of_a_newer_version_is_refused_in_one_line(tmp_path):
    release, releases = released(tmp_path), releases_in(tmp_path)
    newer = rewritten(release, tmp_path, of_a_newer_version)
    with pytest.raises(StoreError) as refused:
        open_release(releases)
    assert str(refused.value) == (
        f"{newer / MANIFEST}: found schema version {SCHEMA_VERSION + 1}, this code reads 0 "
        f"to {SCHEMA_VERSION}; a newer huitou made it: update this one, or "
        "roll back to another (huitou releases)"
    )
    ((_, found),) = stored(releases)
    assert isinstance(found, NewerReleaseError)
    with pytest.raises(NewerReleaseError):
        earlier_releases(releases.root, "2026Q1", "folder", {"months": 12})
