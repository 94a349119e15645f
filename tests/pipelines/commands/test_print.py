import polars as pl
import pytest

from pipelines.commands import print as printing
from pipelines.commands.places import Places
from register.atomic import write_parquet, write_text
from register.errors import SeasonError, StoreError
from tests.watchlists.handed_out import releases_in
from watchlists.release.publication import publish
from watchlists.release.store import LISTED


@pytest.fixture
def releases(tmp_path, monkeypatch):
    monkeypatch.setattr(printing, "load_params", dict)
    monkeypatch.setattr(printing, "releases_of", lambda *_: releases_in(tmp_path))
    monkeypatch.setattr(
        printing, "keep_event", lambda *_, **facts: (tmp_path / "noted").write_text(f"{facts}")
    )
    return releases_in(tmp_path)


def test_without_a_browser_the_reader_is_sent_to_one(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(StoreError) as refused:
        printing.chromium()
    assert str(refused.value) == (
        "print: no Chromium, Chrome or Edge found on the path; "
        "open the .html files of the release in any browser and print them there"
    )


def pages(*places):
    """Write cards and boards of places, and a list that has one household of each."""

    def write(building):
        written = {f"cards/{county}/{township}.html" for county, township in places}
        written |= {f"boards/{county}.html" for county, _ in places}
        for path in written:
            write_text(building / path, "<!doctype html><p>走访</p>")
        listed = pl.DataFrame(places, schema=["county_id", "township_id"], orient="row")
        write_parquet(building / LISTED, listed)
        return {**dict.fromkeys(written, 1), LISTED: len(listed)}

    return write


def test_cards_and_boards_are_printed_for_their_owner_alone(tmp_path, releases):
    publish(releases, "2025Q4", pages(("C1", "T1")), {})
    printed = printing.print_release("2025Q4", tmp_path / "out", Places())
    assert [path.relative_to(tmp_path / "out").as_posix() for path in printed] == [
        "cards/C1/T1.pdf",
        "boards/C1.pdf",
    ]
    assert all(path.read_bytes().startswith(b"%PDF") for path in printed)
    assert {path.stat().st_mode & 0o777 for path in printed} == {0o600}
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o700


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


def test_the_browser_is_to_look_no_name_up(tmp_path, releases, printer):
    """It asked its maker's servers for updates with every card; nothing is sent anywhere."""
    publish(releases, "2025Q4", pages(("C1", "T1")), {})
    printer(f'printf "%s\\n" "$@" >> {tmp_path}/asked; echo %PDF > "$f"')
    printing.print_release("2025Q4", tmp_path / "out", Places())
    asked = (tmp_path / "asked").read_text().splitlines()
    assert asked.count("--host-resolver-rules=MAP * ~NOTFOUND") == 2


TWO_COUNTIES = pages(("530901", "T01"), ("530902", "T01"))


def test_the_cards_of_every_county_are_printed_each_in_its_folder(tmp_path, releases, printer):
    printer('echo %PDF > "$f"')
    publish(releases, "2025Q4", TWO_COUNTIES, {})
    printed = printing.print_release("2025Q4", tmp_path / "out", Places())
    cards = [tmp_path / "out" / "cards" / county / "T01.pdf" for county in ("530901", "530902")]
    assert printed[:2] == cards
    assert all(path.is_file() for path in printed)


def test_of_one_county_nothing_of_another_is_printed(tmp_path, releases, printer):
    printer('echo %PDF > "$f"')
    publish(releases, "2025Q4", TWO_COUNTIES, {})
    printed = printing.print_release("2025Q4", tmp_path / "out", Places("530902"))
    assert "'county': '530902'" in (tmp_path / "noted").read_text()
    assert {path.relative_to(tmp_path / "out").as_posix() for path in printed} == {
        "cards/530902/T01.pdf",
        "boards/530902.pdf",
    }


@pytest.mark.parametrize("line", ["true", 'echo %PDF > "$f"; exit 1', "exec sleep 9"])
def test_a_printer_that_prints_nothing_fails_or_hangs_is_told(tmp_path, releases, printer, monkeypatch, line):
    monkeypatch.setattr(printing, "SECONDS", 0.5)
    printer(line)
    publish(releases, "2025Q4", TWO_COUNTIES, {})
    with pytest.raises(StoreError, match="chromium printed nothing; open the page in a browser instead"):
        printing.print_release("2025Q4", tmp_path / "out", Places())


def test_what_cannot_be_noted_is_not_printed(tmp_path, releases, printer, monkeypatch):
    def damaged(*_, **__):
        raise StoreError("damaged")

    printer('echo %PDF > "$f"')
    publish(releases, "2025Q4", TWO_COUNTIES, {})
    monkeypatch.setattr(printing, "keep_event", damaged)
    with pytest.raises(StoreError, match="damaged"):
        printing.print_release("2025Q4", tmp_path / "out", Places())
    assert not (tmp_path / "out").exists()


def test_a_season_that_was_never_released_is_refused(tmp_path, releases, printer):
    printer("true")
    with pytest.raises(SeasonError, match="2031Q1: no such release; name a season, or one of"):
        printing.print_release("2031Q1", tmp_path, Places())
