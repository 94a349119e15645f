"""What a process and all its children held: the most of one, and of all together at a look."""

from pathlib import Path
from threading import Event, Thread
from types import TracebackType
from typing import Self

#: Between two looks, seconds.
LOOK = 0.25
KIB_PER_GIB = 2**20


class MemoryWatch:
    """Watch a process tree while the block runs; `most` is in GiB.

    It is the most that one process ever held or, if that is more, all of them together at a look,
    pages that they share counted once. Where the system does not tell (no /proc) it stays 0. What
    the system says of a child when it has ended is of no use: it begins at what its parent held.

    Parameters
    ----------
    root : int
        The process whose children, and theirs, are counted with it.
    """

    def __init__(self, root: int) -> None:
        self.root, self.most = root, 0.0
        self._over = Event()
        self._thread = Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        """Begin to watch."""
        self._thread.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        """Stop; `most` stands."""
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(LOOK):
            members = family(self.root)
            self.most = max(self.most, sum(map(held, members)), *map(most_held, members))


def family(root: int) -> set[int]:
    """Name a process and all that descend from it."""
    parents = dict(filter(None, map(_parent, Path("/proc").glob("[0-9]*"))))
    members = {root}
    while more := {one for one, parent in parents.items() if parent in members} - members:
        members |= more
    return members


def held(process: int) -> float:
    """Give a process's own share of memory in GiB; 0 when it has ended."""
    return _gib(process, "smaps_rollup", "Pss:")


def most_held(process: int) -> float:
    """Give the most a process has ever held in GiB, shared pages included; 0 when it has ended."""
    return _gib(process, "status", "VmHWM:")


def _gib(process: int, file: str, name: str) -> float:
    try:
        lines = Path(f"/proc/{process}/{file}").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith(name)) / KIB_PER_GIB


def _parent(folder: Path) -> tuple[int, int] | None:
    try:  # the name between brackets may hold anything
        after_name = (folder / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2]
    except OSError:
        return None
    return int(folder.name), int(after_name.split()[1])
