import json

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from models.risk.calibration.calibrate import calibrate
from models.risk.calibration.class_lines import ClassLines
from models.risk.calibration.line import Line
from models.risk.model import RiskModel
from models.risk.storage import load_model, model_facts, save_model, stored_calibration, stored_scenarios
from register.atomic import sha256
from register.errors import StoreError
from tests.models.numbers import invented
from tests.models.risk.test_second_set import HALF, households


@pytest.fixture
def saved(tmp_path):
    frame, label = invented(600)
    model = RiskModel(members=2, rounds=15, min_data_in_leaf=20).fit(frame, label)
    model = model.calibrated(calibrate(model.raw_margin(frame), label, 20))
    save_model(model, tmp_path / "model", {"season": "2024Q2"})
    return model, frame, tmp_path / "model"


def test_a_loaded_model_predicts_the_same_bits(saved):
    model, frame, folder = saved
    loaded = load_model(folder)
    assert_array_equal(loaded.margin(frame), model.margin(frame))
    assert model_facts(folder) == {"season": "2024Q2"}


def test_what_is_saved_does_not_depend_on_threads(saved, tmp_path):
    model, frame, folder = saved
    other = RiskModel(members=2, rounds=15, min_data_in_leaf=20, threads=2).fit(frame, invented(600)[1])
    save_model(other.calibrated(model.calibration_), tmp_path / "other", {"season": "2024Q2"})
    for path in sorted(folder.iterdir()):
        assert path.read_bytes() == (tmp_path / "other" / path.name).read_bytes()


def test_saving_what_was_loaded_changes_no_byte(saved, tmp_path):
    _, _, folder = saved
    save_model(load_model(folder, threads=2), tmp_path / "again", model_facts(folder))
    for path in sorted(folder.iterdir()):
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes()


def test_a_second_set_comes_back_to_the_bit_and_tells_no_extreme_value(tmp_path):
    frame, label = households()
    settings = {"members": 2, "rounds": 15, "min_data_in_leaf": 20, "second_set": HALF}
    model = RiskModel(**settings).fit(frame, label)
    save_model(model, tmp_path / "two", {})
    loaded = load_model(tmp_path / "two")
    assert_array_equal(loaded.margin(frame), model.margin(frame))
    assert loaded.second_set == HALF
    save_model(loaded, tmp_path / "again", {})
    for path in sorted((tmp_path / "two").iterdir()):
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes()
    assert "feature_infos=none none none none\n" in (tmp_path / "two" / "member_0.txt").read_text()


def test_the_text_tells_no_extreme_value_and_no_thread_count(saved):
    _, frame, folder = saved
    text = (folder / "member_0.txt").read_text()
    assert "feature_infos=none none none none\n" in text
    assert "num_threads" not in text
    for value in frame.min().tolist() + frame.max().tolist():
        assert repr(value) not in text


def test_scrubbing_changes_no_prediction(monkeypatch):
    frame, label = invented(600)
    scrubbed = RiskModel(members=1, rounds=15, min_data_in_leaf=20).fit(frame, label).raw_margin(frame)
    monkeypatch.setattr("models.risk.boosters.scrubbed", lambda text: text)
    as_is = RiskModel(members=1, rounds=15, min_data_in_leaf=20).fit(frame, label).raw_margin(frame)
    assert_array_equal(scrubbed, as_is)


