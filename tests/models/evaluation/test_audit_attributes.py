from datetime import date

import polars as pl

from features.declaration import declared_features
from models.evaluation.audit_attributes import ATTRIBUTES, FEATURES_AUDITED, attributes
from tests.households import household, village_of

DAY = date(2024, 9, 30)
PLAIN = {"is_elderly_only": 0.0, "n_disabled_members": 0.0, "is_relocated": 0.0, "is_remote_village": 0.0}


def told(features, members=()):
    """Tell the attributes of H1, whose head is the first of `members`."""
    rows = [{"member_id": f"M{number}", **row} for number, row in enumerate(members)]
    frame = pl.DataFrame(
        [
            {
                **PLAIN,
                "household_size": 3.0,
                "category": "ordinary",
                **features,
                "household_id": "H1",
                "as_of_date": DAY,
            }
        ],
        schema_overrides=dict.fromkeys([*PLAIN, "household_size"], pl.Float64()),
    )
    found = attributes(
        village_of(household("H1", members=0) | {"members": [{"household_id": "H1", **row} for row in rows]}),
        frame.select("household_id", "as_of_date", *FEATURES_AUDITED),
        DAY,
    )
    assert found.columns == ["household_id", "as_of_date", *ATTRIBUTES]
    return found.row(0, named=True)


def test_the_head_tells_ethnic_group_and_sex():
    """A Han daughter and her mother of a minority, the head."""
    family = [
        {"relation": "child", "sex": "female", "ethnicity": "han"},
        {"relation": "head", "sex": "female", "ethnicity": "minority"},
    ]
    found = told({}, family)
    assert (found["minority"], found["female_head"]) == ("yes", "yes")


def test_a_head_who_came_after_the_date_is_not_seen():
    assert (
        told({}, [{"relation": "head", "sex": "female", "valid_from": "2024-10-01"}])["female_head"] is None
    )


def test_what_features_tell_is_read_off_them():
    found = told({"is_elderly_only": 1.0, "n_disabled_members": 2.0, "household_size": 1.0})
    assert [found[name] for name in ("elderly_only", "disabled", "remote", "household_size")] == [
        *("yes", "yes", "no", "1")
    ]


def test_who_has_no_record_of_a_move_is_not_relocated_and_what_else_is_missing_stays_so():
    found = told({"is_relocated": None, "is_remote_village": None, "household_size": None})
    assert [found[name] for name in ("relocated", "remote", "household_size")] == ["no", None, None]


def test_ethnic_group_and_sex_of_the_head_are_no_features():
    assert not {"minority", "female_head", "ethnicity", "sex"} & {one.name for one in declared_features()}
