"""What is unknown, missing, of another kind or out of range is refused at the door."""

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from pipelines.workspace import settings
from pipelines.workspace.parameters import FILES, Parameters
from pipelines.workspace.parameters.files import assigned, checked
from register.errors import HuitouError, ParamsError
from tests.parameters import BY_FILE, VALUES

#: What was taken and failed hours later, or never, before parameters were typed and closed.
WRONG = [
    ("evaluate.bootstrap=many", "found 'many', allowed is a whole number from 1"),
    ("evaluate.cluster=town", "found 'town', allowed is village or household"),
    ("model.rounds=lots", "found 'lots', allowed is a whole number from 1"),
    ("promotion.slope=1", "found 1, allowed is a list of 2: a number, then a number"),
    ("watchlist.causes_named=three", "found 'three', allowed is a whole number from 1 to 5"),
    ("watchlist.capacity.per=town", "found 'town', allowed is village, township or county"),
    ("watchlist.capacity.visits=0", "found 0, allowed is a whole number from 1"),
    ("compute.processes=0", "found 0, allowed is a whole number from 1"),
    (
        "compute.scheduler=dask",
        (
            "found no such scheduler, allowed is local, processes, or the address of a Dask scheduler such "
            "as tcp://127.0.0.1:8786"
        ),
    ),
    ("compute.threads=0", "found 0, allowed is a whole number from 1"),
    ("evaluate.origins=-1", "found -1, allowed is a whole number from 1"),
    ("hindsight.bands.risk=high", "found 'high', allowed is a list of values, each a number"),
    ("label.months=twelve", "found 'twelve', allowed is a whole number from 3"),
    ("label.months=true", "found true, allowed is a whole number from 3"),
    ("label.settle_month=3", "no such parameter; the nearest is label.settle_months"),
    ("source.knid=eph", "no such parameter; the nearest is source.kind"),
    ("season=2024", "found 2024, allowed is a season such as 2025Q4"),
    ("season=", "found null, allowed is a season such as 2025Q4"),
    ("season=!!set {a}", "found names and values, allowed is a season such as 2025Q4"),
    ("source.path=null", "found null, allowed is text that is not empty"),
    ("source.mapping=[1]", "found a list of 1, allowed is text, or null"),
    ("privacy.key_file=null", "found null, allowed is text that is not empty"),
    ("privacy.vault=3", "found 3, allowed is text in quotes, or null"),
    ("privacy.pseudonymise=1", "found 1, allowed is true or false"),
    ("privacy.given_up_keys=a", "found 'a', allowed is a list of values, each text"),
    ("ingest=3", "found 3, allowed is names and values"),
]


@pytest.mark.parametrize(("assignment", "said"), WRONG)
def test_a_wrong_value_is_refused_at_the_door_in_one_sentence(office, assignment, said):
    with pytest.raises(ParamsError) as refusal:
        settings.parameters([assignment])
    assert str(refusal.value) == f"--set {assignment.partition('=')[0]}: {said}; mend it"


@pytest.mark.parametrize("assignment", [assignment for assignment, _ in WRONG])
def test_a_run_with_a_wrong_value_ends_with_exit_code_two_and_changes_nothing(
    huitou, office, assignment, capsys
):
    before = (office / "params.yaml").read_bytes()
    assert huitou("run", "--set", assignment) == 2
    assert capsys.readouterr().err.splitlines()[-1].startswith("huitou: --set ")
    assert (office / "params.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("line", "other", "said"),
    [
        (
            "  omission:",
            "  omissio:",
            "method.yaml: evaluate.omissio: no such parameter; the nearest is evaluate.omission; mend it",
        ),
        (
            "  origins: 5 ",
            "  origins: x ",
            "method.yaml: evaluate.origins: found 'x', allowed is a whole number from 1; mend it",
        ),
        (
            "    label.months: 12",
            "    label.month: 12",
            "params.yaml: profiles.eph: label.month: no such parameter; the nearest is label.months; mend it",
        ),
        (
            "season: 2025Q4",
            "model: {}\nseason: 2025Q4",
            "params.yaml: model: stands in method.yaml; move the section there",
        ),
    ],
)
def test_what_is_wrong_in_a_file_is_named_with_the_file(office, huitou, capsys, line, other, said):
    for path in map(office.joinpath, FILES):
        path.write_text(path.read_text(encoding="utf-8").replace(line, other), encoding="utf-8")
    assert huitou("releases") == 2
    assert said in capsys.readouterr().err.splitlines()[-1]


def test_a_window_does_not_learn_from_those_below_the_line_already():
    assert refused(assigned(VALUES, {"cohort.learns_from": "also_below"})) == (
        "cohort.learns_from: found 'also_below' with label.reading window, allowed is cohort; in a window "
        "who is below the line already cannot fall below it, set cohort.learns_from=cohort"
    )
    panel = {"label.reading": "next_observation", "label.line_rise": "observed"}
    assert refused(assigned(VALUES, {"cohort.learns_from": "also_below", **panel})) == ""


def test_a_parameter_that_is_missing_is_named():
    without = {**BY_FILE["params.yaml"], "compute": {"threads": 1}}
    with pytest.raises(ParamsError) as refusal:
        checked({**BY_FILE, "params.yaml": without})
    assert str(refusal.value) == (
        "params.yaml: compute.free_disk: not found, allowed is a number from 0; write it there"
    )


@limits(max_examples=30)
@given(
    st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=4)
)
def test_whatever_a_section_holds_it_is_taken_or_refused_and_nothing_else(value):
    for name in Parameters.model_fields:
        said = refused(assigned(VALUES, {name: value}))
        assert said.startswith(name) or said == ""
        assert "\n" not in said


def refused(values):
    """Give the refusal; empty where the values are taken."""
    try:
        Parameters.of(values)
    except HuitouError as refusal:
        return str(refusal)
    return ""


def test_an_assignment_without_a_value_is_refused(office):
    message = r"^--set season: expected name=value, such as --set season=2025Q4$"
    with pytest.raises(ParamsError, match=message):
        settings.parameters(["season"])


def test_a_value_that_is_no_yaml_is_refused(office):
    message = r"^--set season: the value is no YAML; put quotes around it$"
    with pytest.raises(ParamsError, match=message):
        settings.parameters(["season=["])


@pytest.mark.parametrize(
    "name",
    ["privacy.vault", "source.mapping", "source.exported_on", "ingest.delivered_on", "ingest.max_row_change"],
)
def test_what_may_be_empty_is_emptied(office, name):
    section, last = name.split(".")
    assert getattr(getattr(settings.parameters([f"{name}=null"]), section), last) is None


@pytest.mark.parametrize(
    "assignment",
    ["label.months=6", "model.learning_rate=1", "ingest.max_row_change=0.3", "privacy.vault=''"],
)
def test_a_value_of_the_same_kind_is_taken(office, assignment):
    settings.parameters([assignment])
