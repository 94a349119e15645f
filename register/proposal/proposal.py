"""Look at a folder and propose how Huitou could read it; nothing is decided, nothing is written."""

import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from register.errors import HuitouError
from register.ids.county_ids import is_county_id
from register.proposal.amounts import is_consumption
from register.proposal.columns import Columns
from register.proposal.files import ProposedFile
from register.proposal.history import Holdings, holdings
from register.proposal.looking import UNREADABLE, Look, Remark, look
from register.proposal.mapping_text import mapping_text
from register.proposal.named import holds_register_tables, remarks_on_names
from register.proposal.records import COMMON, Context, proposed
from register.proposal.regions import lines_text, region_of
from register.proposal.settings import Setting, export_day, settings
from register.proposal.shipped import Fit, adapted, best_mapping, county_of, fits, remarks_on
from register.proposal.waves import Known, known_on, months_to_read, series_of, successors
from register.sources.folder import FolderSource, is_lines
from register.sources.mapped import MappedFiles, MappedSource


@dataclass(frozen=True)
class Proposal:
    """How a folder could be read.

    Attributes
    ----------
    looks : list of Look
        Its tables.
    remarks : list of Remark
        What must be mended, and what a person should know.
    mapping : str or None
        Name of a shipped mapping that reads it as it is.
    text : str or None
        A mapping of its own, as YAML.
    holdings : Holdings or None
        What it holds, read that way; None where it cannot be read yet.
    settings : list of Setting
    lines : str or None
        What ``lines.csv`` could say, where no line is known for its region.
    """

    looks: list[Look]
    remarks: list[Remark]
    mapping: str | None
    text: str | None
    holdings: Holdings | None
    settings: list[Setting]
    lines: str | None

    @property
    def must_mend(self) -> list[Remark]:
        """What must be mended first."""
        return [one for one in self.remarks if one.must_mend]


@dataclass(frozen=True)
class _Reading:
    """A way to read a folder: none of both where it bears the register's names."""

    mapping: str | None = None
    text: str | None = None
    months: int | None = None
    is_consumption: bool = False
    remarks: tuple[Remark, ...] = ()


def propose(folder: Path, today: date) -> Proposal:
    """Look at a folder and propose a mapping and settings.

    Parameters
    ----------
    folder : Path
        A delivery, a survey's files, whatever lies there.
    today : date
        Stands in for the day of export where nothing says it; it is to be confirmed.

    Returns
    -------
    Proposal

    Raises
    ------
    SourceError
        When there is no such folder.
    """
    files = MappedFiles(folder)  # refuses what is no folder
    looks, remarks = look(folder)
    reading = _reading(folder, looks)
    remarks += reading.remarks
    undated = "given: exported_on" in (reading.text or "") and "{exported_on}" not in (reading.text or "")
    region = region_of(looks) if reading.mapping or "given: region" in (reading.text or "") else None
    held = None
    if looks and not (reading.mapping is reading.text is None and any(one.must_mend for one in remarks)):
        by_source = {"region": region or "region", "exported_on": today.isoformat()}
        held = _held(folder, files, reading, by_source, remarks)
    proposal = Proposal(looks, remarks, reading.mapping, reading.text, held, [], None)
    if held is None:
        return proposal
    has_lines = any(is_lines(path) for path in folder.iterdir())
    lines = None if has_lines else lines_text(held, reading.months)
    own = [export_day(today)] if undated else []
    fitting = settings(held, region, reading.months, is_consumption=reading.is_consumption)
    return replace(proposal, settings=[*own, *fitting], lines=lines)


def _reading(folder: Path, looks: Sequence[Look]) -> _Reading:
    if holds_register_tables(looks):
        return _Reading(remarks=tuple(remarks_on_names(looks)))
    known = {(one.path, one.sheet): known_on(one, Columns(one)) for one in looks}
    shipped = best_mapping(looks) if looks else None
    fitting = (
        [fit for one in looks for fit in fits(one, shipped, known[one.path, one.sheet])] if shipped else []
    )
    rest = [one for one in looks if one not in [fit.look for fit in fitting]]
    context = _context(county_of(fitting) or folder.absolute().name, rest, known)
    made = list(_guessed(rest, known, context))
    if fitting:
        made = [kept for one in made if (kept := _without_common(one))]
    made = _one_series(made)
    remarks = (*_remarks_on_fits(fitting), *_remarks_on_rest(rest, made))
    if fitting and not made and all(fit.is_exact for fit in fitting):
        return _Reading(mapping=shipped, remarks=remarks)
    if not fitting and not made:
        return _Reading(remarks=(*remarks, _nothing_known(looks)))
    entries = [adapted(fit) for fit in _one_a_pattern(fitting)]
    text, months = mapping_text(made, entries), None if fitting else context.months
    return _Reading(text=text, months=months, is_consumption=is_consumption(made), remarks=remarks)


