"""What was measured comes back as it was, with where, when and of which code."""

from benchmarks.record import LIBRARIES, Table, machine, read_records, recorded, write_records
from pipelines.workspace.workspace import code_commit, today

TABLE = Table("A caption", [{"": "ours", "CPU s": 1.5, "rows": 3}, {"": "theirs", "CPU s": None, "rows": 3}])


def test_a_record_says_of_which_day_code_and_machine_it_is():
    record = recorded(lambda: ([TABLE], ["a note"]))
    assert (record.day, record.machine) == (today().isoformat(), machine())
    assert record.commit.startswith((code_commit() or "unknown")[:12])
    assert record.versions.keys() == {"Python", *LIBRARIES}
    assert len(record.load) == 2


def test_records_come_back_as_they_were(tmp_path):
    record = recorded(lambda: ([TABLE], ["a note"]))
    write_records(tmp_path / "records.json", {"stages": record})
    back = read_records(tmp_path / "records.json")
    assert back == {"stages": record}
    assert [*back["stages"].tables[0].rows[0]] == ["", "CPU s", "rows"]  # columns in their order


def test_before_the_first_there_are_none(tmp_path):
    assert read_records(tmp_path / "records.json") == {}


def test_a_machine_is_named_by_what_it_is_not_by_who_has_it():
    import platform

    assert platform.node() not in machine()
