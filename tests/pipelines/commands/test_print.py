import pytest

from pipelines.commands import print as printing
from register.atomic import write_text
from register.errors import SeasonError, StoreError
from tests.watchlists.handed_out import releases_in
from watchlists.release.publication import publish


@pytest.fixture
def releases(tmp_path, monkeypatch):
    monkeypatch.setattr(printing, "load_params", dict)
    monkeypatch.setattr(printing, "releases_of", lambda *_: releases_in(tmp_path))
    return releases_in(tmp_path)


def test_without_a_browser_the_reader_is_sent_to_one(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(StoreError) as refused:
        printing.chromium()
    assert str(refused.value) == (
        "print: no Chromium, Chrome or Edge found on the path; "
        "open the .html files of the release in any browser and print them there"
    )


def test_cards_and_boards_are_printed(tmp_path, releases):
    def write(building):
        write_text(building / "cards" / "C1" / "T1.html", "<!doctype html><p>走访卡</p>")
        write_text(building / "boards" / "C1.html", "<!doctype html><p>督战板</p>")
        return {"cards/C1/T1.html": 1, "boards/C1.html": 1}

    publish(releases, "2025Q4", write, {})
    printed = printing.print_release("2025Q4", tmp_path / "out")
    assert [path.relative_to(tmp_path / "out").as_posix() for path in printed] == [
        "boards/C1.pdf",
        "cards/C1/T1.pdf",
    ]
    assert all(path.read_bytes().startswith(b"%PDF") for path in printed)


@pytest.fixture
def printer(tmp_path, monkeypatch):
    """Stand in for a browser: do what a line of shell says to the file it was to print."""

    def doing(line):
        place = tmp_path / "bin"
        place.mkdir()
        target = 'for one in "$@"; do case $one in --print-to-pdf=*) f=${one#*=};; esac; done'
        (place / "chromium").write_text(f"#!/bin/sh\n{target}\n{line}\n")
        (place / "chromium").chmod(0o755)
        monkeypatch.setenv("PATH", f"{place}:/usr/bin:/bin")

    return doing


def two_counties(building):
    paths = [f"cards/{county}/T01.html" for county in ("530901", "530902")]
    for path in paths:
        write_text(building / path, "<!doctype html>")
    return dict.fromkeys(paths, 1)


def test_the_cards_of_every_county_are_printed_each_in_its_folder(tmp_path, releases, printer):
    printer('echo %PDF > "$f"')
    publish(releases, "2025Q4", two_counties, {})
    printed = printing.print_release("2025Q4", tmp_path / "out")
    assert printed == [tmp_path / "out" / "cards" / county / "T01.pdf" for county in ("530901", "530902")]
    assert all(path.is_file() for path in printed)


@pytest.mark.parametrize("line", ["true", 'echo %PDF > "$f"; exit 1', "exec sleep 9"])
def test_a_printer_that_prints_nothing_fails_or_hangs_is_told(tmp_path, releases, printer, monkeypatch, line):
    monkeypatch.setattr(printing, "SECONDS", 0.5)
    printer(line)
    publish(releases, "2025Q4", two_counties, {})
    with pytest.raises(StoreError, match="chromium printed nothing; open the page in a browser instead"):
        printing.print_release("2025Q4", tmp_path / "out")


def test_a_season_that_was_never_released_is_refused(tmp_path, releases, printer):
    printer("true")
    with pytest.raises(SeasonError, match="2031Q1: no such release; name a season, or one of"):
        printing.print_release("2031Q1", tmp_path)
