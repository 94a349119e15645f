"""What is known of the season that is listed: its visits, and the list they were made from."""

import polars as pl
import pytest

from pipelines.stages.known_of_season import known_of_season
from pipelines.workspace.parameters import load_params
from pipelines.workspace.workspace import HERE
from register.keys.seals import seal_key_file
from register.lookback_store import RECORDS, LookbackStore
from tests.watchlists.handed_out import released
from tests.watchlists.visits.test_change import now, told
from tests.watchlists.visits.test_season_visits import records
from watchlists.release.store import LISTED, list_id
from watchlists.visits.capacity import Capacity
from watchlists.visits.change import RESCORED, compared

TWO_VISITS = Capacity("township", 2)


def visited(params, release, *rows, **changes):
    """Keep what visits to the households of a release found."""
    whence = {"source_kind": params.source.kind, "list_id": list_id(release.folder / LISTED), **changes}
    store = LookbackStore(HERE.lookbacks, seal_key_file(params.privacy))
    store.append(records(*((*row[:3], whence) for row in rows)).select(list(RECORDS)), [])


@pytest.fixture
def params(office):
    return load_params()


def test_without_a_visit_the_list_is_told_against_the_last_season(params):
    known = known_of_season(HERE, params)
    assert (len(known.visits), known.visited) == (0, None)
    households = now(("H1", 0.5, 1, True, []))
    since = compared(households, None, pl.DataFrame(schema=RESCORED), TWO_VISITS, 1.05)
    assert known.changes(households, since, TWO_VISITS) is since


def test_a_visit_makes_the_list_it_was_made_from_the_one_before(office, params):
    release = released(office, "H1", "H2", kind=params.source.kind)
    visited(params, release, ("H1", 5, "moved_away", {}))
    known = known_of_season(HERE, params)
    assert known.visits["visit_result"].to_list() == ["moved_away"]
    assert known.visited.is_of_this_season
    households = now(
        ("H2", 0.1, 1, True, []),
        ("H3", 0.1, 2, True, []),
        ("H1", 0.1, None, False, []),
        found={"H1": "moved_away"},
    )
    since = compared(households, None, pl.DataFrame(schema=RESCORED), TWO_VISITS, 1.05)
    changes = known.changes(households, since, TWO_VISITS)
    assert told(changes, "change") == {"H1": "left", "H2": "stayed", "H3": "entered"}
    assert told(changes, "why_left") == {"H1": "moved_away"}


def test_a_list_of_another_task_or_one_that_is_gone_is_no_list_before(office, params):
    release = released(office, "H1", kind=params.source.kind)
    visited(params, release, ("H1", 5, "confirmed", {}))
    other = params.model_copy(update={"label": params.label.model_copy(update={"months": 6})})
    assert known_of_season(HERE, other).visited is None
    assert len(known_of_season(HERE, other).visits) == 1


def test_a_visit_to_a_list_that_no_release_holds_counts_all_the_same(params, office):
    release = released(office, "H1", kind=params.source.kind)
    visited(params, release, ("H1", 5, "confirmed", {}), list_id="0" * 16)
    known = known_of_season(HERE, params)
    assert (len(known.visits), known.visited) == (1, None)
