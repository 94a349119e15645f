import re

import pytest

from models.evaluation import declaration
from models.evaluation.declaration import LISTED, LISTS, OUTCOMES, declared_metrics, metric


def new(**changed):
    """Declare one more metric, and take it back where it was let in."""

    def formula(sample):
        """What it is."""

    formula.__name__ = changed.pop("name", "one_more")
    formula.__doc__ = changed.pop("definition", formula.__doc__)
    told = {"zh": "新", "en": "new", "of": "ranking", "citation": "EVALUATION 2", **changed}
    metric(**told)(formula)


@pytest.fixture(autouse=True)
def taken_back(monkeypatch):
    declared_metrics()
    monkeypatch.setattr(declaration, "_declared", dict(declaration._declared))


def test_a_declared_metric_is_listed_with_those_of_its_kind():
    new(of="list", lists=("capacity",))
    kinds = [one.of for one in declared_metrics()]
    assert kinds == sorted(kinds, key=["ranking", "list", "risk"].index)
    assert [one.name for one in declared_metrics() if one.of == "list"][-1] == "one_more"


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"name": "auc"}, "metric auc is declared twice: choose another name"),
        ({"definition": ""}, "metric one_more has no definition: say in its docstring what it is"),
        (
            {"of": "list", "lists": ("15",)},
            f"metric one_more: lists=('15',), allowed are {LISTS} where it is of a list",
        ),
        ({"of": "list"}, f"metric one_more: lists=(), allowed are {LISTS} where it is of a list"),
        (
            {"lists": ("capacity",)},
            f"metric one_more: lists=('capacity',), allowed are {LISTS} where it is of a list",
        ),
        (
            {"disclosed_by": ("hit",)},
            f"metric one_more: disclosed_by=('hit',), allowed are {(*OUTCOMES, *LISTED)}",
        ),
    ],
)
def test_a_declaration_that_cannot_be_meant_is_refused(changed, message):
    with pytest.raises(TypeError, match=f"^{re.escape(message)}$"):
        new(**changed)
