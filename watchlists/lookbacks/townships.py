"""Of which township a row or a workbook is, as the list has it, whatever the file is called."""

from collections import Counter
from collections.abc import Mapping

from watchlists.lookbacks.sheet import Filled
from watchlists.release.paths import place_title
from watchlists.release.store import Release

#: County and township; counties may share the ids of townships.
Place = tuple[str, str]
#: Of a workbook that names no household of its list.
NOWHERE: Place = ("", "")


def places_of(release: Release) -> Mapping[str, Place]:
    """Give the township of every listed household."""
    columns = release.list.select("household_id", "county_id", "township_id")
    return {household: (county, township or "") for household, county, township in columns.iter_rows()}


def titles_of(release: Release) -> dict[Place, str]:
    """Say what the townships of a list are called, by name and ids."""
    first = release.list.unique(["county_id", "township_id"], keep="first", maintain_order=True)
    rows = first.iter_rows(named=True)
    return {(row["county_id"], row["township_id"] or ""): place_title(row) for row in rows}


def township_of(filled: Filled, places: Mapping[str, Place]) -> Place:
    """Name the township that most rows of a workbook are of; of two equals the first to appear."""
    here = Counter(places[one] for one in filled.sheet.frame["household_id"] if one in places)
    return here.most_common(1)[0][0] if here else NOWHERE
