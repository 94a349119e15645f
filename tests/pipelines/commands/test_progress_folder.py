"""What `huitou progress FOLDER` writes: for its owner alone, and whose names stand in it."""

import pytest

from pipelines.commands.progress_folder import NO_BOARD
from tests.pipelines.commands.named import NAME, PHONE, invented_office
from tests.pipelines.workspace.test_ledger import responsible
from tests.watchlists.handed_out import opened, released

WHO = "张三丰"


@pytest.fixture
def half_visited(office):
    """Two households of one village, the one a duty that is late by 2099."""
    invented_office(office)
    duty = {"household_id": "H1", "listed_by": "rule", "village_id": "V1"}
    return released(office, duty, {"household_id": "H2", "village_id": "V1"})


def test_the_folder_holds_a_page_and_a_workbook_a_county_for_its_owner_alone(
    half_visited, office, huitou, capsys
):
    responsible(office, f"V1,,,{WHO}")
    assert huitou("progress", "out") == 0
    said = capsys.readouterr()
    assert f"{office / 'out'}: 1 县 counties\n{NO_BOARD}\n" in said.out
    made = {path.relative_to(office / "out").as_posix(): path for path in (office / "out").rglob("*")}
    assert set(made) == {"C1.html", "C1.xlsx"}
    assert {path.stat().st_mode & 0o777 for path in made.values()} == {0o600}
    assert (office / "out").stat().st_mode & 0o777 == 0o700
    assert WHO in made["C1.html"].read_text(encoding="utf-8")
    assert WHO not in said.out + said.err


def test_only_a_named_folder_says_who_lives_there(half_visited, office, huitou):
    assert huitou("progress", "plain", "--as-of", "2099-01-01") == 0
    assert huitou("progress", "named", "--as-of", "2099-01-01", "--with-names") == 0
    named, plain = (_texts(office / folder) for folder in ("named", "plain"))
    assert NAME in named
    assert PHONE in named
    assert NAME not in plain
    assert PHONE not in plain


def _texts(folder):
    cells = [row for sheet in opened(folder / "C1.xlsx") for row in sheet.values]
    return f"{(folder / 'C1.html').read_text(encoding='utf-8')}{cells}"


def test_nobody_of_the_responsible_is_in_a_release(half_visited, office, huitou):
    responsible(office, f"V1,,,{WHO}")
    assert huitou("progress", "out") == 0
    held = [path for path in (office / "releases").rglob("*") if path.is_file()]
    assert not [path for path in held if WHO.encode() in path.read_bytes()]


def test_of_a_township_the_page_says_so_and_no_board_is_spoken_of(half_visited, office, huitou, capsys):
    assert huitou("progress", "out", "--township", "T1") == 0
    assert NO_BOARD not in capsys.readouterr().out
    assert "走访进度 · C1 T1 · 2025Q4" in (office / "out/C1.html").read_text(encoding="utf-8")
