"""Whatever is handed out goes into a new folder for its owner alone."""

import pytest

from tests.pipelines.commands.named import NAME, invented_office
from tests.pipelines.commands.test_workbooks import _text
from tests.watchlists.handed_out import released


@pytest.fixture
def named(office):
    invented_office(office)
    return released(office, "H1", "H2")


@pytest.mark.parametrize("place", ["releases", "releases/2025Q4/x", "full"])
def test_nothing_is_written_into_the_releases_or_over_other_files(named, office, huitou, capsys, place):
    (office / "full").mkdir()
    (office / "full" / "letter.txt").touch()
    assert huitou("workbooks", "--with-names", place) == 3
    said = {
        "full": "full: holds files already; name a new folder",
        "releases": "releases: lies inside the releases, which never change; choose another folder",
    }
    expected = said.get(place, said["releases"].replace("releases:", f"{place}:", 1))
    assert capsys.readouterr().err.splitlines()[-1] == f"huitou: {expected}"


def test_without_the_key_nobody_is_named(named, office, huitou, capsys):
    (office / "keys/vault.key").unlink()
    assert huitou("workbooks", "--with-names", "out") == 6
    assert "found no key, the vault was sealed under key" in capsys.readouterr().err
    assert not (office / "out").exists()
    assert NAME not in str([_text(path) for path in office.rglob("*.xlsx")])
