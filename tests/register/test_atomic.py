import os
from pathlib import Path

import polars as pl
import pytest

from register.atomic import atomic_path, read_parquet, sha256, write_json, write_parquet, write_text


def test_a_failure_while_writing_leaves_the_old_file_and_nothing_beside_it(tmp_path):
    target = tmp_path / "list.txt"
    write_text(target, "old")
    with pytest.raises(UnicodeEncodeError), atomic_path(target) as aside:
        aside.write_text("half \udcff", encoding="utf-8")
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_json_has_no_nan(tmp_path):
    with pytest.raises(ValueError, match="not JSON compliant"):
        write_json(tmp_path / "a.json", float("nan"))
    assert not list(tmp_path.iterdir())


def test_a_parquet_file_comes_back_as_it_was_and_is_the_same_bytes_again(tmp_path):
    frame = pl.DataFrame({"a": [1, None], "b": ["x", "y"]})
    for name in ("one", "two"):
        write_parquet(tmp_path / name, frame)
    assert read_parquet(tmp_path / "one").equals(frame)
    assert read_parquet(tmp_path / "one", ["b"]).equals(frame.select("b"))
    assert sha256(tmp_path / "one") == sha256(tmp_path / "two")


def test_a_flipped_bit_in_a_page_is_noticed(tmp_path):
    path = tmp_path / "a.parquet"
    write_parquet(path, pl.DataFrame({"a": list(range(5000))}))
    damaged = bytearray(path.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    path.write_bytes(damaged)
    with pytest.raises(OSError, match=r"CRC|checksum"):
        read_parquet(path)


def test_a_new_name_is_brought_to_the_disk_with_its_file(tmp_path, monkeypatch):
    """After a power cut a file that was told of must not be gone because its folder was not written."""
    flushed, fsync = [], os.fsync

    def noting(descriptor):
        flushed.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", noting)
    write_text(tmp_path / "list.txt", "new")
    aside, folder = flushed
    assert Path(aside).name.startswith(f".list.txt.{os.getpid()}-")
    assert folder == str(tmp_path)


@pytest.mark.parametrize(
    ("refusal", "named"),
    [(OSError(28, "No space left on device"), "list.txt"), (OSError(28, "No space left", "b"), "b")],
)
def test_a_refusal_that_names_no_file_names_the_one_being_written(tmp_path, refusal, named):
    """Writing to a full disk tells only that one is full."""
    with pytest.raises(OSError, match="No space left") as refused, atomic_path(tmp_path / "list.txt"):
        raise refusal
    assert Path(refused.value.filename).name == named
