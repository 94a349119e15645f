"""Open a model that others sent in a process of its own first: what kills that one kills no run."""

import json
import resource
import subprocess
import sys
from pathlib import Path

from models.risk.storage import MODEL, verified
from register.errors import StoreError

#: A model of a prefecture is read in a second and half a GiB, LightGBM's own loading with it.
SECONDS, BYTES = 60, 4 * 1024**3


def refuse_deadly(folder: Path) -> None:
    """Refuse a model whose text LightGBM does not survive, hangs on or wants all memory for.

    Parameters
    ----------
    folder : Path
        A model as `models.risk.storage.save_model` writes it. Its hashes say that it is as its
        sender wrote it, and nothing of who that was.

    Raises
    ------
    StoreError
    """
    for name in json.loads(verified(folder, MODEL).read_bytes())["members"]:
        _tried(verified(folder, name))


def _tried(text: Path) -> None:
    """Read a text in another process, under limits of time and memory."""
    command = [sys.executable, "-m", "models.risk.trial", str(text)]
    try:
        ended = subprocess.run(command, capture_output=True, timeout=2 * SECONDS, check=False).returncode
    except subprocess.TimeoutExpired:
        ended = None
    if ended:
        how = f"ended with {ended}" if ended > 0 else f"was stopped by signal {-ended}"
    elif ended is None:
        how = f"did not end in {2 * SECONDS} seconds"
    else:
        return
    raise StoreError(
        f"{text}: no model that can be read, a process that tried {how}; ask its place to send it again"
    )


def main(text: Path) -> None:
    """Read a text, limited, and leave."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import lightgbm as lgb  # here: whoever asks for a trial need not load it

    lgb.Booster(model_str=text.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
