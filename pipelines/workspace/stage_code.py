"""The code a stage is made of, and the code that made what lies in its folder."""

import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256 as hashed
from pathlib import Path
from typing import Any

from register.atomic import sha256, write_json
from register.errors import StoreError

#: The checkout this code runs from; DVC runs stages nowhere else.
CHECKOUT = Path(__file__).parents[2]
#: What made a stage's folder, beside what it made.
RECORD = "code.json"


def stages() -> dict[str, Any]:
    """Read the stages of dvc.yaml."""
    import yaml  # here, so that a command's help need not wait for it

    described: dict[str, Any] = yaml.safe_load((CHECKOUT / "dvc.yaml").read_text(encoding="utf-8"))
    return described["stages"]


def is_code(dependency: str) -> bool:
    """Tell whether a dependency of a stage lies in a package; data lie elsewhere."""
    return (CHECKOUT / dependency.split("/")[0] / "__init__.py").is_file()


def code_of(stage: str) -> dict[str, str]:
    """Hash every file of a stage's import closure, which dvc.yaml lists (``make stages``).

    Returns
    -------
    dict of str to str
        Path in the checkout to sha256, sorted.
    """
    return _hashed(stages()[stage]["deps"])


def digest(code: Mapping[str, str]) -> str:
    """Name all files of `code` by one hash.

    Examples
    --------
    >>> digest({"models/places.py": "ab12"})[:12]
    '87d1880af182'
    """
    return hashed(json.dumps(code, sort_keys=True).encode()).hexdigest()


def record_code(code: Mapping[str, str], folder: Path) -> None:
    """Note in a stage's folder what code made it."""
    write_json(folder / RECORD, code)


def recorded_digests(made: Mapping[str, Path]) -> dict[str, str]:
    """Name the code that made each stage's folder, which must be the code that stands here.

    Parameters
    ----------
    made : mapping of str to Path
        Stage to its folder.

    Returns
    -------
    dict of str to str
        Stage to the hash of its code.

    Raises
    ------
    StoreError
        When a folder was made by other code, or nobody knows by which.
    """
    described = stages()
    return {stage: _digest(_hashed(described[stage]["deps"]), folder) for stage, folder in made.items()}


def _digest(code: Mapping[str, str], folder: Path) -> str:
    path = folder / RECORD
    made_by = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    if made_by != code:
        other = next(name for name in sorted({*code, *made_by}) if code.get(name) != made_by.get(name))
        raise StoreError(
            f"{folder}: made by other code than stands here ({other} is another); "
            "nothing was published; make it anew with `huitou run`"
        )
    return digest(code)


def _hashed(dependencies: Iterable[str]) -> dict[str, str]:
    files = sorted(path for one in dependencies if is_code(one) for path in _files(CHECKOUT / one))
    return {path.relative_to(CHECKOUT).as_posix(): sha256(path) for path in files}


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for one in path.rglob("*"):
        if one.is_file() and "__pycache__" not in one.parts and one.name != "README.md":
            yield one
