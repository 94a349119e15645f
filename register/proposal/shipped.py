"""Fit a shipped mapping to delivered tables whose headers differ from it in width, signs or a word."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any

from ruamel.yaml import YAML

from register.proposal.looking import Look, Remark
from register.proposal.names import folded, nearest, shipped_mappings
from register.proposal.waves import Known
from register.sources.mapping_file import SHIPPED, load_mapping
from register.tables import TABLES

#: Share of a shipped entry's headers that must be there for a table to be taken for it.
ENOUGH = 0.5


@dataclass(frozen=True)
class Fit:
    """A delivered table that a shipped entry reads.

    Attributes
    ----------
    look : Look
    mapping, place : str, int
        Name of the shipped mapping, and which of its files.
    pattern : str
        Path by which the delivered file is found.
    renamed : mapping of str to str
        Shipped headers that are written otherwise here.
    absent : tuple of str
        Shipped headers that are not here.
    """

    look: Look
    mapping: str
    place: int
    pattern: str
    renamed: Mapping[str, str]
    absent: tuple[str, ...]

    @property
    def is_exact(self) -> bool:
        """Whether the shipped entry reads it as it is."""
        return not self.renamed and not self.absent and self.look.header == 1 and self.look.sheet is None


def best_mapping(looks: Sequence[Look]) -> str | None:
    """Name the shipped mapping that fits most tables; of equals the one of which fewer headers are absent."""
    scores = {name: [fit for one in looks for fit in _fits(one, name)] for name in shipped_mappings()}
    best = max(scores, key=lambda name: (len(scores[name]), -sum(len(fit.absent) for fit in scores[name])))
    return best if scores[best] else None


def fits(look: Look, mapping: str, known: Known) -> list[Fit]:
    """Give the entries of a shipped mapping that read a table.

    Parameters
    ----------
    look : Look
    mapping : str
        Name of a shipped mapping.
    known : Known
        Where the day of export stands in its path.
    """
    return [
        Fit(one.look, one.mapping, one.place, _pattern(one, known), one.renamed, one.absent)
        for one in _fits(look, mapping)
    ]


def county_of(fitting: Sequence[Fit]) -> str | None:
    """Give the county that most rows name; None where none does."""
    counties: Counter[str] = Counter()
    for fit in fitting:
        header = load_mapping(fit.mapping)[fit.place].county.column or ""
        column = fit.renamed.get(header, header)
        if column in fit.look.columns:
            counties.update(fit.look.content.frame[column].drop_nulls())
    return counties.most_common(1)[0][0] if counties else None


def remarks_on(fit: Fit) -> Iterator[Remark]:
    """Say what differs from the shipped entry, with the nearest name."""
    for shipped, delivered in fit.renamed.items():
        if folded(shipped) != folded(delivered):
            yield Remark(
                fit.look.path,
                f"没有“{shipped}”列，以最相近的“{delivered}”代之，请核对",
                f"no column {shipped}; the nearest, {delivered}, is proposed: please confirm",
                must_mend=False,
            )
    for shipped in fit.absent:
        yield Remark(
            fit.look.path,
            f"没有“{shipped}”列，映射中已去掉；有这项内容就补上该列，或在映射中改列名",
            f"no column {shipped}; it is left out of the mapping: add the column, or name another there",
            must_mend=False,
        )


def adapted(fit: Fit) -> str:
    """Write a shipped entry with the headers, the header row and the path that are delivered.

    Cells that read an absent header are left out, and records that lose a required column or
    all they tell.
    """
    yaml = YAML()
    yaml.width = 10_000  # broken lines would part a code from what it means
    yaml.indent(mapping=2, sequence=4, offset=2)
    entry = yaml.load(_source(fit.mapping, fit.place))
    entry["path"] = fit.pattern
    if fit.look.header != 1:
        entry.insert(
            1, "header", fit.look.header, comment="表头上方有标题行 / a title stands above the header"
        )
    if fit.look.sheet is not None:
        entry.insert(1, "sheet", fit.look.sheet)
    shared = entry.get("shared", {})
    _mend_cells(shared, fit)
    entry["records"] = [record for record in entry["records"] if _mended(record, {*shared}, fit)]
    entry["county"] = _mended_cell(entry["county"], fit) or entry["county"]
    text = StringIO()
    yaml.dump([entry], text)
    return text.getvalue().replace("\n  ", "\n").removeprefix("  ")


def _fits(look: Look, mapping: str) -> Iterator[Fit]:
    for place, one in enumerate(load_mapping(mapping)):
        renamed, absent = _compared(one.headers, look.columns)
        named = one.pieces(look.path) is not None
        share = 1 - len(absent) / max(1, len(one.headers))
        if share >= ENOUGH and (named or share > 0.9 or not _claimed(look, mapping)):
            yield Fit(look, mapping, place, one.pattern if named else "", renamed, tuple(absent))


def _claimed(look: Look, mapping: str) -> bool:
    """Say whether the name of the file is that of some entry."""
    return any(one.pieces(look.path) is not None for one in load_mapping(mapping))


def _compared(headers: Sequence[str], columns: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    by_fold = {folded(column): column for column in columns}
    equal = {header: by_fold[folded(header)] for header in headers if folded(header) in by_fold}
    free = [column for column in columns if column not in equal.values()]
    near: dict[str, str] = {}
    for header in headers:
        other = nearest(header, [one for one in free if one not in near.values()])
        if header not in equal and other:
            near[header] = other
    renamed = {header: column for header, column in {**equal, **near}.items() if header != column}
    return renamed, [header for header in headers if header not in equal and header not in near]


def _pattern(fit: Fit, known: Known) -> str:
    return fit.pattern or known.pattern


def _source(mapping: str, place: int) -> str:
    index = YAML(typ="safe").load(SHIPPED / f"{mapping}.yaml")["files"]
    return (SHIPPED / index[place]).read_text(encoding="utf-8")


def _mended(record: Any, shared: set[str], fit: Fit) -> bool:  # noqa: ANN401 - as YAML holds it
    """Mend a record in its place; say whether it still has every required column."""
    columns = record.get("columns", {})
    _mend_cells(columns, fit)
    required = {one.name for one in TABLES[record["table"]].columns if one.required} - shared - {*columns}
    for by, variants in record.get("one_for_each", {}).items():
        for code in list(variants):
            _mend_cells(variants[code], fit)
            if not variants[code] or not required <= {by, *variants[code]}:
                del variants[code]
        return bool(variants)
    return bool(columns) and not required


def _mend_cells(cells: Any, fit: Fit) -> None:  # noqa: ANN401
    for column in list(cells):
        mended = _mended_cell(cells[column], fit)
        if mended is None:
            del cells[column]
        else:
            cells[column] = mended


def _mended_cell(cell: Any, fit: Fit) -> Any:  # noqa: ANN401
    """Give a cell with the delivered headers; None where it reads an absent one."""
    if isinstance(cell, str):
        return None if cell in fit.absent else fit.renamed.get(cell, cell)
    for origin in ("from", "each"):
        if cell.get(origin) in fit.absent:
            return None
        if origin in cell:
            cell[origin] = fit.renamed.get(cell[origin], cell[origin])
    if any(header in fit.absent for header in cell.get("join", ())):
        return None
    for origin in ("add", "join"):
        if origin in cell:
            cell[origin] = [fit.renamed.get(one, one) for one in cell[origin] if one not in fit.absent]
    return None if cell.get("add") == [] else cell
