"""What goes from one process to another: small things themselves, large ones by the path of a file."""

import os
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkstemp
from typing import Any

from pipelines.workspace.modes import OTHERS
from pipelines.workspace.stage import as_huitou_error
from pipelines.workspace.workspace import HERE

#: Any function of what is sent, to what comes of it.
Task = Callable[..., Any]
#: Places of shards and what came of them, as they get done.
Walk = Iterator[tuple[int, Any]]
#: Bytes up to which a parcel travels itself: what a scheduler holds in memory for every shard.
SMALL = 2**16


@dataclass(frozen=True)
class Parcel:
    """A value on its way: its bytes, or the path of the file that holds them."""

    content: bytes | Path

    def open(self) -> Any:  # noqa: ANN401 - whatever was packed
        """Give the value."""
        return pickle.loads(self.content if isinstance(self.content, bytes) else self.content.read_bytes())


def packed(value: object, folder: Path) -> Parcel:
    """Pack a value, a large one into a file of the folder."""
    content = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    if len(content) <= SMALL:
        return Parcel(content)
    descriptor, name = mkstemp(dir=folder)
    with open(descriptor, "wb") as target:  # noqa: PTH123 - a descriptor
        target.write(content)
    return Parcel(Path(name))


#: What all shards of a walk have in common is opened once by every process.
opened_once = lru_cache(maxsize=1)(Parcel.open)


@contextmanager
def on_the_way() -> Iterator[Path]:
    """Keep large parcels in a folder of this workspace for the time of the block, for its owner alone."""
    HERE.artifacts.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".shards-", dir=HERE.artifacts.resolve()) as folder:
        yield Path(folder)


def work(task: Task, shard: Parcel, shared: Parcel, folder: Path) -> Parcel:
    """Do a task in the process it was sent to, and pack what comes of it.

    Raises
    ------
    HuitouError
        Whatever failed, in its one line: where it failed would not be known any more elsewhere.
    """
    os.umask(OTHERS)  # of a worker that somebody else may have started
    try:
        return packed(task(shard.open(), opened_once(shared)), folder)
    except Exception as error:  # noqa: BLE001 - the border of a process
        raise as_huitou_error(error) from None
