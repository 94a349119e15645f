"""Pieces made beforehand are taken while they are of what stands here, and by nobody else."""

from pipelines.workspace.shards.ready import Ready
from pipelines.workspace.workspace import Workspace
from register.atomic import write_text


def ready(folder, **made_from):
    return Ready.of(Workspace(folder), "features", lambda: made_from)


def test_a_piece_is_taken_as_it_is(tmp_path):
    write_text(ready(tmp_path, register="a").path("c1", "features"), "whole")
    target = tmp_path / "features/c1.parquet"
    assert ready(tmp_path, register="a").take("c1", "features", target)
    assert target.read_text() == "whole"
    assert Ready.where_any(Workspace(tmp_path), "features", lambda: {"register": "a"}) == ready(
        tmp_path, register="a"
    )


def test_a_piece_of_something_else_is_not_taken(tmp_path):
    write_text(ready(tmp_path, register="a").path("c1", "features"), "whole")
    target = tmp_path / "features/c1.parquet"
    for other in (ready(tmp_path, register="b"), ready(tmp_path, register="a", months="12")):
        assert not other.take("c1", "features", target)
    assert not ready(tmp_path, register="a").take("c2", "features", target)
    assert not target.exists()


def test_where_nothing_is_ready_nothing_is_read_to_find_out(tmp_path):
    def made_from():
        raise AssertionError

    assert not Ready.where_any(Workspace(tmp_path), "features", made_from).take("c1", "features", tmp_path)


def test_the_stage_forgets_pieces_of_before_too(tmp_path):
    for register in "ab":
        write_text(ready(tmp_path, register=register).path("c1", "features"), "whole")
    ready(tmp_path, register="b").clear()
    assert list((tmp_path / "artifacts/shards").iterdir()) == []