@pytest.mark.parametrize("name", ["member_1.txt", "model.json"])
def test_a_file_that_changed_by_one_byte_is_not_opened(saved, name):
    _, _, folder = saved
    damaged = bytearray((folder / name).read_bytes())
    damaged[len(damaged) // 2] ^= 1
    (folder / name).write_bytes(bytes(damaged))
    with pytest.raises(StoreError) as refused:
        load_model(folder)
    assert str(refused.value) == (
        f"{folder / name}: missing or changed since training; run training again (dvc repro -f train)"
    )


def test_a_file_that_is_gone_is_named(saved):
    _, _, folder = saved
    (folder / "member_0.txt").unlink()
    with pytest.raises(StoreError) as refused:
        load_model(folder)
    assert str(refused.value) == (
        f"{folder / 'member_0.txt'}: missing or changed since training; run training again "
        "(dvc repro -f train)"
    )


def test_a_folder_without_a_model_is_named(tmp_path):
    with pytest.raises(StoreError) as refused:
        load_model(tmp_path)
    assert str(refused.value) == (
        f"{tmp_path / 'manifest.json'}: no model found; run the train stage first (huitou run)"
    )


def test_the_calibration_says_why_it_is_the_identity(tmp_path):
    frame, label = invented(600)
    model = RiskModel(members=1, rounds=5, min_data_in_leaf=20).fit(frame, label)
    model = model.calibrated(calibrate(np.zeros(3), np.array([0, 1, 0]), 20))
    save_model(model, tmp_path, {})
    note = json.loads((tmp_path / "model.json").read_text())["calibration"]["note"]
    assert note == "identity: 1 of 3 later rows positive"


def _restored(folder, change):
    """Write ``model.json`` anew with its hash, as another version of the code would have."""
    stored = json.loads((folder / "model.json").read_text())
    (folder / "model.json").write_text(json.dumps(change(stored)))
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["sha256"]["model.json"] = sha256(folder / "model.json")
    (folder / "manifest.json").write_text(json.dumps(manifest))


def _first_version(stored):
    calibration = stored["calibration"]
    bounds = {"edges": [], "low": [0.0], "high": [1.0]}
    flat = calibration.pop("map") | bounds | calibration
    del flat["name"], stored["schema_version"]
    return {**stored, "calibration": flat}


def test_a_model_stored_before_calibrations_had_maps_predicts_the_same_bits(saved):
    model, frame, folder = saved
    _restored(folder, _first_version)
    loaded = load_model(folder)
    assert_array_equal(loaded.margin(frame), model.margin(frame))
    assert stored_calibration(folder) == model.calibration_


def test_readings_for_other_rises_come_back(saved, tmp_path):
    model, _, _ = saved
    lower = calibrate(np.linspace(-3, 3, 200), np.arange(200) % 2, 20)
    save_model(model.calibrated(model.calibration_, {"0.0": lower}), tmp_path / "read", {})
    assert load_model(tmp_path / "read").scenarios_ == {"0.0": lower}
    assert stored_scenarios(tmp_path / "read") == {"0.0": lower}


def test_lines_of_classes_come_back_to_the_bit(saved, tmp_path):
    _, frame, _ = saved
    size = 1.0 + np.arange(len(frame)) % 7
    frame = frame.assign(household_size=size, is_elderly_only=(size == 1) * 1.0)
    model = RiskModel(members=1, rounds=10, min_data_in_leaf=20).fit(frame, size > 4)
    classed = model.classed(ClassLines({"4-5": Line(1.1, 0.2), "elderly_only": Line(0.9, -1 / 3)}))
    save_model(classed, tmp_path / "classed", {})
    loaded = load_model(tmp_path / "classed")
    assert loaded.class_lines_ == classed.class_lines_
    assert_array_equal(loaded.margin(frame), classed.margin(frame))
    assert (loaded.margin(frame) != model.margin(frame)).any()


def test_a_model_stored_before_classes_had_lines_reads_everybody_alike(saved):
    model, frame, folder = saved
    _restored(
        folder,
        lambda stored: {
            name: one for name, one in {**stored, "schema_version": 4}.items() if name != "class_lines"
        },
    )
    assert_array_equal(load_model(folder).margin(frame), model.margin(frame))
    assert load_model(folder).class_lines_ == ClassLines()


def test_a_model_of_a_later_version_is_refused(saved):
    _, _, folder = saved
    _restored(folder, lambda stored: {**stored, "schema_version": 6})
    with pytest.raises(StoreError) as refused:
        load_model(folder)
    assert str(refused.value) == (
        f"{folder / 'model.json'}: found schema_version 6, allowed are 1 to 5; use the code it was trained "
        "with, or train again (dvc repro -f train)"
    )
