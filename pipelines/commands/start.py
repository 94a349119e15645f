"""`huitou start`: look at a folder, and say how to read it, what must be mended, and what to type next."""

import shlex
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipelines.commands.start_costs import costs
from pipelines.workspace.workspace import today
from register.atomic import atomic_path
from register.cells.width import padded
from register.errors import StoreError
from register.seasons import season_of, seasons_between
from register.sources.header import safe_names
from register.sources.lines import LINES
from register.sources.proposal.history import Holdings
from register.sources.proposal.looking import Look, Remark
from register.sources.proposal.proposal import Proposal, propose
from register.sources.proposal.settings import Setting
from register.tables import TABLES

MAPPING, SETTINGS, LINES_FILE = "mapping.yaml", "settings.yaml", f"{LINES}.csv"
PLACE_WIDTH = 44


def start(folder: Path, write: Path | None) -> None:
    """Look at a folder, say what there is, and propose how to read it.

    Parameters
    ----------
    folder : Path
        Whatever was delivered.
    write : Path, optional
        Folder for the proposed mapping, settings and lines; the delivery's own will do.

    Raises
    ------
    SourceError
        When there is no such folder.
    StoreError
        When one of the files to write is there: it may have been corrected by hand.
    """
    proposal = propose(folder, today())
    parts = [_lying(proposal.looks), _remarks(proposal), _holding(proposal.holdings), _proposed(proposal)]
    if write:
        parts.append(_write(write, folder, proposal))
    else:
        parts.append(_texts(folder, proposal))
    sys.stdout.write("\n".join([line for part in parts for line in (*part, "")] + _next(folder, write, proposal)) + "\n")


def _lying(looks: Sequence[Look]) -> list[str]:
    lines = [f"文件夹里的表 tables in the folder: {len(looks)}"]
    for one in looks:
        sheet = f" › {safe_names([one.sheet], [one.sheet], kind='sheet')[0]}" if one.sheet else ""
        header = f"，表头在第 {one.header} 行 header in row {one.header}" if one.header != 1 else ""
        notes = "".join(f"；{note}" for note in one.content.notes)
        size = f"{len(one.content.frame):>9,} 行 rows {len(one.columns):>4} 列 columns"
        lines.append(f"  {padded(one.path + sheet, PLACE_WIDTH)}{size}{header}{notes}")
    return lines


def _remarks(proposal: Proposal) -> Iterator[str]:
    if proposal.must_mend:
        yield f"须先改 to be mended first: {len(proposal.must_mend)}"
        yield from _listed(proposal.must_mend)
    others = [one for one in proposal.remarks if not one.must_mend]
    if others:
        yield f"请留意 please note: {len(others)}"
        yield from _listed(others)
    if not proposal.remarks:
        yield "没有发现结构问题。No structural fault."


def _listed(remarks: Sequence[Remark]) -> Iterator[str]:
    """Say each once, with the places that it holds for."""
    places: dict[tuple[str, str], list[str]] = {}
    for one in remarks:
        places.setdefault((one.zh, one.en), []).append(one.place)
    for (zh, en), where in places.items():
        more = f" (+{len(where) - 3})" if len(where) > 3 else ""
        yield f"  {'、'.join(where[:3])}{more}"
        yield f"      {zh}"
        yield f"      {en}"


def _holding(held: Holdings | None) -> Iterator[str]:
    if held is None:
        yield "改好以后再运行 huitou start。Mend it, then run huitou start again."
        return
    yield f"读进来的表 tables as read: {len(held.counties)} 县 counties, {held.homes['household_id'].n_unique():,} 户 households"
    for name, one in held.tables.items():
        days = f"{min(one.days)} – {max(one.days)}（{len(one.days)} 天 days）" if one.days else "没有日期 no days"
        yield f"  {padded(f'{TABLES[name].zh} {name}', 32)}{one.rows:>10,} 行 rows  {days}"
    yield ""
    yield from _history(held)
    absent = [name for name in TABLES if name not in held.tables and name != "lookbacks"]
    if absent:
        yield ""
        yield "没有的表，各看不到什么 tables that are not there, and what each leaves unseen:"
        yield from costs(absent)


def _history(held: Holdings) -> Iterator[str]:
    known = sorted({day for one in held.tables.values() for day in one.recorded})
    if not known:
        return
    first, last = season_of(known[0]), season_of(known[-1])
    n = len(seasons_between(first, last))
    yield f"历史 history: {first} – {last}，{n} 个季度 seasons，{len(known)} 个录入日期 days of record"
    observed = sorted({season_of(day) for day in held.incomes["day"].drop_nulls().unique()})
    if observed:
        yield f"  收入所在季度 seasons with incomes: {', '.join(observed[-12:])}"


