"""Printable cards: a page a township, a card a household."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from register.atomic import write_text
from watchlists.label_wording import ORDER, LabelWording
from watchlists.pages.pages import page
from watchlists.release.paths import place_name

#: Headings of the table of causes, by what its bars stand for.
KINDS_OF_BARS = {
    "counted": ("计入排序的方面", "what the order counts"),
    "fresh": ("近一年的变化", "what changed in the last year"),
    "standing": ("长期处境", "long-standing situation"),
}


def write_cards(
    target: Path,
    rows: Sequence[Mapping[str, Any]],
    season: str,
    wording: LabelWording,
    line: tuple[str, str],
    *,
    simulated: bool,
) -> None:
    """Write a township's cards.

    Parameters
    ----------
    target : Path
        The .html file.
    rows : sequence of mapping
        Its listed households in visiting order, at least one, from `watchlists.reasons.household_view`.
    season : str
        Season of the list.
    wording : LabelWording
        What the outcome is called.
    line : (str, str)
        The line used (`watchlists.line_words.line_used`).
    simulated : bool
        Whether the page must say that its data are simulated.
    """
    place = {name: rows[0][name] for name in ("county_id", "township_id", "as_of_date")}
    values = {
        **place,
        "place": place_name(place["county_id"], place["township_id"]),
        "season": season,
        "households": rows,
        "kinds": KINDS_OF_BARS,
        "told": wording,
        "order_words": ORDER,
        "line": line,
        "simulated": simulated,
    }
    write_text(target, page("cards.html", values))
