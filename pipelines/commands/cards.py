"""`huitou cards`: visit cards of a release, with names only on request."""

from pathlib import Path

from pipelines.commands.hand_out import Handout, Township, hand_out
from register.intake.building import CARDS
from watchlists.pages.cards import write_cards
from watchlists.release.paths import card_path


def write_card_pages(folder: Path, handout: Handout) -> str:
    """Write a page of cards a township into a new folder (`pipelines.commands.hand_out.hand_out`)."""
    return hand_out(folder, CARDS, handout, _write)


def _write(building: Path, one: Township) -> Path:
    target = building / Path(card_path(one.county, one.township)).relative_to("cards")
    write_cards(
        target,
        one.rows,
        one.season,
        one.mark,
        one.wording,
        one.line,
        one.language,
        simulated=one.is_simulated,
    )
    return target
