"""Check a release of Huitou 回头 without Huitou: `python verify_release.py FOLDER PUBLIC_KEY`.

FOLDER is a release (with its manifest.json); PUBLIC_KEY are the 64 hex digits that the office told
you by another way than with the release (`huitou releases` shows them). Needs Python and the package
``cryptography``; shares no code with what it checks. Exit code 0: whole. 1: not what was published.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def faults(folder: Path, public_key: str) -> list[str]:
    """List what is wrong with a release; nothing if it is what the holder of the key published."""
    raw = (folder / "manifest.json").read_bytes()
    try:
        manifest = json.loads(raw)
        seal = bytes.fromhex(manifest.pop("seal"))
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(seal, written(manifest))
        announced = {name: facts["sha256"] for name, facts in manifest["files"].items()}
    except (InvalidSignature, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ["manifest.json: not signed under this key, or changed"]
    if manifest.get("seal_kind") != "release" or raw != written({**manifest, "seal": seal.hex()}):
        return ["manifest.json: no release's, or written otherwise than it was signed"]
    if folder.resolve().name != f"{manifest['season']}-{hashlib.sha256(raw).hexdigest()[:12]}":
        return [f"{folder.resolve().name}: not the name this release was published under"]
    present = {one.relative_to(folder).as_posix(): one for one in folder.rglob("*") if is_entry(one)}
    strays = sorted(present.keys() - announced.keys() - {"manifest.json"})
    return [f"{name}: not in the manifest" for name in strays] + [
        f"{name}: missing or changed" for name in announced if digest(present.get(name)) != announced[name]
    ]


def written(value: dict[str, Any]) -> bytes:
    """Write a manifest as it was written when it was signed."""
    return (json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def is_entry(path: Path) -> bool:
    """Tell entries from the folders that hold them; a link is an entry wherever it leads."""
    return path.is_symlink() or not path.is_dir()


def digest(path: Path | None) -> str | None:
    """Hash a plain file; links, pipes and what is missing have no hash."""
    if path is None or path.is_symlink() or not path.is_file():
        return None
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> bool:
    """Say what is wrong, or that nothing is."""
    found = faults(Path(sys.argv[1]), sys.argv[2])
    print("\n".join(found) or "whole: every file is as the holder of this key published it")  # noqa: T201
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
