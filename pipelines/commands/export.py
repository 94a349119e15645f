"""`huitou export`: all that is held of a household or a person, for them to read and to object to."""

import json
from pathlib import Path
from typing import Any

from pipelines.commands.hand_out import for_owner_alone, refuse_place
from pipelines.commands.holdings import holdings, is_empty
from pipelines.workspace.events import keep_event
from pipelines.workspace.lock import one_at_a_time
from pipelines.workspace.parameters import load_params
from pipelines.workspace.subjects import subject_of
from pipelines.workspace.traces import Subject
from pipelines.workspace.workspace import HERE, today
from register.atomic import write_text
from register.errors import SourceError
from watchlists.pages.holdings_page import holdings_page

DATA, PAGE = "held.json", "所存信息 what is held.html"


def export(wanted: str, folder: Path | None = None) -> str:
    """Write all that is held of a household or a person.

    Parameters
    ----------
    wanted : str
        Id of the list, or own number of the household or person, as it was delivered.
    folder : Path, optional
        A new folder for `DATA` and `PAGE`, for its owner alone: they name people. Without
        it, what is held where is counted, and nothing is written.

    Returns
    -------
    str
        How much is held where, and where it was written.

    Raises
    ------
    SourceError
        When nothing is held of them, or the folder is in use or inside the releases.
    StoreError
        When a store is damaged or a key is not at hand.
    """
    params = load_params()
    if folder:
        refuse_place(folder)
    with one_at_a_time("export"):
        subject = subject_of(HERE, wanted, params)
        held = holdings(subject, params)
        if is_empty(held):
            raise SourceError(
                f"{HERE.folder.absolute()}: nothing is held of anybody with this id or own number; "
                "write it as in the list or the export, whole and with its zeros"
            )
        keep_event(HERE, params, "export", household=subject.person or subject.household)
        if folder:
            _write(folder, _document(subject, held))
    return "".join(f"{line}\n" for line in (*_counted(held), *([str(folder.absolute())] if folder else ())))


def _document(subject: Subject, held: dict[str, Any]) -> dict[str, Any]:
    whose = {"household": subject.household, "person": subject.person, "county": subject.county}
    return {**whose, "made_on": today(), "held": held}


def _write(folder: Path, document: dict[str, Any]) -> None:
    with for_owner_alone():
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        text = json.dumps(document, ensure_ascii=False, indent=2, default=str, allow_nan=False)
        write_text(folder / DATA, f"{text}\n")
        write_text(folder / PAGE, holdings_page(document))


def _counted(held: dict[str, Any]) -> list[str]:
    """Count by place, without anything that is held."""
    rows = [(name, len(of_table)) for name, of_table in held["tables"].items()]
    others = [(name, len(part)) for name, part in held.items() if name not in ("tables", "files") and part]
    return [
        f"{number:>6}  {name}" for name, number in (*rows, *others, *((name, 1) for name in held["files"]))
    ]
