"""A marked figure is written as its marker says, and whatever stood there before does not matter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.errors import ContractError
from studies.figures.markers import addresses, filled, unmarked

FIGURE = {"value": 0.80436, "low": 0.7917, "high": 0.8167}
TEXT = st.text(st.characters(exclude_characters="<>-"))


def marked(form, written="?", address="simulator/board/pooled/all/risk_model/auc"):
    return f"<!--fig {address} {form}-->{written}<!--/fig-->"


def written(form, figure=FIGURE):
    return filled(marked(form), {"simulator/board/pooled/all/risk_model/auc": figure})


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("3", "0.804"),
        ("2", "0.80"),
        ("+3", "+0.804"),
        ("3ci", "0.804 [0.792, 0.817]"),
        ("+2ci", "+0.80 [+0.79, +0.82]"),
        ("1%", "80.4 %"),
        ("1%ci", "80.4 % [79.2, 81.7]"),
    ],
)
def test_a_figure_is_written_as_is_asked(form, expected):
    assert written(form) == marked(form, expected)


def test_counts_and_texts_are_written_whole():
    assert written("count", {"value": 111211}) == marked("count", "111,211")
    assert written("text", {"text": "\n| a |\n"}) == marked("text", "\n| a |\n")


@given(TEXT, TEXT, TEXT)
def test_what_stands_around_a_marker_stays_and_filling_again_changes_nothing(before, stale, after):
    figures = {"a/b": {"value": 0.5}}
    once = filled(f"{before}{marked('3', stale, 'a/b')}{after}", figures)
    assert once == f"{before}{marked('3', '0.500', 'a/b')}{after}"
    assert filled(once, figures) == once
    assert unmarked(once) == before + after
    assert list(addresses(once)) == ["a/b"]


def test_two_markers_in_a_line_are_two():
    text = f"{marked('3', address='a')} and {marked('1%', address='b')}"
    assert filled(text, {"a": {"value": 0.1}, "b": {"value": 0.2}}) == (
        f"{marked('3', '0.100', 'a')} and {marked('1%', '20.0 %', 'b')}"
    )


def test_a_figure_of_a_run_that_nobody_read_is_refused():
    with pytest.raises(
        ContractError, match=r"^eph/x: found in a document, in no run that was read; run make "
    ):
        filled(marked("3", address="eph/x"), {})


@pytest.mark.parametrize(("form", "figure"), [("three", FIGURE), ("3ci", {"value": 0.5})])
def test_a_format_that_cannot_be_written_is_refused(form, figure):
    with pytest.raises(ContractError, match=f"found format '{form}', allowed are text, count, digits"):
        written(form, figure)
