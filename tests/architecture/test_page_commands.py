"""Every `huitou` line of a page is one that the command line takes: command, options, settings."""

import json
from itertools import pairwise
from typing import Any

import pytest
import typer
from typer.main import get_command

from pipelines.commands.command_line import application
from pipelines.commands.journeys import JOURNEYS
from pipelines.workspace.parameters.reference import completed
from tests.architecture.pages import PAGES, ROOT, blocks, inline, named, words_of

ALL = get_command(application)
#: Lines in which the shell puts a value that no test knows.
FILLED_IN = ("$SLURM", "$JOB")
#: Pages of what was, whose commands need not be today's.
PAST = ("CHANGELOG.md", "docs/adr/")
TODAYS = [page for page in PAGES if not named(page).startswith(PAST)]


def command_of(words: list[str]) -> tuple[Any, list[str]]:
    """Find the command that words lead to, and what is left of them."""
    command, left = ALL, list(words)
    while hasattr(command, "commands") and left and not left[0].startswith("-"):
        assert left[0] in command.commands, f"no command {left[0]}"
        command, left = command.commands[left[0]], left[1:]
    return command, left


def options_of(command: Any) -> set[str]:
    return {
        one for each in command.get_params(typer.Context(command)) for one in each.opts if one.startswith("-")
    }


def settings(words: list[str]) -> list[str]:
    """List what `--set` is followed by."""
    return [value for option, value in pairwise(words) if option == "--set"]


def unknown(setting: str) -> bool:
    """Tell whether there is no such parameter; a bare `name=value` stands for any."""
    name, equals, _ = setting.partition("=")
    return bool(equals) and name not in ("name", "名") and f"{name}=" not in completed(name)


def refused(command: str) -> str | None:
    """Say what of a line that is typed as it is the command line would not take."""
    found, left = command_of(words_of(command))
    if found is ALL or any(mark in command for mark in FILLED_IN):  # the shell, or typer, does the rest
        return None if {one for one in left if one.startswith("--")} <= options_of(found) else "option"
    try:
        found.make_context(found.name, list(left))
    except typer.Exit:
        return None  # it was asked for help
    except Exception as fault:  # noqa: BLE001 - whatever it is, it is told with the line
        return f"{type(fault).__name__}: {fault}"
    return next((one for one in settings(left) if unknown(one)), None)


@pytest.mark.parametrize("page", TODAYS, ids=named)
def test_every_line_to_type_is_taken(page):
    lines = blocks(page.read_text(encoding="utf-8"))
    assert {line: why for line in lines if (why := refused(line))} == {}


@pytest.mark.parametrize("page", TODAYS, ids=named)
def test_every_command_of_a_sentence_exists_with_its_options(page):
    for line in inline(page.read_text(encoding="utf-8")):
        command, left = command_of(words_of(line))
        options = {one.partition("=")[0].rstrip(",，。") for one in left if one.startswith("-")}
        assert options <= options_of(command), line
        assert [one for one in settings(left) if unknown(one)] == [], line


@pytest.mark.parametrize("language", JOURNEYS)
def test_every_command_of_the_journeys_is_taken(language):
    commands = [command for _, steps in JOURNEYS[language] for command, _ in steps]
    assert {line: why for line in commands if (why := refused(line))} == {}


def test_a_line_with_a_slip_is_refused():
    """So that the tests above can fail."""
    assert "No such option" in refused("huitou find LI --with-name")
    assert "Missing" in refused("huitou promote RUN --by LI")
    assert refused("huitou run --set watchlist.capacity.visit=3") == "watchlist.capacity.visit=3"
    with pytest.raises(AssertionError, match="no command findd"):
        refused("huitou findd LI")
    assert refused("huitou find LI --with-names") is None


def test_settings_named_in_the_figures_records_exist():
    """The commands of the runs that documents quote."""
    runs = json.loads((ROOT / "docs/figures.json").read_text(encoding="utf-8"))["runs"]
    assert {one["command"]: why for one in runs.values() if (why := refused(one["command"]))} == {}
