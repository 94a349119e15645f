"""What the report of a simulated run quotes of the hidden poor is dated, cited and readable."""

import pytest
import yaml

from register.errors import ParamsError
from watchlists.report.hidden_poor import FILE, hidden_poor


@pytest.fixture
def entry():
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))[0]


def written(folder, entry):
    path = folder / "hidden_poor.yaml"
    path.write_text(yaml.safe_dump([entry], allow_unicode=True), encoding="utf-8")
    return path


def test_the_sentence_tells_counts_their_ratio_and_what_the_list_reaches(tmp_path, entry):
    entry |= {"recorded": 3290, "coming": 11_845, "seasons": ["2024Q1", "2024Q3"]}
    entry |= {"reached": {"recorded": 0.179, "coming": 0.098}}
    zh, en = hidden_poor(written(tmp_path, entry)).sentence
    assert "（2024Q1–2024Q3）按真实风险应有11,845户次跌破，登记只会显示3,290户次（3.6 : 1）" in zh
    assert "11,845 falls are to come by the true risk, and the record will show 3,290 of them (3.6 : 1)" in en
    assert "reaches 17.9% of the recorded and 9.8% of the true ones" in en


@pytest.mark.parametrize("field", ["source", "effective_from", "coming", "reached"])
def test_a_measurement_without_date_source_or_count_does_not_load(tmp_path, entry, field):
    del entry[field]
    with pytest.raises(ParamsError, match=f"hidden_poor.yaml entry 1:.*{field}"):
        hidden_poor(written(tmp_path, entry))
