"""A text that kills LightGBM kills the process that tried it, and the run ends in one line."""

import json
import re

import pytest

from models.risk import trial
from models.risk.model import RiskModel
from models.risk.storage import MANIFEST, save_model
from models.risk.trial import refuse_deadly
from register.atomic import sha256, write_json
from register.errors import StoreError
from tests.models.numbers import invented


@pytest.fixture
def sent(tmp_path):
    """A model as its place sent it; `edit` changes a member and hashes it anew, as whoever sends it may."""
    frame, label = invented(300)
    save_model(RiskModel(members=1, rounds=3, min_data_in_leaf=20).fit(frame, label), tmp_path, {})

    def edit(change):
        member, manifest = tmp_path / "member_0.txt", json.loads((tmp_path / MANIFEST).read_bytes())
        member.write_text(change(member.read_text(encoding="utf-8")), encoding="utf-8")
        manifest["sha256"][member.name] = sha256(member)
        write_json(tmp_path / MANIFEST, manifest)
        return tmp_path

    return edit


def test_a_model_that_can_be_read_is_let_pass(sent):
    refuse_deadly(sent(lambda text: text))


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[: len(text) // 2],
        lambda text: re.sub("num_leaves=[0-9]+", "num_leaves=1999999999", text),
        lambda text: re.sub("left_child=[-0-9 ]+", "left_child=99999999 99999999", text),
        lambda text: re.sub("split_feature=[-0-9 ]+", "split_feature=", text),
        lambda text: text[:0],
    ],
)
def test_a_text_that_kills_is_refused_in_one_line_and_this_process_lives(sent, change):
    folder = sent(change)
    with pytest.raises(StoreError) as refusal:
        refuse_deadly(folder)
    assert re.fullmatch(
        rf"{folder}/member_0.txt: no model that can be read, a process that tried "
        "(was stopped by signal [0-9]+|ended with [0-9]+); ask its place to send it again",
        str(refusal.value),
    )


def test_a_text_that_hangs_is_refused(sent, monkeypatch):
    """No text that hangs today's LightGBM is kept here: none is given the time to end."""
    monkeypatch.setattr(trial, "SECONDS", 0)
    with pytest.raises(StoreError, match="did not end in 0 seconds; ask its place"):
        refuse_deadly(sent(lambda text: text))
