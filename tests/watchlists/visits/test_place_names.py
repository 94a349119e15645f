"""What places are called."""

import polars as pl

from watchlists.visits.place_names import NAMES, area_names, household_places

VILLAGES = pl.DataFrame(
    {
        "village_id": ["V1", "V2", "V3"],
        "township_id": ["T1", "T1", "T2"],
        "county_id": "C1",
        "name": ["一村", None, "三村"],
        "township_name": ["凤翔街道", "凤翔街道", None],
        "county_name": "临翔区",
    }
)


def test_every_place_that_has_a_name_is_named_once():
    assert area_names(VILLAGES).rows() == [
        ("county", "C1", "临翔区"),
        ("township", "T1", "凤翔街道"),
        ("village", "V1", "一村"),
        ("village", "V3", "三村"),
    ]


def test_a_township_that_two_villages_call_differently_has_one_name():
    twice = VILLAGES.with_columns(township_name=pl.Series(["凤翔镇", "凤翔街道", None]))
    assert area_names(twice).filter(level="township")["area_name"].len() == 1
    assert area_names(twice[::-1]).equals(area_names(twice))


def test_a_delivery_without_names_of_townships_leaves_them_unsaid():
    bare = VILLAGES.drop("township_name", "county_name")
    assert area_names(bare)["level"].unique().to_list() == ["village"]
    assert household_places(bare).filter(village_id="V1").rows() == [("V1", "一村", None, None)]


def test_a_household_is_told_by_its_village_what_all_its_places_are_called():
    told = household_places(VILLAGES).sort("village_id")
    assert told.columns == ["village_id", *NAMES]
    assert told.rows() == [
        ("V1", "一村", "凤翔街道", "临翔区"),
        ("V2", None, "凤翔街道", "临翔区"),
        ("V3", "三村", None, "临翔区"),
    ]
