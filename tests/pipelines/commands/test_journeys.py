"""`huitou` alone: whoever types it sees where to begin, in one screen of their language."""

import subprocess
import sys
from pathlib import Path

import pytest
from wcwidth import wcswidth

from pipelines.commands.journeys import JOURNEYS, journeys

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("language", JOURNEYS)
def test_they_stand_in_one_screen(language):
    lines = journeys(language).splitlines()
    assert len(lines) <= 36
    assert max(map(wcswidth, lines)) <= 80


def test_both_languages_have_the_same_commands():
    english, chinese = (
        [[command.split()[1] for command, _ in steps] for _, steps in JOURNEYS[language]]
        for language in ("en", "zh")
    )
    assert english == chinese
    assert len(english) == 3


@pytest.mark.parametrize("language", JOURNEYS)
def test_huitou_alone_shows_them_in_the_readers_language(language):
    done = subprocess.run(
        [sys.executable, "-c", "from pipelines.commands.command_line import main; main()"],
        cwd=ROOT,
        env={"HUITOU_LANG": language, "PATH": "", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == journeys(language)
