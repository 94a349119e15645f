"""A line of code is changed, and exactly the stages that are made of it run again, and those after them."""

import pytest

FROM_TRAINING = ["train", "evaluate", "explain", "watchlist", "hindsight", "publish"]
CHANGES = {
    "a direction": (
        "features/housing.py",
        ("    direction=1,\n)\ndef has_dangerous_house", "    direction=0,\n)\ndef has_dangerous_house"),
        ["features", *FROM_TRAINING],
    ),
    "what a fall is": (
        "register/breaches.py",
        ('"grade", ("C", "D")', '"grade", ("D",)'),
        FROM_TRAINING,
    ),
    "a word on the sheet": (
        "watchlists/sheets/sheet_words.py",
        ('"户主", "head"', '"家长", "head"'),
        ["publish"],
    ),
    "which counts are small": (
        "models/evaluation/disclosure.py",
        ("SMALL = 7", "SMALL = 8"),
        ["evaluate", "watchlist", "hindsight", "publish"],
    ),
    "a figure of the leaderboard": (
        "models/evaluation/leaderboard.py",
        ("round(6)", "round(5)"),
        ["evaluate", "hindsight", "publish"],
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_the_code_runs_what_is_made_of_it(workspace, tmp_path, change):
    """A changed breach rule and direction left every model as it was: train "didn't change, skipping"."""
    name, (before, after), stages = CHANGES[change]
    changed = workspace.copied(tmp_path / "huitou")
    path = changed.folder / name
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, after), encoding="utf-8")
    done = changed.huitou("run")
    assert (done.returncode, changed.stages_of(done)) == (0, stages), done.stderr


def test_a_list_made_by_other_code_is_not_published(workspace, tmp_path):
    changed = workspace.copied(tmp_path / "huitou")
    words = changed.folder / "watchlists" / "reasons" / "reasons.py"
    words.write_text(words.read_text(encoding="utf-8") + "\n# touched\n", encoding="utf-8")
    done = changed.stage("publish")
    assert done.returncode != 0
    assert done.stderr.splitlines()[-1] == (
        "huitou: artifacts/watchlist: made by other code than stands here (watchlists/reasons/reasons.py "
        "is another); nothing was published; make it anew with `huitou run`"
    )
