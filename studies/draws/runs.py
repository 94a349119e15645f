"""One workspace a key: the finished run's register under it, trained and judged by the stages."""

from pathlib import Path

import yaml

from pipelines.workspace.parameters import Parameters
from pipelines.workspace.parameters.files import write
from pipelines.workspace.stage_code import code_of, digest
from pipelines.workspace.workspace import Workspace
from register.atomic import write_text
from register.store import Register
from studies.draws.rekeyed import rekey
from studies.oracle_gap.runs import run_stages

STAGES = ("train", "evaluate")


def tried(made: Workspace, folder: Path, number: int, params: Parameters) -> Workspace:
    """Train and judge under the key of a number, which is the same on every machine.

    Parameters
    ----------
    made : Workspace
        The finished run.
    folder : Path
        Of the workspace; one that was tried with the same register, parameters and code stays as it is.
    number : int
        Which key.
    params : Parameters
        Those of the finished run.

    Returns
    -------
    Workspace
    """
    other, done = Workspace(folder), folder / "done.yaml"
    text = _made_from(made, params)
    if not (done.is_file() and done.read_text(encoding="utf-8") == text):
        done.unlink(missing_ok=True)
        rekey(made, other, f"draw {number}".encode())
        write(_apart(params, folder), folder)
        for name in (params.watchlist.capacity.table, made.lock_file.name):
            write_text(folder / name, (made.folder / name).read_text(encoding="utf-8"))
        run_stages(folder, STAGES)
        write_text(done, text)
    return other


def _apart(params: Parameters, folder: Path) -> Parameters:
    """Keep the seals of the study under a key of their own."""
    privacy = params.privacy.model_copy(update={"key_file": str(folder.resolve() / "keys/pseudonym.key")})
    return params.model_copy(update={"privacy": privacy})


def _made_from(made: Workspace, params: Parameters) -> str:
    """Say what a trial depends on."""
    inputs = {
        "register": Register(made.register).digest,
        "code": {stage: digest(code_of(stage)) for stage in ("features", *STAGES)},
        "parameters": params.written(),
    }
    return yaml.safe_dump(inputs, allow_unicode=True, sort_keys=True)
