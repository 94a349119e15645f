"""Shards by the workers of a Dask cluster: functions on values, large ones by path, nothing else of it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.workspace.parameters.sections import ComputeParameters
from pipelines.workspace.shards.parcels import Task, Walk, on_the_way, packed, work
from pipelines.workspace.shards.parts import name_of
from pipelines.workspace.stage_code import CHECKOUT
from register.errors import ParamsError, StoreError

if TYPE_CHECKING:
    from distributed import Client

#: Times a shard is walked again when its worker failed it.
RETRIES = 2
#: Seconds to wait for a scheduler to answer, and for a first worker.
PATIENCE = 30


def by_cluster(
    task: Task,
    shards: Sequence[object],
    title: str,
    compute: ComputeParameters,
    shared: object,
) -> Walk:
    """Walk shards by whatever workers the scheduler has.

    Yields
    ------
    tuple of (int, result)
        Place of the shard in `shards`, and what its task gave; as they get done.

    Raises
    ------
    ParamsError
        When Dask is not installed.
    StoreError
        When no scheduler answers, it has no worker, a worker stands in another folder or checkout, or
        workers died at a shard.
    """
    with _client(compute.scheduler) as client, on_the_way() as folder:
        from distributed import KilledWorker, as_completed

        do = partial(work, task, shared=packed(shared, folder), folder=folder)
        sent = client.map(do, [packed(one, folder) for one in shards], pure=False, retries=RETRIES)
        places = {future.key: at for at, future in enumerate(sent)}
        try:
            for future in as_completed(sent, loop=client.loop):
                at = places[future.key]
                yield at, future.result().open()
        except KilledWorker:
            raise StoreError(
                f"{title}: workers of {compute.scheduler} died at county {name_of(shards[at])}; see whether "
                "memory ran out there (dask worker --memory-limit), then run again"
            ) from None
        finally:
            client.cancel(sent)


@contextmanager
def _client(address: str) -> "Iterator[Client]":
    """Ask a scheduler, and refuse one whose workers would walk something else."""
    try:
        from distributed import Client
    except ModuleNotFoundError:
        raise ParamsError(
            f"compute.scheduler: found {address}, which needs Dask; install it (pip install distributed, or "
            "the extra huitou[dask]) or set compute.scheduler=processes"
        ) from None
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, TimeoutError):
        raise StoreError(
            f"{address}: no Dask scheduler answers; start one (docs/scale.md), or set "
            "compute.scheduler=processes"
        ) from None
    with client:
        _refuse_strangers(client, address)
        yield client


def _refuse_strangers(client: "Client", address: str) -> None:
    """Paths mean the same to every worker only in this folder, and the work only with this code."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        raise StoreError(f"{address}: has no worker; start some in {Path.cwd()} (docs/scale.md)") from None
    for worker, place in client.run(_standing, on_error="ignore").items():  # of one that restarts just now
        if place != _standing():
            folder, code = place
            raise StoreError(
                f"{address}: worker {worker} stands in {folder} with the code of {code}; start it in "
                f"{Path.cwd()} with the code of {CHECKOUT} (docs/scale.md)"
            )


def _standing() -> tuple[str, str]:
    return str(Path.cwd()), str(CHECKOUT)
