"""What stands in the pages for readers: headings, links, figures, and the commands they tell to type."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = sorted((ROOT / "docs").rglob("*.md"))
PAGES = [*sorted(ROOT.glob("*.md")), *DOCS, ROOT / "features/README.md", ROOT / "models/evaluation/README.md"]
FENCE = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^()\s]+(?:\([^()]*\))?)\)")
HEADING = re.compile(r"^(#+) +(.+)$", re.MULTILINE)


def named(path: Path) -> str:
    """Name a page from the root on."""
    return path.relative_to(ROOT).as_posix()


def prose(text: str) -> str:
    """Leave out what stands between fences."""
    return FENCE.sub("", text)


def links(text: str) -> list[str]:
    """List where the links of a page lead, those to the web left out."""
    bare = re.sub(r"`[^`\n]*`", lambda one: re.sub(r"[\[\]()]", "", one[0]), prose(text))
    return [one for one in LINK.findall(bare) if "://" not in one]


def levels(text: str) -> list[int]:
    """List the levels of a page's headings, in order."""
    return [len(marks) for marks, _ in HEADING.findall(prose(text))]


def anchors(text: str) -> set[str]:
    """Name the anchors of a page's headings as GitHub makes them."""
    bare = [re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", words) for _, words in HEADING.findall(prose(text))]
    return {re.sub(r"[^\w\- ]", "", words.strip().lower()).replace(" ", "-") for words in bare}


def figures(text: str) -> set[str]:
    """Name the numbers that a page tells, its links and commands left out."""
    words = re.sub(r"\]\([^)]*\)", "]", re.sub(r"<!--.*?-->", "", prose(text)))
    return set(
        re.findall(r"(?<![\w.])\d[\d,.]*\d|(?<![\w.])\d", re.sub(r"^\d+\. ", "", words, flags=re.MULTILINE))
    )


def blocks(text: str) -> list[str]:
    """List the `huitou` lines that stand apart, in a fence or indented: each is typed as it is."""
    lines = text.replace("\\\n", " ").splitlines()
    return [one for line in lines for one in _typed(line) if line.strip().startswith("huitou")]


def inline(text: str) -> list[str]:
    """List the `huitou` commands told of within a sentence; some are only named."""
    quoted = re.findall(r"`((?:[A-Z_]+=\w+ )*huitou [^`\n]+)`", prose(text))
    return [one for each in quoted for one in _typed(each)]


def _typed(line: str) -> Iterator[str]:
    """Part a line into its commands, without comments, assignments and what they are piped into."""
    for one in re.split(r"&&|(?<!\\)\||;", re.sub(r"\s#.*$", "", line)):
        command = re.sub(r"^(?:[A-Z_]+=\S+ )+", "", one.strip())
        if command.startswith("huitou "):
            yield command


def words_of(command: str) -> list[str]:
    """Part a command into what its program is called with; a bracket marks what may be left out."""
    return shlex.split(re.sub(r"[\[\]]", "", command))[1:]
