"""Every source named in code, YAML and pages can be looked up in docs."""

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
#: What a citation is called by, and the page it means.
PAGES = {
    "DOMAIN": "domain.md",
    "DESIGN": "design.md",
    "EVALUATION": "evaluation_protocol.md",
    "RELIABILITY": "reliability.md",
}
NAMES = "|".join(PAGES)
NOT_READ = (".lock", ".csv", ".png")
CERTAINTY = {"official", "copy", "press", "study", "summary", "noted"}

NUMBER = r"\d+(?:\.\d+)?(?![\d-])"
#: "DOMAIN 1.3, 3.2 and 7.1"; a comment or docstring may break the line after the name.
SECTIONS = re.compile(
    rf"\b({NAMES})[ \n#:]+?(?:sections? |§ ?)?({NUMBER}(?:(?:, | and | to ){NUMBER})*)([^\n]*)", re.ASCII
)
#: "DOMAIN 1.5: stable income [S33]; 1.6: unstable wage [S43]".
FURTHER = re.compile(rf"(?:;|\] and) ({NUMBER})(?=[:,]| \()")
ROWS = re.compile(r"\bRELIABILITY[ \n#:]+?(M\d+|P\d+|case \d+)")
IDS = re.compile(r"(?<![\w)])\[([SC]\d+|[MD])\]")
NAMED = re.compile(r"〔\d{4}〕\d+号|\bGB(?:/T)? \d[\d.]*\d(?:-\d{4})?")
DECISIONS = re.compile(r"\bADR[ \n#]+?(\d+)")
#: A work item says who asked, not why it is so; a page's name in capitals is no page of the project.
REFUSED = re.compile(rf"\bissues?[ \n]#?\d+(?: item \d+)?|\b(?:{NAMES}|STYLE|STACK)\.md\b", re.IGNORECASE)


def cited(text):
    """Give every citation of a text, in the form in which `known` holds it."""
    for page, numbers, tail in SECTIONS.findall(text):
        yield from (f"{page} {number}" for number in re.findall(NUMBER, numbers))
        yield from (f"{page} {number}" for number in FURTHER.findall(re.split(f"{NAMES}|EPH", tail)[0]))
    yield from (f"RELIABILITY {row}" for row in ROWS.findall(text))
    yield from (f"[{mark}]" for mark in IDS.findall(text))
    yield from NAMED.findall(text)
    yield from (f"ADR {int(number)}" for number in DECISIONS.findall(text))
    yield from (match for match in REFUSED.findall(text) if not match.islower() or "issue" in match)


def page(name):
    return (DOCS / name).read_text(encoding="utf-8")


def rows_of(text, first):
    """Give the cells of the table rows whose first cell looks like `first`."""
    rows = [line.strip("| \n").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return [row for row in rows if re.fullmatch(first, row[0].strip())]


def bibliography():
    text = page("bibliography.md").replace("| |", "|  |").replace("| |", "|  |")
    return rows_of(text, r"[SC]\d+")


@cache
def known():
    """Give everything that can be cited."""
    found = {f"ADR {int(path.name[:4])}" for path in DOCS.glob("adr/0*.md")}
    for name, file in PAGES.items():
        found |= {f"{name} {number}" for number in re.findall(rf"^##+ ({NUMBER})", page(file), re.MULTILINE)}
    rows = rows_of(page(PAGES["RELIABILITY"]), r"M\d+|P\d+|\d+")
    found |= {f"RELIABILITY {'case ' if row[0].isdigit() else ''}{row[0]}" for row in rows}
    found |= {f"[{row[0]}]" for row in [*bibliography(), *rows_of(page("bibliography.md"), "[MD]")]}
    return found | set(NAMED.findall(page("bibliography.md")))


def resolves(citation):
    """Say whether a citation can be looked up; a standard may be named without its year."""
    whole = citation in known()
    return whole or (citation.startswith("GB") and any(one.startswith(f"{citation}-") for one in known()))


@cache
def citations():
    """Give file and citation for every tracked text but this one."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name and ".dvc/" not in name]
    texts = [one for one in paths if one.suffix not in NOT_READ and one.is_file() and one != Path(__file__)]
    return [
        (path.relative_to(ROOT).as_posix(), citation)
        for path in texts
        for citation in cited(path.read_text(encoding="utf-8"))
    ]


def test_every_citation_can_be_looked_up():
    assert len(citations()) > 900
    assert sorted({one for one in citations() if not resolves(one[1])}) == []


def test_every_row_of_the_bibliography_tells_what_was_taken_and_how_certain_it_is():
    rows = bibliography()
    assert len(rows) > 60
    assert [row[0] for row in rows if len(row) != 7 or not row[5] or row[6] not in CERTAINTY] == []
    assert len({row[0] for row in rows}) == len(rows)


def test_no_row_of_the_bibliography_is_there_for_nothing():
    used = {citation for path, citation in citations() if path != "docs/bibliography.md"}
    assert [row[0] for row in bibliography() if f"[{row[0]}]" not in used] == []


@pytest.mark.parametrize(
    ("text", "caught"),
    [
        ('source="DOMAIN 9.9 [C1]"', "DOMAIN 9.9"),
        ("as in DOMAIN 1.3, 9.8 and 9.9", "DOMAIN 9.9"),
        ("DOMAIN 1.5: stable [S33]; 9.9: unstable wage [S43]", "DOMAIN 9.9"),
        ("# to be read with DESIGN\n# section 99", "DESIGN 99"),
        ("EVALUATION 9; project", "EVALUATION 9"),
        ("RELIABILITY case 99", "RELIABILITY case 99"),
        ("killed in a run (RELIABILITY M99).", "RELIABILITY M99"),
        ("DOMAIN 6.2 [S40][S999]", "[S999]"),
        ("a form of one province [C99]", "[C99]"),
        ("某发〔2020〕99号", "〔2020〕99号"),
        ("GB/T 99999-2020", "GB/T 99999-2020"),
        ("the line calibrates, ADR 99", "ADR 99"),
        ("slope: [0.9, 1.1]  # slope; issue 5", "issue 5"),
        ('source="Issue 3 item 6, histories"', "Issue 3 item 6"),
        ("see DOMAIN.md 1.1", "DOMAIN.md"),
    ],
)
def test_a_planted_citation_of_nothing_is_caught(text, caught):
    assert [one for one in cited(text) if not resolves(one)][-1:] == [caught]


@pytest.mark.parametrize(
    "text",
    [
        'np.array(days, dtype="datetime64[D]")',
        'office()[C1]["income"]',
        "from pipelines.workspace import EVALUATION, MODEL",
        "docs/domain.md and docs/design.md",
        "github.com/tafia/calamine/issues/530",
        "the house stands as DESIGN drew it",
    ],
)
def test_what_only_looks_like_a_citation_is_let_be(text):
    assert list(cited(text)) == []
