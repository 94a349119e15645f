"""Whoever takes the code finds the same licence and the same version wherever it is said."""

import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]


def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def cited():
    return yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))


def test_the_licence_is_the_one_that_is_named():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License\n                           Version 2.0" in text
    assert text.rstrip().endswith("limitations under the License.")
    assert project()["license"] == cited()["license"] == "Apache-2.0"


def test_who_cites_the_project_cites_its_version():
    assert cited()["version"] == project()["version"]


def test_who_finds_a_fault_reads_where_to_report_it():
    assert "SECURITY CONTACT:" in (ROOT / "SECURITY.md").read_text(encoding="utf-8")
