import os
from pathlib import Path

import polars as pl
import pytest
from pyarrow.parquet import ParquetFile

from register.atomic import (
    atomic_path,
    forget_unfinished,
    read_parquet,
    sha256,
    write_json,
    write_parquet,
    write_text,
)


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


def test_frames_are_kept_one_after_the_other_and_coded_as_asked(tmp_path):
    path, frame = tmp_path / "a.parquet", pl.DataFrame({"a": [1.5, 2.5], "b": ["x", "y"]})
    write_parquet(path, frame[:1], frame[1:], repeated=["b"])
    head = ParquetFile(path).metadata
    assert head.num_row_groups == 2
    assert [head.row_group(0).column(one).has_dictionary_page for one in range(2)] == [False, True]
    assert read_parquet(path).equals(frame)


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


def test_what_a_killed_writer_left_is_forgotten_and_nothing_else(tmp_path):
    (tmp_path / "c1").mkdir()
    kept = ["list.txt", ".hidden", ".mine.tmp", "c1/notes.4711.tmp"]
    for name in (*kept, ".list.txt.4711.tmp", "c1/.list.txt.4712.tmp"):
        (tmp_path / name).write_text("x")
    forget_unfinished(tmp_path)
    forget_unfinished(tmp_path / "nowhere")
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")) == sorted(kept)
