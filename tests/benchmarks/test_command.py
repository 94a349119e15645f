"""One command measures what is asked, keeps the rest, and writes the page."""

import pytest
import typer

from benchmarks.__main__ import PAGE, RECORDS, TITLES, Benchmark, main
from benchmarks.record import read_records, write_records
from tests.benchmarks.test_nation import record


def test_every_benchmark_has_a_title():
    assert [*TITLES] == [*Benchmark]


def test_the_nation_is_worked_out_from_the_kept_stages_which_stay_as_they_are(tmp_path):
    write_records(tmp_path / RECORDS, {"stages": record(40_000, 200_000)})
    before = read_records(tmp_path / RECORDS)["stages"]
    main(only=[Benchmark.nation], docs=tmp_path)
    assert read_records(tmp_path / RECORDS)["stages"] == before
    page = (tmp_path / PAGE).read_text(encoding="utf-8")
    assert "Not measured yet: `python -m benchmarks --only features`." in page
    assert "What breaks first: memory of `ingest`" in page


def test_the_page_is_written_anew_without_measuring(tmp_path):
    write_records(tmp_path / RECORDS, {"stages": record(40_000)})
    before = (tmp_path / RECORDS).read_bytes()
    main(rewrite=True, docs=tmp_path)
    assert (tmp_path / RECORDS).read_bytes() == before
    assert "`python -m benchmarks --only stages`, 2026-11-30" in (tmp_path / PAGE).read_text(encoding="utf-8")


def test_without_the_stages_there_is_no_nation(tmp_path):
    with pytest.raises(typer.BadParameter, match="nation rests on the stages, which were not measured"):
        main(only=[Benchmark.nation], docs=tmp_path)
    assert not (tmp_path / PAGE).exists()
