"""Every figure of a run that a document quotes is the kept one, so that no two contradict each other."""

import json
import re
from pathlib import Path

import pytest

from studies.figures import __main__ as command
from studies.figures.markers import addresses, filled
from studies.figures.quotes import quotes
from tests.studies.figures.finished import finished

ROOT = Path(__file__).parents[3]
DOCUMENTS = [*sorted(ROOT.glob("README*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
KEPT = json.loads((ROOT / "docs/figures.json").read_text(encoding="utf-8"))
#: Pages that tell of no run of the product, or of one that they name themselves: what must stand in them.
OF_THEIR_OWN = {
    "docs/bibliography.md": r"\[S90\]|S90",
    "docs/data_eph.md": r"`python -m studies\.eph\.left_over FOLDER`",
    "docs/domain.md": r"\[S90\]",
    "docs/draws.md": r"Written by `python -m studies\.draws .*` on 20\d\d-\d\d-\d\d, season \w+, commit ",
    "docs/ending_help.md": r"Written by `python -m studies\.ending_help` on 20\d\d-\d\d-\d\d",
    "docs/evaluation_eph.md": r"Written by `make figures` from the run of 20\d\d-\d\d-\d\d, commit ",
    "docs/evaluation_protocol.md": r"Reference on TEST: .*`studies/eph/eph_reference\.yaml`",
    "docs/fairness.md": r"Written by `python -m studies\.fairness` on 20\d\d-\d\d-\d\d",
    "docs/fairness_seeds.md": r"Written by `python -m studies\.fairness --seeds .*` on 20\d\d-\d\d-\d\d",
    "docs/oracle_gap.md": r"Written by `python -m studies\.oracle_gap .*` on 20\d\d-\d\d-\d\d",
    "docs/parameters.md": r"made from the models by `make docs`",
    "docs/protocol.md": r"Written by `huitou protocol` from the last run",
    "docs/protocol_eph.md": r"Written by `huitou protocol` from the last run",
    "docs/simulator.md": r"what `huitou calibration` prints",
}


def named(path):
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_marked_figures_are_the_kept_ones(path):
    text = path.read_text(encoding="utf-8")
    assert filled(text, KEPT["figures"]) == text, f"{named(path)} is stale: run make figures"


def test_every_kept_figure_is_quoted_and_every_run_names_day_code_and_command():
    quoted = {one for path in DOCUMENTS for one in addresses(path.read_text(encoding="utf-8"))}
    assert quoted == set(KEPT["figures"])
    assert {one.partition("/")[0] for one in quoted} == set(KEPT["runs"]) == {"simulator", "eph"}
    for run in KEPT["runs"].values():
        assert re.fullmatch(r"20\d\d-\d\d-\d\d [0-9a-f]{40}", f"{run['day']} {run['commit']}")
        assert run["command"].startswith("huitou run")


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_no_figure_of_a_run_is_quoted_by_hand(path):
    """An ADR is history, if it says of which day."""
    text, own = path.read_text(encoding="utf-8"), OF_THEIR_OWN.get(named(path))
    if own is None and "docs/adr/" in named(path):
        own = r"\b20\d\d-\d\d-\d\d\b"
    by_hand = list(quotes(text))
    if own is not None:
        assert not by_hand or re.search(own, text), f"{named(path)}: does not say of which run it is"
    else:
        assert by_hand == [], f"{named(path)}: mark these (CONTRIBUTING.md) or name their own run"


def test_the_page_of_the_survey_and_what_quotes_it_are_of_one_run():
    page = (ROOT / "docs/evaluation_eph.md").read_text(encoding="utf-8")
    (run_named,) = re.findall(r"from the run of (20\S+, commit \w{8});", page)
    assert run_named == KEPT["figures"]["eph/run"]["text"]


def test_a_run_fills_every_document_and_leaves_figures_of_other_runs_alone(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    finished(tmp_path / "run")
    (tmp_path / "docs").mkdir()
    other = {"runs": {"eph": {"day": "x"}}, "figures": {"eph/run": {"text": "then"}}}
    command.KEPT.write_text(json.dumps(other), encoding="utf-8")
    page = tmp_path / "README.md"
    figures = ("simulator/board/pooled/all/risk_model/auc 3", "eph/run text")
    page.write_text(" ".join(f"<!--fig {one}-->?<!--/fig-->" for one in figures), encoding="utf-8")
    command.fill([tmp_path / "run"], command.documents())
    assert ">0.800<" in page.read_text(encoding="utf-8")
    assert ">then<" in page.read_text(encoding="utf-8")
    kept = json.loads(command.KEPT.read_text(encoding="utf-8"))
    assert set(kept["runs"]) == {"eph", "simulator"}
    assert kept["figures"]["eph/run"] == {"text": "then"}
