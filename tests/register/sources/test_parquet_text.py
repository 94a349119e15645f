"""A Parquet file may be small and unfold to more than a machine holds."""

import io
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from register.errors import SourceError
from register.sources.parquet_text import read_parquet_text

PATH = Path("members.parquet")
MIB = 2**20


def parquet(frame, **options):
    target = io.BytesIO()
    pq.write_table(frame.to_arrow(), target, **options)
    return target.getvalue()


def test_a_bomb_of_one_long_text_is_refused_before_it_unfolds():
    raw = parquet(pl.DataFrame({"note": ["A" * 10_000]}).select(pl.col("note").repeat_by(60_000).explode()))
    assert len(raw) < 100_000
    before = pa.default_memory_pool().max_memory()
    with pytest.raises(SourceError) as refused:
        read_parquet_text(PATH, raw)
    assert str(refused.value).startswith(
        f"{PATH}: 60000 rows expand to 600000000 bytes of text, allowed are 4096"
    )
    assert pa.default_memory_pool().max_memory() - before < 50 * MIB


@pytest.mark.parametrize("coded", [True, False])
def test_texts_are_read_however_they_were_kept(coded):
    frame = pl.DataFrame(
        {"member_id": ["M1", "M2", None], "born_on": ["2001-01-31", "2001-01-31", "2002-02-02"]}
    )
    sheet = read_parquet_text(PATH, parquet(frame, use_dictionary=coded))
    assert sheet.frame["member_id"].to_list() == ["M1", "M2", None]
