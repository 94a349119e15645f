"""Pictures of what one township gets, drawn by the real programs."""

import pytest

from pipelines.pictures.drawing import draw
from register.errors import SourceError
from tests.pipelines.commands.named import NAME, invented_office
from tests.watchlists.handed_out import FOUND, filled, released

PNG = b"\x89PNG"


@pytest.mark.timeout(600)
def test_everything_officers_hold_is_drawn_without_names(office, huitou):
    invented_office(office)
    list_of = released(office, {"household_id": "H1", "village_id": "V1"}, {"household_id": "H2"})
    visit = {**FOUND, "visited_on": "2026-01-20"}
    assert huitou("lookback", filled(list_of, office / "back.xlsx", {2: visit})) == 0
    pictures = draw(office / "pictures", ["zh"])
    names = {path.name for path in pictures}
    assert names >= {
        "sheet-zh-a4-1.png",
        "sheet-zh-screen.png",
        "card-zh-a4-1.png",
        "card-zh-390.png",
        "progress-zh-a4-1.png",
        "progress-page-zh-390.png",
        "county-zh-a4-1.png",
        "meeting-zh-a4-1.png",
        "notice-zh-a4-1.png",
    }
    assert all(path.read_bytes().startswith(PNG) for path in pictures)
    assert {path.stat().st_mode & 0o777 for path in pictures} == {0o600}
    assert not [name for name in names if NAME in name]


def test_a_folder_in_use_is_refused(office):
    (office / "mine").mkdir()
    (office / "mine" / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(SourceError, match="holds files already"):
        draw(office / "mine")
