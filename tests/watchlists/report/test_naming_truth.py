"""What pages quote of the measurement of named causes is dated, cited and readable."""

import pytest
import yaml

from register.errors import ParamsError
from watchlists.report.naming_truth import FILE, naming_truth


@pytest.fixture
def entry():
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))[0]


def written(folder, entry):
    path = folder / "naming_truth.yaml"
    path.write_text(yaml.safe_dump([entry], allow_unicode=True), encoding="utf-8")
    return path


def test_the_sentences_tell_shares_and_the_ends_of_their_intervals(tmp_path, entry):
    entry |= {"falls": 2000, "hits": 400, "right": {"value": 0.638, "low": 0.6, "high": 0.673}}
    entry |= {"right_hits": {"value": 0.84, "low": 0.79, "high": 0.88}, "seasons": ["2024Q1", "2024Q3"]}
    zh, en = naming_truth(written(tmp_path, entry)).sentences[0]
    assert "返贫2,000户" in zh
    assert "64%（95%区间60%至67%）是对的" in zh
    assert "（400户）里，84%" in zh
    assert en == (
        "In simulated data (2024Q1–2024Q3, 2,000 falls) 64% (60% to 67%) of names are true, "
        "of the listed households that did fall (400) 84% (79% to 88%)."
    )


def test_silence_and_steps_have_a_sentence_each_in_both_languages(tmp_path, entry):
    entry |= {"named_list": {"value": 0.61, "low": 0.58, "high": 0.64}, "firm": 0.95, "likely": 0.86}
    _, silent, steps = naming_truth(written(tmp_path, entry)).sentences
    assert "61%" in silent[0]
    assert "There 61% of the list have a named cause" in silent[1]
    assert "把握较大" in steps[0]
    assert "fairly sure 95%" in steps[1]
    assert "likely ones 86%" in steps[1]


@pytest.mark.parametrize("field", ["source", "effective_from", "right"])
def test_a_measurement_without_date_source_or_share_does_not_load(tmp_path, entry, field):
    del entry[field]
    with pytest.raises(ParamsError, match=f"naming_truth.yaml entry 1:.*{field}"):
        naming_truth(written(tmp_path, entry))


def test_of_several_measurements_the_last_is_read(tmp_path, entry):
    path = tmp_path / "naming_truth.yaml"
    path.write_text(yaml.safe_dump([entry, entry | {"falls": 7}], allow_unicode=True), encoding="utf-8")
    assert naming_truth(path).falls == 7
