"""The page says how many keys, of which code, and how far each figure went."""

from studies.draws.figures import Drawn
from studies.draws.page import write_page


def page(tmp_path, *others, commit="0123456789abcdef"):
    write_page(tmp_path / "draws.md", [Drawn("AUC", 0.8, 0.75, 0.85, others)], "2025Q4", commit)
    return (tmp_path / "draws.md").read_text(encoding="utf-8")


def test_a_figure_stands_with_its_interval_its_range_and_the_share_of_it(tmp_path):
    text = page(tmp_path, 0.79, 0.82)
    assert "| AUC | 0.800 [0.750, 0.850] | 0.790 to 0.820 | 0.0212 | 0.30 |" in text
    assert "python -m studies.draws --keys 2` on " in text
    assert "season 2025Q4, commit 01234567;" in text


def test_one_key_has_no_standard_deviation_and_code_outside_git_no_commit(tmp_path):
    text = page(tmp_path, 0.79, commit=None)
    assert "| 0.790 to 0.790 | – | 0.10 |" in text
    assert "commit unknown;" in text
