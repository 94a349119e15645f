"""Find one and you have found the other: what `models/x/y.py` does is tested in `tests/models/x/test_y.py`.

Those that lack their file are named in `without_test_file.txt`, which may only lose lines.
They are tested through others, so their fault is not called by their name.
"""

from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("register", "simulator", "features", "models", "watchlists", "pipelines", "studies", "benchmarks")
LIST = Path(__file__).with_name("without_test_file.txt")
#: What only declares is held by laws and stories over every declaration, also the next one.
DECLARATIONS = {
    "= Table(": "tests/contracts/test_contract_laws.py",
    "@check(": "tests/register/consistency/test_stories.py",
    " = parameter(": "tests/pipelines/workspace/parameters/test_reference.py",
}


def modules():
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if path.stem not in ("__init__", "__main__"):
                yield path.relative_to(ROOT)


def file_that_tests(module):
    return Path("tests") / module.with_name(f"test_{module.name}")


def only_declares(module):
    text = (ROOT / module).read_text(encoding="utf-8")
    return any(mark in text for mark in DECLARATIONS)


def lacking():
    return {
        module.as_posix()
        for module in modules()
        if not (ROOT / file_that_tests(module)).is_file() and not only_declares(module)
    }


def listed():
    return LIST.read_text(encoding="utf-8").splitlines()


def test_every_code_file_has_its_test_file_but_those_that_are_listed():
    missing = [file_that_tests(Path(module)).as_posix() for module in sorted(lacking() - {*listed()})]
    assert missing == [], "write these, or put the code where it is tested already"


def test_the_list_only_loses_lines():
    assert sorted({*listed()} - lacking()) == [], f"tested by now, or gone: strike them out of {LIST.name}"
    assert listed() == sorted({*listed()})


def test_the_laws_over_declarations_stand():
    assert [path for path in DECLARATIONS.values() if not (ROOT / path).is_file()] == []
