"""Programs that draw: all that are missing are named at once, and what fails is said in a line."""

import pytest

from pipelines.pictures.programs import Programs, programs
from register.errors import StoreError


def script(path, text):
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_every_program_that_is_missing_is_named_with_what_it_is_for(tmp_path, monkeypatch):
    script(tmp_path / "pdftoppm", "exit 0")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StoreError) as refused:
        programs(tmp_path)
    assert str(refused.value) == (
        "pictures: not on the path: chromium or chromium-browser or google-chrome or microsoft-edge "
        "(for pages); soffice or libreoffice (for workbooks); install them, a run itself needs none of them"
    )


def test_what_is_on_the_path_is_taken_under_any_of_its_names(tmp_path, monkeypatch):
    paths = [script(tmp_path / name, "exit 0") for name in ("google-chrome", "libreoffice", "pdftoppm")]
    monkeypatch.setenv("PATH", str(tmp_path))
    there = programs(tmp_path)
    assert [there.browser, there.office, there.poppler] == paths


def test_a_program_that_fails_or_draws_nothing_is_named(tmp_path):
    broken, idle = script(tmp_path / "broken", "exit 3"), script(tmp_path / "idle", "exit 0")
    tools = Programs(idle, broken, broken, tmp_path)
    with pytest.raises(StoreError, match="pictures: broken ended with 3; try it by hand"):
        tools.converted([tmp_path / "a.xlsx"], "pdf", tmp_path)
    with pytest.raises(StoreError, match=r"a.html: the browser drew nothing"):
        tools.printed(tmp_path / "a.html", tmp_path / "a.pdf")
