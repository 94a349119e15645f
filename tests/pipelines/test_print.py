import pytest

from pipelines import print as printing
from register.atomic import write_text
from register.errors import SeasonError, StoreError
from tests.watchlists.handed_out import releases_in
from watchlists.publication import publish


@pytest.fixture
def releases(tmp_path, monkeypatch):
    monkeypatch.setattr(printing, "load_params", dict)
    monkeypatch.setattr(printing, "releases_of", lambda _: releases_in(tmp_path))
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


def test_a_season_that_was_never_released_is_refused(tmp_path, releases):
    with pytest.raises(SeasonError, match="2031Q1: no such release; name a season, or one of"):
        printing.print_release("2031Q1", tmp_path)
