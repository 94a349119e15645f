"""The manual holds together: every page in the index once, links that lead somewhere, twins that agree."""

import re
from collections import Counter
from urllib.parse import unquote

import pytest

from tests.architecture.pages import (
    DOCS,
    PAGES,
    ROOT,
    anchors,
    blocks,
    figures,
    inline,
    levels,
    links,
    named,
    words_of,
)

INDEXES = [ROOT / "docs/README.md", ROOT / "docs/README.zh.md"]
DECISIONS = ROOT / "docs/adr/README.md"
TWINS = [page for page in PAGES if page.name.endswith(".zh.md")]
#: Chinese pages that are shorter than their English ones by intent, and say so.
SHORTER = {"docs/explanations.zh.md", "docs/ledger.zh.md", "docs/monthly.zh.md", "docs/panel.zh.md"}
WHOLE = [page for page in TWINS if named(page) not in SHORTER and page not in INDEXES]
#: One screen: lines of a README that are no picture, and words of a list's line.
SCREEN = 45


def english_of(page):
    return page.with_name(page.name.replace(".zh.md", ".md"))


def targets(page):
    """List the files that a page's links lead to, with their anchors."""
    for link in links(page.read_text(encoding="utf-8")):
        path, _, anchor = unquote(link).partition("#")
        yield ((page.parent / path).resolve() if path else page), anchor


@pytest.mark.parametrize("index", INDEXES, ids=named)
def test_every_page_stands_in_the_index_once(index):
    """The Chinese one leads to the Chinese twin where there is one."""
    chinese = index.name.endswith(".zh.md")
    twins = {english_of(page): page for page in TWINS}
    wanted = {
        twins.get(page, page) if chinese else page
        for page in DOCS
        if page not in INDEXES and page not in TWINS and (page.parent.name != "adr" or page == DECISIONS)
    }
    listed = Counter(path for path, _ in targets(index) if path not in INDEXES)
    assert set(listed) == wanted
    assert {named(path): times for path, times in listed.items() if times > 1} == {}


def test_every_decision_stands_in_their_index_once():
    listed = Counter(path for path, _ in targets(DECISIONS))
    assert listed == Counter(page for page in DOCS if page.parent.name == "adr" and page != DECISIONS)


def test_both_indexes_follow_one_order():
    english, chinese = ([path for path, _ in targets(index) if path not in INDEXES] for index in INDEXES)
    assert [english_of(path) for path in chinese] == english


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_leads_somewhere(page):
    lost = [
        f"{path.name}#{anchor}"
        for path, anchor in targets(page)
        if not path.exists()
        or (anchor and path.suffix == ".md" and anchor not in anchors(path.read_text(encoding="utf-8")))
    ]
    assert lost == []


def test_every_how_to_page_has_its_twin():
    pages = [page for page in DOCS if page.parent.name == "howto" and page not in TWINS]
    assert len(pages) > 15
    assert [named(page) for page in pages if not page.with_name(f"{page.stem}.zh.md").exists()] == []


@pytest.mark.parametrize("page", TWINS, ids=named)
def test_a_chinese_page_has_an_english_one(page):
    assert english_of(page).exists()


@pytest.mark.parametrize("page", WHOLE, ids=named)
def test_twins_have_the_same_headings_commands_and_figures(page):
    chinese, english = (one.read_text(encoding="utf-8") for one in (page, english_of(page)))
    assert levels(chinese) == levels(english)
    assert shapes(chinese) == shapes(english)
    assert steps(chinese) == steps(english)
    assert figures(chinese) ^ figures(english) == set()


@pytest.mark.parametrize("page", [ROOT / "README.md", ROOT / "README.zh.md"], ids=named)
def test_the_readme_is_one_screen_of_short_lists(page):
    lines = page.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= SCREEN
    assert [line for line in lines if line.startswith("- ") and len(words(line)) > 40] == []


def words(line):
    """Part a line into words; two Chinese signs count as one."""
    bare = re.sub(r"\]\([^)]*\)|`[^`]*`", "", line)
    return re.findall(r"[\u4e00-\u9fff]{1,2}|[A-Za-z]+", bare)


def shapes(text):
    """Count the commands of a page by their words and options, whatever stands for a value."""
    return Counter(tuple(shape(words_of(one))) for one in [*blocks(text), *inline(text)])


def shape(parts):
    """Keep commands, options and settings; FOLDER and 文件夹 are values."""
    fixed = [one for one in parts if re.fullmatch(r"[a-z-]+|--?[a-z-]+|[a-z_.]+=[\w.]+", one)]
    return [re.sub(r"=[^\x00-\x7f]+$|=FOLDER$", "=", one) for one in fixed]


def steps(text):
    """List the numbers of the steps."""
    return re.findall(r"^(\d+)\. ", text, re.MULTILINE)


def test_a_twin_that_fell_behind_is_refused():
    """So that the tests above can fail."""
    assert figures("12 months, 1.7 GB") == {"12", "1.7"}
    assert levels("# A\n```\n# no heading\n```\n## B") == [1, 2]
    assert shapes("```\nhuitou find LI --with-names\n```") != shapes("```\nhuitou find 李\n```")
    assert shapes("`huitou cards FOLDER`") == shapes("`huitou cards 文件夹`")
    assert anchors("## The keys 密钥") == {"the-keys-密钥"}
    assert links("[a](b.md) `[c](d.md)` [e](https://f)") == ["b.md"]
