"""The page says for each rise how much more was promised than came true."""

import polars as pl

from studies.line_rises.page import write_page


def test_a_rise_is_told_with_what_the_line_did_before_and_then(tmp_path):
    row = {
        "season": "2023Q3",
        "rise": "0.15",
        "assumed": 1.15,
        "came": 1.043478,
        "n": 4000,
        "fell": 0.05,
        "risk": 0.055,
    }
    bounds = {"more": 0.1, "more_low": 0.02, "more_high": 0.18}
    pooled = row | {"season": "pooled", "assumed": None, "came": None}
    judged = pl.DataFrame([row | bounds, pooled | bounds | {"more_low": None, "more_high": None}])
    write_page(tmp_path / "page.md", judged, "2025Q4", None)
    text = (tmp_path / "page.md").read_text(encoding="utf-8")
    assert "| 2023Q3 | +15.0% | +4.3% | +15% | 4,000 | 0.0500 | 0.0550 | +10% [+2, +18] |" in text
    assert "| all 各季合计 | – | – | +15% | 4,000 | 0.0500 | 0.0550 | +10% |" in text
