"""What a reading came to is said in a line a file, and what to do next below."""

from pathlib import Path

import polars as pl

from pipelines.commands.lookback_summary import Desk, summary
from watchlists.lookbacks.reading import BESIDE, LEDGER, ReadBack

STANDING = {"place": "C1 T1", "listed": 5, "visited": 2}
DESK = Desk({"a": ("批注不读入",)}, 0, 0, Path("/s"), Path("/q"), Path("/r"))

#: No workbook had anything on its page 名单外走访.
NONE = pl.DataFrame(schema={"file": pl.String(), "rows_in": pl.Int64()})


def read(accepted=0, remarks=0, corrected=0):
    counts = {**dict.fromkeys((*LEDGER, *BESIDE), 0), "rows_in": 2, "corrected": corrected}
    kept = [pl.DataFrame({"x": [1] * number}) for number in (accepted, 0, remarks)]
    return ReadBack(*kept, pl.DataFrame([{"file": "a", "sha256": "", **counts, **STANDING}]))


def desk(**changes):
    return Desk(**{**vars(DESK), **changes})


COUNTED = "C1 T1 (a): 行数 rows 2  采纳 accepted 0  未填 unfilled 0  隔离 quarantined 0  重复 duplicates 0"
VISITED = "  名单 listed 5 已走访 visited 2"


def test_a_file_has_a_line_with_its_township_and_what_was_not_read_of_it():
    assert summary(read(), DESK, NONE).splitlines() == [f"{COUNTED}{VISITED}", "  批注不读入"]


def test_what_is_not_nought_is_told_beside():
    assert (
        summary(read(corrected=1), DESK, NONE).splitlines()[0]
        == f"{COUNTED}  其中更正 of these corrections 1{VISITED}"
    )


def test_what_to_do_next_stands_below():
    said = summary(read(1, 1), desk(n_open=3, n_withdrawn=2, unread={"a": ()}), NONE).splitlines()
    assert said[1:] == [
        "退回的行清空后交回，不再退回 returned rows that came back emptied are closed: 2",
        "待更正的行 rows to be corrected: 3；退回表 sheets to hand back to the townships: /s",
        "隔离的行和下一步 quarantined rows and what to do: /q",
        "与此前读回的不同，请核对 unlike what was read back before, please check: /r",
        "下次 huitou run 时进入登记册。The next huitou run takes them into the register.",
    ]
