"""One reading says every fault, one line each, and ends with the exit code of the first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.errors import ContractError, HuitouError, ParamsError, SourceError, StoreError
from register.faults import AT_MOST, NAMED, Faults, SeveralFaults, likewise

CUT = SourceError("a.csv: cut; ask for it again")
LACK = ContractError("b.csv: missing columns ['amount']; add them")


def refusal_of(*faults):
    gathered = Faults()
    for fault in faults:
        with gathered.gathered():
            raise fault
    with pytest.raises(HuitouError) as refused:
        gathered.refuse()
    return refused.value


def test_a_fault_that_stands_alone_is_refused_as_itself():
    assert refusal_of(LACK) is LACK
    assert refusal_of(CUT, SourceError(str(CUT))).exit_code == 3


def test_no_fault_is_no_refusal():
    faults = Faults()
    faults.refuse()
    assert not faults


@pytest.mark.parametrize(("faults", "code"), [((CUT, LACK), 3), ((LACK, CUT), 4)])
def test_several_stand_in_the_order_they_were_met(faults, code):
    refused = refusal_of(*faults)
    assert refused.exit_code == code
    first, second = faults
    assert str(refused) == (
        "2 处问题，从第一处改起；什么也没有写入 / "
        "2 faults, mend them from the first on; nothing was taken in\n"
        f"  1. {first}\n  2. {second}"
    )


def test_faults_of_a_part_join_those_of_the_whole():
    refused = refusal_of(ParamsError("lines.csv row 2: amount: found 'x'"), SeveralFaults([CUT, LACK]), CUT)
    assert [str(one) for one in refused.faults] == ["lines.csv row 2: amount: found 'x'", str(CUT), str(LACK)]


def test_what_is_no_fault_of_the_delivery_ends_at_once():
    faults = Faults()
    with pytest.raises(StoreError), faults.gathered():
        raise StoreError("disk full")
    assert not faults


def test_one_fault_of_many_files_is_said_once_with_some_of_them():
    messages = [f"C{place}/income.csv: cut; mend it" for place in range(NAMED + 3)]
    (line,) = likewise(messages)
    assert line == (
        "C0/income.csv: cut; mend it (同样 likewise: C1/income.csv, C2/income.csv, C3/income.csv "
        "(另 2 个 and 2 more))"
    )


def test_of_very_many_faults_the_number_of_the_rest_is_said():
    lines = str(refusal_of(*(SourceError(f"{n}.csv: fault {n}") for n in range(AT_MOST + 5)))).splitlines()
    assert len(lines) == AT_MOST + 2
    assert lines[-1].strip() == "另 5 处 and 5 more"


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), min_size=1))
def test_no_kind_of_fault_is_lost(pairs):
    said = likewise([f"{place}: {fault}" for place, fault in pairs])
    assert [line.partition(": ")[2][0] for line in said] == list(dict.fromkeys(fault for _, fault in pairs))
