"""What a notice calls a household."""

from hypothesis import given
from hypothesis import strategies as st

from watchlists.monthly.masking import masked


@given(st.text(min_size=1, max_size=12).filter(str.strip))
def test_of_a_name_nobody_reads_more_than_the_first_character(name):
    shown = masked(name, "H1")
    assert shown == f"{name.strip()[0]}**"
    assert len(shown) == 3


def test_who_has_no_name_on_record_is_called_by_the_id():
    assert masked("  ", "H1") == "H1"
