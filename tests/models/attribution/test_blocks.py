import pytest

from models.attribution.blocks import each


def test_every_item_is_done_and_a_failure_is_raised():
    done = []
    each(range(5), done.append, threads=3)
    assert sorted(done) == [0, 1, 2, 3, 4]
    with pytest.raises(ZeroDivisionError):
        each([1, 0], lambda one: 1 / one, threads=2)
