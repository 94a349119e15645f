import shutil

import pytest

from pipelines import print as printing
from register.atomic import write_text
from register.errors import SeasonError, StoreError
from tests.watchlists.handed_out import releases_in
from watchlists.publication import publish

PRINTER = next((path for name in printing.PRINTERS if (path := shutil.which(name))), None)


def released(folder):
    def write(building):
        write_text(building / "cards" / "T1.html", "<!doctype html><p>走访卡</p>")
        write_text(building / "boards" / "C1.html", "<!doctype html><p>督战板</p>")
        return {"cards/T1.html": 1, "boards/C1.html": 1}

    publish(releases_in(folder), "2025Q4", write, {})


def test_without_a_browser_the_reader_is_sent_to_one(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(StoreError) as refused:
        printing.chromium()
    assert str(refused.value) == (
        "print: no Chromium, Chrome or Edge found on the path; "
        "open the .html files of the release in any browser and print them there"
    )


@pytest.mark.skipif(PRINTER is None, reason="no Chromium on this machine")
def test_cards_and_boards_are_printed(office):
    released(office)
    printed = printing.print_release("2025Q4", office / "out")
    assert [path.relative_to(office / "out").as_posix() for path in printed] == [
        "boards/C1.pdf",
        "cards/T1.pdf",
    ]
    assert all(path.read_bytes().startswith(b"%PDF") for path in printed)


@pytest.mark.skipif(PRINTER is None, reason="no Chromium on this machine")
def test_a_season_that_was_never_released_is_refused(office):
    with pytest.raises(SeasonError) as refused:
        printing.print_release("2031Q1", office)
    assert str(refused.value) == (
        "releases/2031Q1: no such release; name a season, or one of [] (huitou releases)"
    )
