"""Load the mapping of a panel, and the settings that follow from its waves."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from register.errors import ParamsError
from register.seasons import season_of
from register.sources.mapping_yaml import read_yaml
from register.sources.panel.layout import PanelLayout, of_persons
from register.sources.panel.waves import Wave, longest_gap

#: Name of the mapping in the folder of the data, where the parameters name none.
MAPPING = "panel.yaml"
#: Stands in paths and names of columns for a name of the wave.
SIGN = "{wave}"


@dataclass(frozen=True)
class PanelMapping:
    """A mapping that was checked.

    Attributes
    ----------
    path : Path
    layout : PanelLayout
    waves : tuple of Wave
        In the order of time.
    """

    path: Path
    layout: PanelLayout
    waves: tuple[Wave, ...]

    def settings(self) -> dict[str, Any]:
        """Give the parameters that its waves and its resources decide, by dotted name."""
        first, last = self.waves[0].day, self.waves[-1].day
        made: dict[str, Any] = {
            "season": season_of(last),
            "features.first_season": season_of(first),
            "label.months": longest_gap(self.waves),
            "label.resources": self.layout.resources.kind,
            "evaluate.origins": max(1, len(self.waves) - 2),
        }
        return made | ({"watchlist.capacity.visits": self.layout.visits} if self.layout.visits else {})


def load_panel(folder: Path, mapping: str | None) -> PanelMapping:
    """Read and check a mapping.

    Parameters
    ----------
    folder : Path
        Of the data; `MAPPING` in it is read where `mapping` is None.
    mapping : str or None
        A YAML file.

    Raises
    ------
    ParamsError
        When it is missing, is no YAML, or says something a panel's mapping cannot say.
    """
    path = Path(mapping) if mapping else folder / MAPPING
    if not path.is_file():
        raise ParamsError(
            f"{path}: no such mapping; a panel needs one, source.mapping or {MAPPING} beside its data "
            "(docs/panel.md)"
        )
    layout = PanelLayout.of(read_yaml(path), f"{path}:")
    waves = layout.dated(str(path))
    _refuse_other_waves(path, layout)
    _refuse_half_a_line(path, layout)
    _refuse_unaged_persons(path, layout)
    return PanelMapping(path, layout, waves)


def _refuse_other_waves(path: Path, layout: PanelLayout) -> None:
    for place, names in layout.names_waves().items():
        strange = [name for name in names if name is not None and name not in layout.waves]
        if strange:
            raise ParamsError(
                f"{path}: {place}: found wave {strange[0]!r}, allowed are {list(layout.waves)} (waves); mend "
                "it"
            )
    for place, names in (("line.by_wave", layout.line.by_wave), ("price_index", layout.price_index)):
        lacking = [name for name in layout.waves if names is not None and name not in names]
        if lacking:
            raise ParamsError(f"{path}: {place}: wave {lacking[0]!r} is missing; write its value there")
    if len(layout.waves) == 1:
        return
    for number, file in enumerate(layout.files, 1):
        if not (file.wave or file.only or SIGN in repr(file)):
            raise ParamsError(
                f"{path}: files item {number}: nothing tells the wave of {file.path}; write {SIGN} in path "
                "or in column names, `wave: COLUMN`, or `only: WAVE`"
            )


def _refuse_half_a_line(path: Path, layout: PanelLayout) -> None:
    line = layout.line
    if layout.price_index and line.amount is not None and line.prices_of is None:
        raise ParamsError(
            f"{path}: line.prices_of is missing: price_index needs the wave in whose prices it is"
        )
    if line.prices_of and not layout.price_index:
        raise ParamsError(
            f"{path}: line.prices_of needs price_index, prices of each wave; remove it where amounts are in "
            "constant prices"
        )
    if layout.price_index and (line.by_wave or line.column):
        raise ParamsError(
            f"{path}: price_index is for a line of one wave; remove it, the line is of every wave"
        )


def _refuse_unaged_persons(path: Path, layout: PanelLayout) -> None:
    """Refuse tables of persons where nobody's age is told: who is who rests on it."""
    ages = {"age", "birth_year", "birth_date"}
    aged = any(not ages.isdisjoint(file.tables.get("members", {})) for file in layout.files)
    wanting = sorted(
        {table for file in layout.files for table in file.tables if table == "members" or of_persons(table)}
    )
    if wanting and not aged:
        raise ParamsError(
            f"{path}: {wanting} tell of persons and no file tells their age; write members.age, "
            "birth_year or birth_date, or leave persons out (size and head then stand for them)"
        )
