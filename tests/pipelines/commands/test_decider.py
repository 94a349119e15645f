"""Whoever promotes, withdraws or removes is named with a reason, each on one line."""

import pytest

from pipelines.commands.decider import decider
from register.errors import ParamsError


def test_a_name_and_a_reason_are_each_one_line():
    assert decider("李红\n县局", " 填错\t户 ") == {"by": "李红 县局", "why": "填错 户"}


@pytest.mark.parametrize(("by", "why"), [("", "why"), ("who", " \n"), (" ", "")])
def test_nobody_or_no_reason_is_refused(by, why):
    with pytest.raises(ParamsError) as refused:
        decider(by, why)
    assert str(refused.value) == (
        "--by and --why: found nothing, allowed are a name and a reason; both are kept"
    )
