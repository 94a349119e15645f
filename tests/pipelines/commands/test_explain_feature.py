from datetime import date

import polars as pl
import pytest

from features.declaration import declared_features
from features.engine import build_features
from features.evidence import WITHOUT, _inputs, evidence
from pipelines.commands.explain_feature import _label, _text, explain_feature
from register.errors import ParamsError, SourceError
from register.store import seal, write_lines, write_register_shard
from tests.features.stories import CHILD, DAY, HEAD, HOUSEHOLD, LINES, VILLAGE, frame, people, shard
from tests.laws.registers import DATES, random_tables, shard_of
from tests.parameters import write_parameters

STAY = {"member_id": "head", "kind": "inpatient", "occurred_on": date(2025, 3, 5), "own_payment": 6_000.0}
OLD = STAY | {"occurred_on": date(2024, 3, 5)}
AFTER = (
    "date: found 2026-01-31, allowed are month ends up to 2025-12-31, the end of season 2025Q4; "
    "set season in params.yaml to a later one"
)
BY_NAME = {one.name: one for one in declared_features()}


ROWS = """
发生日期     人编号     类别       几个月前    合规自付占全年需求                      录入日期                     无此条时的值
occurred on  member id  kind       months ago  eligible own payment, x a year's needs  date the record was entered  value without it
-----------  ---------  ---------  ----------  --------------------------------------  ---------------------------  ----------------
2024-03-05   head       inpatient  21          0.25                                    2024-03-05                   0.5
2025-03-05   head       inpatient  9           0.5                                     2025-05-02                   0
""".strip().splitlines()  # noqa: E501 - as wide as the terminal


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    """A register of one household: a hospital stay this year, corrected in May, and one last year."""
    monkeypatch.chdir(tmp_path)
    told = {
        "villages": [VILLAGE],
        "households": [HOUSEHOLD],
        "members": people(HEAD, CHILD),
        "health": [OLD, STAY, STAY | {"own_payment": 12_000.0, "recorded_on": date(2025, 5, 2)}],
    }
    root = tmp_path / "artifacts" / "register"
    write_register_shard(root, "c", {name: frame(name, rows) for name, rows in told.items()})
    write_lines(root, LINES)
    seal(root, {})
    write_parameters(tmp_path, {"season": "2025Q4", "features.first_season": "2024Q4"})
    return tmp_path


def test_the_bill_as_corrected_and_the_old_one_that_does_not_count(workspace):
    name = "own_payment_over_needs_12m"
    assert explain_feature(name, "h", "2025-12-31").splitlines() == [
        f"{name}  近12个月合规自付支出占全年需求  own medical payment in 12 months, share of a year's needs",
        "户 household h  截至 as of 2025-12-31",
        "值 value 0.5 x needs  范围 bounds 0 … ∞",
        "依据 source DOMAIN 1.3; medical alert, DOMAIN 4 [S41]",
        "来自 from health 健康与医疗: 2 条 rows",
        *ROWS,
    ]


def test_before_the_correction_the_first_version_is_shown(workspace):
    told = explain_feature("own_payment_over_needs_12m", "h", "2025-04-30")
    assert "值 value 0.25 x needs" in told
    assert "2025-05-02" not in told


def test_a_feature_with_another_name_is_refused_with_the_nearest(workspace):
    with pytest.raises(ParamsError) as refused:
        explain_feature("own_payment_needs", "h", "2025-12-31")
    assert str(refused.value).startswith(
        "feature: 'own_payment_needs' is not declared, nearest are own_payment_"
    )
    assert str(refused.value).endswith("; see docs/data_dictionary.md")


def test_a_household_nobody_knows_is_refused_without_its_name(workspace):
    with pytest.raises(SourceError) as refused:
        explain_feature("n_workers", "secret", "2025-12-31")
    assert str(refused.value) == (
        "artifacts/register: no county has such a household; allowed are its household_id as in the list and "
        "its own number as it stands in the export, whole and with its zeros; check what was typed"
    )


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("yesterday", "date: found 'yesterday', expected year-month-day such as 2025-12-31"),
        ("2025-12-30", "date: found 2025-12-30, allowed are month ends; features count calendar months"),
        (
            "2026-01-31",
            AFTER,
        ),
    ],
)
def test_a_day_that_is_no_month_end_or_after_the_season_is_refused(workspace, day, sentence):
    with pytest.raises(ParamsError) as refused:
        explain_feature("n_workers", "h", day)
    assert str(refused.value) == sentence


@pytest.mark.parametrize("name", ["n_workers", "earlier_resources"])
def test_a_day_before_the_household_was_known_is_refused(workspace, name):
    with pytest.raises(SourceError) as refused:
        explain_feature(name, "h", "2019-12-31")
    assert str(refused.value) == (
        "register: the household was not known on 2019-12-31; "
        "its first record was entered on 2020-01-01, name a later month end"
    )


def test_a_feature_of_every_kind_has_evidence_with_the_value_of_the_matrix():
    county = shard_of(random_tables(3))
    built = build_features(county, DATES, 12).filter(pl.col("as_of_date") == DATES[-1])
    row = built.row(0, named=True)
    for one in {one.over: one for one in declared_features()}.values():
        found = evidence(county, one, row["household_id"], DATES, 12)
        assert found.value == row[one.name], one.name
        assert one.zh in _text(found)


def test_whatever_a_feature_reads_has_a_label_in_both_languages():
    for one in declared_features():
        assert all(all(_label(one, name)) for name in _inputs(one)), one.name


def test_without_the_only_stay_nothing_would_have_been_paid():
    told = evidence(shard(health=[OLD, STAY]), BY_NAME["own_payment_over_needs_12m"], "h", [DAY], 12)
    assert told.records[WITHOUT].to_list() == pytest.approx([0.25, 0.0])


def test_others_are_counted_never_named():
    told = evidence(shard(), BY_NAME["neighbours_resources"], "h", [DAY], 12)
    assert told.records.to_dicts() == [{"village_id": "v", "n_others": 0}]
