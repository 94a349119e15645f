"""The chain of hand-outs: who holds which file."""

import pytest

from pipelines.workspace.handouts import HandedFile, keep_handout, kept_handouts, recipient
from pipelines.workspace.parameters import load_params
from pipelines.workspace.workspace import HERE
from register.errors import ParamsError, StoreError

FACTS = {"to": "凤翔街道 李红", "on": "2026-01-05", "season": "2025Q4", "list_id": "00", "with_names": True}
FILE = HandedFile("C1/T1.xlsx", "ab" * 32, "C1 T1", 12)


@pytest.mark.parametrize("name", ["", " \n", "x" * 61])
def test_a_recipient_nobody_could_find_again_is_refused(name):
    with pytest.raises(ParamsError, match="name who gets it"):
        recipient(name)


@pytest.mark.usefixtures("office")
def test_hand_outs_are_kept_in_their_order_for_their_owner_alone():
    params = load_params()
    for to in ("李红", "王强"):
        keep_handout(HERE, params, {**FACTS, "to": to}, [FILE])
    kept = kept_handouts(HERE, params)
    assert [one["to"] for one in kept] == ["李红", "王强"]
    assert kept[0]["files"][0]["sha256"] == FILE.sha256
    assert {path.stat().st_mode & 0o777 for path in HERE.handouts.glob("*.json")} == {0o600}


@pytest.mark.usefixtures("office")
def test_an_entry_that_was_changed_is_seen():
    params = load_params()
    keep_handout(HERE, params, FACTS, [FILE])
    path = next(HERE.handouts.glob("*.json"))
    path.write_text(path.read_text("utf-8").replace("2026-01-05", "2026-01-06"), "utf-8")
    with pytest.raises(StoreError, match="restore handouts/ from its last copy"):
        kept_handouts(HERE, params)
