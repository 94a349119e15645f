"""`huitou explain` as an evaluator meets it."""

import json

from tests.watchlists.explaining import CHANGED, kept, released, scored


def test_a_household_is_explained_on_the_terminal_in_both_languages(office, huitou, capsys):
    released(office, [scored(**CHANGED)], [kept()])
    assert huitou("explain", "H1") == 0
    told = capsys.readouterr().out
    assert "模型归因于哪些方面 What does the model attribute it to?" in told
    assert "Fitting: health support, social help." in told


def test_a_program_gets_json_and_a_reader_a_page_in_a_file(office, huitou, capsys):
    released(office, [scored(**CHANGED)], [kept()])
    assert huitou("explain", "H1", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["household_id"] == "H1"
    assert huitou("explain", "H1", "--season", "2025Q4", "--format", "html", "--output", "one.html") == 0
    assert capsys.readouterr().out == "one.html\n"
    assert (office / "one.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_an_unknown_household_is_one_line_and_exit_code_3(office, huitou, capsys):
    released(office, [scored(**CHANGED)], [kept()])
    assert huitou("explain", "H9") == 3
    said = capsys.readouterr().err
    assert "household_id not found; look it up in the list" in said
    assert "H9" not in said
