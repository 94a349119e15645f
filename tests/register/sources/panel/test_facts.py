"""Files that tell of the same households come together; a household that stands twice is refused."""

import pytest

from register.errors import ContractError
from register.sources.panel.facts import read_facts
from register.sources.panel.layout import PanelLayout


def facts(folder, *files):
    layout = PanelLayout.of(
        {
            "waves": {"1": 2009},
            "resources": {"kind": "income", "period": "month"},
            "line": {"amount": 12, "period": "year"},
            "no_answer": [-9],
            "files": [*files],
        },
        "panel.yaml:",
    )
    return read_facts(folder, layout, layout.dated("panel.yaml"))


def put(folder, name, text):
    (folder / name).write_text(text, encoding="utf-8")


def test_what_several_files_say_of_a_household_comes_together(tmp_path):
    put(tmp_path, "a.csv", "h,x\n1,5\n2,-9\n3,7\n")
    put(tmp_path, "b.csv", "h,n,rooms\n1,4,2\n3,,3\n")
    made = facts(
        tmp_path,
        {"path": "a.csv", "household": "h", "amount": "x"},
        {"path": "b.csv", "household": "h", "size": "n", "tables": {"housing": {"rooms": "rooms"}}},
    )
    assert made.households.select("household", "amount.other", "size").rows() == [
        ("1", 5.0, 4.0),
        ("3", 7.0, None),
    ]
    assert made.tables["housing"]["rooms"].to_list() == ["2", "3"]
    assert made.unanswered == {"1": 1}


def test_each_persons_own_amounts_are_added_up(tmp_path):
    put(tmp_path, "p.csv", "h,p,wage,age\n1,1,5,40\n1,2,6,38\n2,1,,20\n")
    made = facts(
        tmp_path,
        {
            "path": "p.csv",
            "household": "h",
            "person": "p",
            "amount": {"wage": "wage"},
            "amount_of": "rows",
            "tables": {"members": {"age": "age"}},
        },
    )
    assert made.households.select("household", "amount.wage").rows() == [("1", 11.0)]
    assert made.tables["members"].select("person", "age").rows() == [("1", 40.0), ("2", 38.0), ("1", 20.0)]


def test_several_events_of_a_household_stay_apart(tmp_path):
    put(tmp_path, "a.csv", "h,x,drought,theft\n1,5,yes,yes\n2,5,no,yes\n")
    files = [
        {
            "path": "a.csv",
            "household": "h",
            "amount": "x",
            "tables": {"shocks": {"kind": {"from": column, "codes": {"yes": kind, "*": None}}}},
        }
        for column, kind in (("drought", "drought"), ("theft", "accident_injury"))
    ]
    made = facts(tmp_path, *files).tables["shocks"].drop_nulls("kind")
    assert sorted(made.select("household", "kind").rows()) == [
        ("1", "accident_injury"),
        ("1", "drought"),
        ("2", "accident_injury"),
    ]


@pytest.mark.parametrize(
    ("text", "entries", "sentence"),
    [
        (
            "h,x\n1,5\n1,6\n2,5\n",
            {"amount": "x"},
            (
                "a.csv: 2 of 3 rows of wave 1 share a household's number; join what tells them apart "
                "(household: [area, number]), write `person` where a row is a person, or amount_of: rows "
                "where rows are items to add up"
            ),
        ),
        (
            "h,p,x\n1,1,5\n1,2,6\n",
            {"person": "p", "amount": "x"},
            (
                "a.csv: amount.other differs between the rows of 1 households of wave 1; write amount_of: "
                "rows where each row has an amount of its own, or clean the column"
            ),
        ),
        (
            "h,p,x,age\n1,1,5,40\n1,1,5,20\n",
            {"person": "p", "amount": "x", "tables": {"members": {"age": "age"}}},
            (
                "a.csv: 2 of 2 rows of wave 1 share a person's number in their household; join what tells "
                "them apart, or clean the column"
            ),
        ),
        ("h,n\n1,5\n", {"size": "n"}, "the mapping: no file gives an amount; write its column as `amount`"),
    ],
)
def test_rows_that_cannot_be_told_apart_are_refused(tmp_path, text, entries, sentence):
    put(tmp_path, "a.csv", text)
    with pytest.raises(ContractError) as refused:
        facts(tmp_path, {"path": "a.csv", "household": "h", **entries})
    assert str(refused.value) == sentence
