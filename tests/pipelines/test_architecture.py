"""The table of stages names all that dvc.yaml names, and nobody writes it by hand."""

from pathlib import Path

import pytest
import yaml

from pipelines.architecture import BEGIN, END, architecture, rooms

ROOT = Path(__file__).parents[2]
STAGES = yaml.safe_load((ROOT / "dvc.yaml").read_text(encoding="utf-8"))["stages"]
TABLE = architecture().partition(BEGIN)[2].partition(END)[0]
ROWS = {line.split("`")[1]: line for line in TABLE.splitlines() if "`" in line}


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_has_a_row_that_names_what_it_writes_and_says_what_it_does(stage):
    _, name, does, _, writes, *_ = (cell.strip() for cell in ROWS[stage].split("|"))
    outs = [next(iter(out)) if isinstance(out, dict) else out for out in STAGES[stage]["outs"]]
    assert name == f"`{stage}`"
    assert does
    assert [out for out in outs if f"`{out}`" not in writes] == []


def test_what_a_stage_reads_that_another_writes_is_named_in_full():
    reads = {stage: ROWS[stage].split("|")[3] for stage in STAGES}
    assert "`artifacts/register`" in reads["features"]
    assert "`${watchlist.capacity.table}`" in reads["watchlist"]
    assert ".py" not in "".join(reads.values())


def test_a_room_is_a_folder_and_a_file_beside_rooms_is_none():
    assert (
        rooms(["register/tables", "register/atomic.py", "simulator/bands.yaml"])
        == "register (tables); simulator"
    )