def _proposed(proposal: Proposal) -> Iterator[str]:
    if proposal.mapping:
        yield f"列映射 mapping: 自带的 {proposal.mapping} 可直接用 the shipped {proposal.mapping} reads it as it is"
    elif proposal.text:
        n = proposal.text.count("# 请核对：")
        yield f"列映射 mapping: 另写一份，{n} 处请核对 one of its own, {n} lines to confirm"
    elif proposal.holdings:
        yield "列映射 mapping: 不需要，用的是登记表自己的名称 none needed: it bears the register's names"
    if proposal.settings:
        yield "建议的设置，请核对 settings proposed, please confirm:"
        for one in proposal.settings:
            yield f"  {padded(one.flag, PLACE_WIDTH)}{one.zh} / {one.en}"
    if proposal.lines:
        yield "收入线 line: 没有已知的线，须放 lines.csv no line is known for this region: lines.csv is needed"


def _texts(folder: Path, proposal: Proposal) -> Iterator[str]:
    for name, text in _files(folder, None, proposal).items():
        yield f"──── {name}"
        yield text.rstrip("\n")


def _write(write: Path, folder: Path, proposal: Proposal) -> Iterator[str]:
    files = {write / name: text for name, text in _files(folder, write, proposal).items()}
    for path in files:
        if path.exists() or path.is_symlink():
            raise StoreError(f"{path}: already there and perhaps corrected by hand; choose another folder for --write")
    write.mkdir(parents=True, exist_ok=True)
    for path, text in files.items():
        with atomic_path(path) as aside:
            aside.write_text(text, encoding="utf-8")
        yield f"写出 written: {path}"


def _files(folder: Path, write: Path | None, proposal: Proposal) -> dict[str, str]:
    if proposal.holdings is None and not proposal.text:
        return {}
    texts = {MAPPING: proposal.text, LINES_FILE: proposal.lines, SETTINGS: _fragment(folder, write, proposal)}
    return {name: text for name, text in texts.items() if text}


def _fragment(folder: Path, write: Path | None, proposal: Proposal) -> str:
    """Write the settings as a fragment of params.yaml and method.yaml."""
    sections: dict[str, list[str]] = {}
    for one in (*_where(folder, write, proposal), *proposal.settings):
        *nested, name = one.name.split(".")
        text = "null" if one.value is None else one.flag.partition("=")[2]
        value = f'"{text}"' if isinstance(one.value, str) and text[:1].isdigit() and one.name != "season" else text
        sections.setdefault(".".join(nested), []).append(f"{name}: {value}  # {one.zh} / {one.en}")
    lines = ["# 由 huitou start 提出，请核对；并入 params.yaml、method.yaml，或逐项用 --set",
             "# Proposed by huitou start, please confirm; put it into params.yaml and method.yaml, or give it as --set"]  # fmt: skip
    for section, entries in sections.items():
        depth = [part for part in section.split(".") if part]
        lines += [f"{'  ' * level}{part}:" for level, part in enumerate(depth)]
        lines += [f"{'  ' * len(depth)}{entry}" for entry in entries]
    return "\n".join(lines) + "\n"


def _where(folder: Path, write: Path | None, proposal: Proposal) -> list[Setting]:
    made = [
        Setting("source.kind", "folder", "文件夹", "a folder"),
        Setting("source.path", str(folder), "数据所在", "where the data are"),
    ]
    mapping = proposal.mapping or (str((write or folder) / MAPPING) if proposal.text else None)
    return [*made, *([Setting("source.mapping", mapping, "列映射", "the column mapping")] if mapping else [])]


def _next(folder: Path, write: Path | None, proposal: Proposal) -> list[str]:
    if proposal.holdings is None and not proposal.text:
        return []
    steps = ["下一步 next:"]
    if (proposal.text or proposal.lines) and not write:
        steps.append(f"  huitou start {_quoted(folder)} --write {_quoted(folder)}    # 写出以上文件，不覆盖 write these files; nothing is overwritten")
    if proposal.text:
        steps.append(f"  {(write or folder) / MAPPING}: 核对“请核对”的各行 confirm what says so")
    if proposal.lines:
        steps.append(f"  {folder / LINES_FILE}: 填正式的收入线 write your line, amount and source{_moved(folder, write)}")
    where = [one for one in _where(folder, write, proposal) if one.name != "source.path"]
    own = [one for one in (*where, *proposal.settings) if one.name.split(".")[0] in ("source", "ingest")]
    steps.append("  " + _command(["huitou", "check", str(folder)], own))
    steps.append("  " + _command(["huitou", "run"], [*_where(folder, write, proposal), *proposal.settings]))
    return steps


def _moved(folder: Path, write: Path | None) -> str:
    moved = write and write.absolute() != folder.absolute()
    return f"（由 {write} 移来 moved from {write}）" if moved else ""


def _command(words: Sequence[str], settings: Sequence[Setting]) -> str:
    flags = (word for one in settings for word in one.flag.split(" ", 1))
    return shlex.join([*words, *flags])


def _quoted(path: Path) -> str:
    return shlex.quote(str(path))
