from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from pyarrow.parquet import ParquetFile

from features.storage import KEYS, read_features, write_features
from register.atomic import write_parquet
from register.seasons import months_later

DATES = [months_later(date(2023, 12, 31), 3 * step) for step in range(5)]
#: Households come and go: each is there at some of the dates.
BUILT = st.dictionaries(st.sampled_from(["an", "bo", "chu", "du"]), st.sets(st.sampled_from(DATES))).map(
    lambda there: pl.DataFrame(
        [(one, day, float(len(one)), f"{day}") for one in sorted(there) for day in sorted(there[one])],
        schema={"household_id": pl.String, "as_of_date": pl.Date, "wage": pl.Float64, "category": pl.String},
        orient="row",
    )
)


@given(BUILT, st.integers(1, 12), st.none() | st.sets(st.sampled_from(DATES)), st.none() | st.just(["wage"]))
def test_what_is_read_is_what_was_built_at_the_dates_however_it_lies(built, rows, dates, columns):
    wanted = built if dates is None else built.filter(pl.col("as_of_date").is_in([*dates]))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "C1.parquet"
        write_features(path, built, rows)
        read = read_features(path, dates, columns)
    assert_frame_equal(read, wanted.select(*KEYS, *columns) if columns else wanted)


def test_whole_dates_lie_together_the_latest_by_themselves(tmp_path):
    """Three households at five dates, six rows a group: two dates, two dates, and the first."""
    homes = pl.DataFrame({"household_id": ["an", "bo", "chu"]})
    write_features(tmp_path / "c", homes.join(pl.DataFrame({"as_of_date": DATES}), how="cross"), 6)
    head = ParquetFile(tmp_path / "c").metadata
    first = [head.row_group(one).column(1).statistics.min for one in range(head.num_row_groups)]
    assert first == [DATES[0], DATES[1], DATES[3]]


def test_features_of_an_earlier_version_are_read_alike(tmp_path):
    built = pl.DataFrame({"household_id": ["an", "an"], "as_of_date": DATES[:2], "wage": [1.0, 2.0]})
    write_parquet(tmp_path / "c", built)
    assert read_features(tmp_path / "c", DATES[1:2]).equals(built[1:])
    assert read_features(tmp_path / "c", columns=["wage", "gone"]).equals(built)


def test_a_flipped_bit_in_a_page_that_is_read_is_noticed(tmp_path):
    path = tmp_path / "c"
    built = pl.DataFrame({"household_id": [f"{one:05}" for one in range(5000)], "as_of_date": DATES[0]})
    write_features(path, built.with_columns(wage=pl.int_range(5000).sqrt()))
    damaged = bytearray(path.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    path.write_bytes(damaged)
    with pytest.raises(OSError, match=r"CRC|checksum"):
        read_features(path)
