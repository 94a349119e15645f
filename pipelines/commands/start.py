"""`huitou start`: look at a folder, say how it could be read, and what to type next."""

import shlex
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipelines.commands.start_summary import summary
from pipelines.workspace.workspace import today
from register.atomic import atomic_path
from register.errors import StoreError
from register.proposal.proposal import Proposal, propose
from register.proposal.settings import Setting
from register.proposal.settings_text import settings_text
from register.sources.lines import LINES

MAPPING, SETTINGS, LINES_FILE = "mapping.yaml", "settings.yaml", f"{LINES}.csv"


def start(folder: Path, write: Path | None) -> None:
    """Look at a folder, say what there is, and propose how to read it.

    Parameters
    ----------
    folder : Path
        Whatever was delivered.
    write : Path, optional
        Folder for the proposed mapping, settings and lines; the delivery's own will do. Without
        it they are printed.

    Raises
    ------
    SourceError
        When there is no such folder.
    StoreError
        When one of the files to write is there: it may have been corrected by hand.
    """
    proposal = propose(folder, today())
    files = _files(folder, write or folder, proposal)
    if write:
        _refuse_existing(write, files)
    texts = _written(write, files) if write else _printed(files)
    lines = [*summary(proposal), *texts, *_next(folder, write, proposal)]
    sys.stdout.write("\n".join(lines) + "\n")


def _files(folder: Path, place: Path, proposal: Proposal) -> dict[str, str]:
    """Give the text of each file that is proposed."""
    if proposal.holdings is None and not proposal.text:
        return {}
    settings = settings_text([*_where(folder, place, proposal), *proposal.settings])
    texts = {MAPPING: proposal.text, LINES_FILE: proposal.lines, SETTINGS: settings}
    return {name: text for name, text in texts.items() if text}


def _refuse_existing(write: Path, files: dict[str, str]) -> None:
    for path in (write / name for name in files):
        if path.exists() or path.is_symlink():
            raise StoreError(
                f"{path}: already there and perhaps corrected by hand; choose another folder for --write"
            )


def _written(write: Path, files: dict[str, str]) -> Iterator[str]:
    write.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        with atomic_path(write / name) as aside:
            aside.write_text(text, encoding="utf-8")
        yield f"写出 written: {write / name}"
    yield ""


def _printed(files: dict[str, str]) -> Iterator[str]:
    for name, text in files.items():
        yield from (f"──── {name}", text)


def _where(folder: Path, place: Path, proposal: Proposal) -> list[Setting]:
    """Give the settings that say where the data and the mapping lie."""
    made = [
        Setting("source.kind", "folder", "文件夹", "a folder"),
        Setting("source.path", str(folder), "数据所在", "where the data are"),
    ]
    mapping = proposal.mapping or (str(place / MAPPING) if proposal.text else None)
    return [*made, *([Setting("source.mapping", mapping, "列映射", "column mapping")] if mapping else [])]


def _next(folder: Path, write: Path | None, proposal: Proposal) -> Iterator[str]:
    """Say what to do next: confirm, write the line, check, run."""
    if proposal.holdings is None and not proposal.text:
        return
    yield "下一步 next:"
    if (proposal.text or proposal.lines) and not write:
        yield "  写出以上文件，不覆盖已有的 write these files, overwriting none:"
        yield f"    {_command(['start', str(folder), '--write', str(folder)], [])}"
    place = write or folder
    if proposal.text:
        yield f"  核对“请核对”的各行 confirm the lines that ask for it: {place / MAPPING}"
    if proposal.lines:
        moved = place.absolute() != folder.absolute()
        yield f"  写正式的收入线和出处 write your line, and where it stands: {folder / LINES_FILE}" + (
            f"（由此移来 moved from here: {place / LINES_FILE}）" if moved else ""
        )
    settings = [*_where(folder, place, proposal), *proposal.settings]
    of_data = [one for one in settings if one.name.startswith(("source.", "ingest."))]
    yield "  先检查，再运行 check, then run:"
    yield f"    {_command(['check', str(folder)], [one for one in of_data if one.name != 'source.path'])}"
    yield f"    {_command(['run'], settings)}"


def _command(words: Sequence[str], settings: Sequence[Setting]) -> str:
    flags = (word for one in settings for word in ("--set", one.assignment))
    return shlex.join(["huitou", *words, *flags])
