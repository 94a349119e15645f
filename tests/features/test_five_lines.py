"""The README's own five lines, and the six places where the feature is then found."""

from pathlib import Path

import polars as pl
import pytest

from features import declaration, housing
from features.contract import check_features
from features.declaration import declared_features, feature_groups
from features.dictionary import data_dictionary
from models.risk.training_set import monotone_directions
from register.errors import ContractError
from tests.features.stories import HOUSEHOLD, household
from tests.laws import test_feature_laws as laws
from tests.laws.future import WAYS, changed_bits
from tests.laws.registers import DATES, random_tables
from tests.watchlists.lists import explained, features, list_rules
from watchlists.reasons.facts import County
from watchlists.reasons.reasons import reasons

README = (Path(declaration.__file__).parent / "README.md").read_text(encoding="utf-8")
SNIPPET = README.split("```python\n")[1].split("```")[0]
NAME = "is_far_from_road"
ENDS = ("households", "DOMAIN 3.6 |")


@pytest.fixture(autouse=True)
def five_lines(monkeypatch):
    """Run the snippet as if it stood at the end of housing.py."""
    declared_features()
    monkeypatch.setattr(declaration, "_declared", dict(declaration._declared))
    exec(SNIPPET, dict(vars(housing)))


def test_it_is_five_lines_and_tells_who_lives_far_away():
    assert len(SNIPPET.strip().splitlines()) <= 5
    values = [household(households=[HOUSEHOLD | {"road_distance_km": km}])[NAME] for km in (6.0, 5.0, None)]
    assert values == [1, 0, None]


def test_it_stands_in_the_data_dictionary():
    rows = [row for row in data_dictionary().splitlines() if f"`{NAME}`" in row]
    assert [row.split(" | ")[1:] for row in rows] == [
        ["距主干路远", "far from a road", "", "0 … 1", "↑", *ENDS]
    ]


def test_the_contract_guards_it():
    chosen = [one for one in declared_features() if one.name == NAME]
    with pytest.raises(ContractError, match=f"feature {NAME} has 1 of 1 values outside 0 to 1"):
        check_features(pl.DataFrame({NAME: [2.0]}), chosen, "county c")


def test_the_laws_try_it():
    tables = random_tables(0)
    assert NAME in laws._build(tables).columns
    assert changed_bits(tables, DATES[1], WAYS, 0) == dict.fromkeys(WAYS, 0)
    laws.test_every_declaration_is_complete()
    laws.test_no_feature_reads_labels_audit_columns_or_when_a_record_was_replaced()
    laws.test_bounds_are_kept_and_no_value_is_infinite(0, 12)


def test_the_model_may_only_raise_the_risk_with_it():
    assert monotone_directions(declared_features())[NAME] == 1


def test_its_effect_is_explained_as_housing():
    assert feature_groups()["housing"][-1] == NAME


def test_the_workbook_names_it_as_evidence():
    frame = features(*({"household_id": f"H{n}", NAME: float(n == 1)} for n in range(1, 5)))
    row = {**explained("H1", housing=0.5, events=()), "rules": [], **frame.to_dicts()[0]}
    texts = reasons(row, County(frame, declared_features()), list_rules().wording)
    assert "距主干路远" in "".join(texts[0])
    assert "far from a road" in "".join(texts[1])