def _context(place: str, looks: Sequence[Look], known: Mapping[tuple[str, str | None], Known]) -> Context:
    months = 1
    for one in looks:
        columns = Columns(one)
        household = columns.key("household_id")
        if household and columns.numbers("amount"):
            months = max(months, months_to_read(columns, known[one.path, one.sheet], household.header))
    return Context(place if is_county_id(place) else "survey", months)


def _guessed(
    looks: Sequence[Look], known: Mapping[tuple[str, str | None], Known], context: Context
) -> Iterator[ProposedFile]:
    following = successors({path: one for (path, _), one in known.items()})
    for one in looks:
        made = proposed(one, known[one.path, one.sheet], following.get(one.path), context)
        if made:
            yield made


def _without_common(one: ProposedFile) -> ProposedFile | None:
    """Leave people, households and sums to the national exports that lie beside."""
    records = tuple(record for record in one.records if record.table not in COMMON)
    return replace(one, records=records) if records else None


def _one_series(made: Sequence[ProposedFile]) -> list[ProposedFile]:
    """Take households, persons and sums from one series of files each, so that nothing counts twice."""
    by_table: dict[str, Counter[str]] = defaultdict(Counter)
    waves = Counter(series_of(one.look.path) for one in made)
    for one in made:
        for record in one.records:
            by_table[record.table][series_of(one.look.path)] += 1
    chosen: dict[str, str] = {}
    for table in ("income", "households", "members"):
        whole = [series for series, times in by_table[table].items() if times == waves[series]]
        ranked = sorted(whole or by_table[table], key=lambda series: (series != chosen.get("income"), series))
        if ranked:
            chosen[table] = ranked[0]
    chosen["villages"] = chosen.get("households", "")
    kept = []
    for one in made:
        series = series_of(one.look.path)
        records = tuple(record for record in one.records if chosen.get(record.table, series) == series)
        if records:
            kept.append(replace(one, records=records))
    return kept


def _one_a_pattern(fitting: Sequence[Fit]) -> list[Fit]:
    return list({(fit.place, fit.pattern): fit for fit in reversed(fitting)}.values())[::-1]


def _remarks_on_fits(fitting: Sequence[Fit]) -> Iterator[Remark]:
    chosen = {(fit.place, fit.pattern): fit for fit in _one_a_pattern(fitting)}
    for fit in fitting:
        model = chosen[fit.place, fit.pattern]
        if (fit.look.header, fit.renamed, fit.absent) != (model.look.header, model.renamed, model.absent):
            yield Remark(
                fit.look.path,
                f"表头与 {model.look.path} 不同；改成一样",
                f"its header differs from that of {model.look.path}; make them alike",
            )
    yield from dict.fromkeys(remark for fit in chosen.values() for remark in remarks_on(fit))


def _remarks_on_rest(looks: Sequence[Look], made: Sequence[ProposedFile]) -> Iterator[Remark]:
    read = {(one.look.path, one.look.sheet) for one in made}
    for one in looks:
        if (one.path, one.sheet) not in read:
            yield Remark(
                one.path,
                "没有认出可用的内容，不读；要用就在映射中写明",
                "nothing in it was recognised, not read; to use it, write it into the mapping",
                must_mend=False,
            )


def _nothing_known(looks: Sequence[Look]) -> Remark:
    return Remark(
        "*",
        f"{len(looks)} 个表里没有认出户编号、收入等列；写映射（docs/sources.md），或用 huitou template",
        f"in {len(looks)} tables no column of a household's number, of incomes and so on was recognised; "
        "write a mapping (docs/sources.md), or fill in the workbooks of huitou template",
    )


def _held(
    folder: Path, files: MappedFiles, reading: _Reading, by_source: Mapping[str, str], remarks: list[Remark]
) -> Holdings | None:
    """Read the folder as proposed, and count; what refuses it is a remark."""
    try:
        with tempfile.TemporaryDirectory() as aside:
            path = Path(aside) / "mapping.yaml"
            if reading.text:
                path.write_text(reading.text, encoding="utf-8")
            if not reading.text and not reading.mapping:
                return holdings(FolderSource(folder))
            return holdings(MappedSource(files, reading.mapping or str(path), by_source))
    except HuitouError as refusal:
        if not any(str(refusal).endswith(one.en.removeprefix(UNREADABLE)) for one in remarks):
            remarks.append(Remark("*", "照此还读不进来，原因如下", f"cannot be read this way yet: {refusal}"))
        return None
