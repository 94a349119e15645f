"""Printable cards: a page a township, a card a household."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from register.atomic import write_text
from register.contract import Column
from register.lookback_store import WITHDRAWN
from register.tables.lookbacks import LOOKBACKS
from watchlists.label_wording import ORDER, LabelWording
from watchlists.language import Language, choices, in_language
from watchlists.pages.pages import page
from watchlists.release.paths import place_title

#: What a visit may find and begin: chosen among the words of the sheet, which a card is entered into.
CHOSEN = {
    "results": "result",
    "found_causes": "causes_found",
    "begun": "measures_begun",
    "contacts": "contact",
}
#: What only a named copy says.
UNNAMED = dict.fromkeys(("head", "address", "phone"), "")


def write_cards(
    target: Path,
    rows: Sequence[Mapping[str, Any]],
    season: str,
    mark: str,
    wording: LabelWording,
    line: tuple[str, str],
    language: Language,
    *,
    simulated: bool,
) -> None:
    """Write a township's cards, those of a village one after the other, by address and visiting order.

    Parameters
    ----------
    target : Path
        The .html file.
    rows : sequence of mapping
        Its listed households, at least one, from `watchlists.reasons.household_view`; a named copy has
        ``head``, ``phone`` and ``address`` too.
    season : str
        Season of the list.
    mark : str
        Which list it is of (`watchlists.lookbacks.sheet.mark`).
    wording : LabelWording
        What the outcome is called.
    line : (str, str)
        The line used (`watchlists.line_words.line_used`).
    language : str
        That of `rows`.
    simulated : bool
        Whether the page must say that its data are simulated.
    """
    households = sorted(
        ({**UNNAMED, **row} for row in rows), key=lambda row: (row["village_id"], row["address"], row["rank"])
    )
    place = {name: rows[0][name] for name in ("county_id", "township_id", "as_of_date")}
    values = {
        **place,
        **{name: _boxes(LOOKBACKS.by_name[column], language) for name, column in CHOSEN.items()},
        "place": place_title(rows[0]),
        "season": season,
        "mark": mark,
        "households": households,
        "told": wording,
        "order_words": ORDER,
        "line": line,
        "language": language,
        "say": lambda zh, en: in_language((zh, en), language),
        "simulated": simulated,
    }
    write_text(target, page("cards.html", values))


def _boxes(column: Column, language: Language) -> list[str]:
    """Give the words a visit chooses from; nobody withdraws on the card of a visit."""
    words = zip(column.codes, choices(column, language), strict=True)
    return [word for code, word in words if code != WITHDRAWN]
