"""Who did what is kept, in order, and one that cannot be noted is not done."""

import shutil
import threading

import pytest

from pipelines.workspace.events import keep_event, kept_events
from pipelines.workspace.parameters import load_params
from pipelines.workspace.workspace import HERE
from register.errors import StoreError


@pytest.fixture
def params(office):
    return load_params()


def test_acts_are_kept_in_order_with_the_account_and_no_other_names(params):
    keep_event(HERE, params, "rollback", now="2025Q3-0123456789ab")
    keep_event(HERE, params, "explain", household="6c6e375e" * 4)
    first, second = kept_events(HERE, params)
    assert (first["what"], first["now"]) == ("rollback", "2025Q3-0123456789ab")
    assert second.keys() == {"what", "account", "at", "household"}
    assert HERE.events.stat().st_mode & 0o777 == 0o700


def test_two_at_once_both_are_noted(params):
    threads = [threading.Thread(target=keep_event, args=(HERE, params, f"act {n}")) for n in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert {entry["what"] for entry in kept_events(HERE, params)} == {f"act {n}" for n in range(8)}


def test_after_an_end_that_was_changed_or_removed_nothing_is_noted(params):
    keep_event(HERE, params, "explain")
    keep_event(HERE, params, "rollback")
    first, last = sorted(HERE.events.glob("*.json"))
    last.write_text(last.read_text().replace("rollback", "rollbakc"))
    with pytest.raises(StoreError, match="another is the last; restore events/ from its last copy"):
        keep_event(HERE, params, "explain")
    last.unlink()
    with pytest.raises(StoreError, match="2 entries had been written, 1 are there"):
        keep_event(HERE, params, "explain")
    assert list(HERE.events.glob("*.json")) == [first]


def test_events_that_were_removed_are_missed(params):
    keep_event(HERE, params, "explain")
    shutil.rmtree(HERE.events)
    with pytest.raises(StoreError, match="1 entries had been written, 0 are there"):
        kept_events(HERE, params)
