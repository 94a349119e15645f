"""What every stage is made of: its import closure, written into dvc.yaml by ``make stages``."""

import re
from collections.abc import Iterator
from pathlib import Path

import grimp
import yaml

ROOT = Path(__file__).parents[2]
PACKAGES = ("register", "simulator", "features", "models", "watchlists", "pipelines")
#: What is imported by a name put together at run time.
BY_NAME = {"features.declaration": "features", "models.evaluation.declaration": "models.evaluation.metrics"}
#: The door of the parameters. What comes through it is known to DVC by its value (``params``), and what
#: a room makes of its section is code of that room; the door itself decides neither.
DOOR = "pipelines.workspace.parameters"
#: Before a stage's code in dvc.yaml.
MARK = "      # code: written by `make stages`"


def graph() -> grimp.ImportGraph:
    """Give the imports of the product; those for types alone leave no trace at run time."""
    return grimp.build_graph(*PACKAGES, exclude_type_checking_imports=True, cache_dir=None)


def closure(imports: grimp.ImportGraph, module: str) -> set[str]:
    """Name all modules that run where `module` does: what it imports, and the packages around that."""
    reached: set[str] = set()
    waiting = [module]
    while waiting:
        name = waiting.pop()
        if name in reached or name not in imports.modules or name.startswith(DOOR):
            continue
        reached.add(name)
        waiting += [*imports.find_modules_directly_imported_by(name), name.rpartition(".")[0]]
        waiting += imports.find_children(BY_NAME[name]) if name in BY_NAME else []
    return reached


def code_of(imports: grimp.ImportGraph, stage: str) -> list[str]:
    """List the files a stage is made of, a folder where it takes the whole of it."""
    modules = closure(imports, f"pipelines.stages.{stage}")
    files = {path for module in modules for path in files_of(module)}
    return sorted(folded(files))


def files_of(module: str) -> Iterator[str]:
    """Name a module's file; a package's tables and templates come with it."""
    path = ROOT / module.replace(".", "/")
    if not path.is_dir():
        yield f"{path.relative_to(ROOT).as_posix()}.py"
        return
    yield (path / "__init__.py").relative_to(ROOT).as_posix()
    yield from (one.relative_to(ROOT).as_posix() for one in data_of(path))


def data_of(package: Path) -> Iterator[Path]:
    """Name what a package holds besides code: tables and templates, in folders that are no packages."""
    for path in package.iterdir():
        if path.is_dir() and path.name != "__pycache__" and not (path / "__init__.py").exists():
            yield from data_of(path)
        elif path.is_file() and path.suffix not in (".py", ".pyc") and path.name != "README.md":
            yield path


def folded(files: set[str]) -> Iterator[str]:
    """Name a folder for its files where all of them are there."""
    for folder in sorted({parent for file in files for parent in Path(file).parents if parent.name}):
        held = {file for file in files if folder in Path(file).parents}
        if held and held == set(files_in(ROOT / folder)):
            yield folder.as_posix()
            files -= held
    yield from files


def files_in(folder: Path) -> Iterator[str]:
    """Name all files of a package's folder that a stage may depend on, at any depth."""
    packages = [path.parent for path in folder.rglob("__init__.py")]
    for package in packages:
        yield from (path.relative_to(ROOT).as_posix() for path in package.glob("*.py"))
        yield from (path.relative_to(ROOT).as_posix() for path in data_of(package))


def written(text: str) -> str:
    """Write the code of every stage anew into the text of dvc.yaml."""
    imports = graph()
    for stage in yaml.safe_load(text)["stages"]:
        lines = "".join(f"      - {path}\n" for path in code_of(imports, stage))
        block = re.compile(
            rf"(^  {stage}:\n(?:    .*\n)*?{re.escape(MARK)}\n)(?:      - .*\n)*", re.MULTILINE
        )
        text, times = block.subn(lambda found, lines=lines: found[1] + lines, text)
        if times != 1:
            raise ValueError(f"dvc.yaml: stage {stage} lacks the line {MARK!r} at the end of its deps")
    return text


def main() -> None:
    """Write dvc.yaml."""
    path = ROOT / "dvc.yaml"
    path.write_text(written(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
