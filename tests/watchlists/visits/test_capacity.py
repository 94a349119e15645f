import polars as pl
import pytest

from register.atomic import write_text
from register.errors import ParamsError
from watchlists.visits.capacity import Capacity, CapacityParameters, read_capacity_table

PLACES = pl.DataFrame({"county_id": ["C1", "C1"], "township_id": ["T1", "T2"]})


def table(tmp_path, text):
    write_text(tmp_path / "capacity.csv", text)
    return tmp_path / "capacity.csv"


def test_a_place_of_the_table_has_its_own_visits_and_the_others_the_default(tmp_path):
    capacity = Capacity(
        "township", 12, read_capacity_table(table(tmp_path, "place_id,visits\nT1,3\n007,0\n"))
    )
    places = pl.DataFrame({"township_id": ["T1", "007", "7"], "county_id": "C1"})
    assert places.select(capacity.expression().alias("visits"))["visits"].to_list() == [3, 0, 12]


def test_a_table_saved_by_a_spreadsheet_is_read(tmp_path):
    assert read_capacity_table(table(tmp_path, "\ufeffplace_id,visits\r\nT1,3\r\n")) == {"T1": 3}


def test_a_table_without_rows_leaves_every_place_its_default(tmp_path):
    assert read_capacity_table(table(tmp_path, "place_id,visits\n")) == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "row 1: found columns '', allowed are place_id,visits"),
        ("place,visits\n", "row 1: found columns 'place,visits', allowed are place_id,visits"),
        ("place_id,visits\nT1\n", "row 2: found 1 cells, allowed are a place_id and its visits; mend it"),
        ("place_id,visits\n,3\n", "row 2: found 2 cells, allowed are a place_id and its visits; mend it"),
        (
            "place_id,visits\nT1,-3\n",
            "row 2, column visits: found '-3', allowed is a whole number, 0 or more",
        ),
        (
            "place_id,visits\nT1,三\n",
            "row 2, column visits: found '三', allowed is a whole number, 0 or more",
        ),
        ("place_id,visits\nT1,3\nT1,3\n", "row 3, column place_id: 'T1' stands twice; keep one row"),
    ],
)
def test_a_table_nobody_can_plan_by_is_refused(tmp_path, text, said):
    path = table(tmp_path, text)
    with pytest.raises(ParamsError) as refused:
        read_capacity_table(path)
    assert str(refused.value) == f"{path}, {said}"


def test_a_table_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ParamsError) as refused:
        read_capacity_table(tmp_path / "none.csv")
    assert str(refused.value) == (
        f"{tmp_path / 'none.csv'}: not found; set watchlist.capacity.table to a CSV file place_id,visits"
    )


def test_a_place_the_register_does_not_have_is_refused_by_name():
    with pytest.raises(ParamsError) as refused:
        Capacity("township", 12, {"T1": 3, "T8": 1, "T9": 1}).refuse_unknown(PLACES, "capacity.csv")
    assert str(refused.value) == (
        "capacity.csv: place_id 'T8' is no township of the register (2 such places); "
        "mend it, or set watchlist.capacity.per to the kind of place the table names"
    )


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("per", "province", "found 'province', allowed is village, township or county"),
        ("visits", 0, "found 0, allowed is a whole number from 1"),
        ("visits", 1.5, "found 1.5, allowed is a whole number from 1"),
        ("visits", True, "found true, allowed is a whole number from 1"),
        ("visits", "12", "found '12', allowed is a whole number from 1"),
    ],
)
def test_a_capacity_nobody_can_plan_by_is_refused(name, value, said):
    section = {"per": "township", "visits": 12, "table": "capacity.csv", name: value}
    with pytest.raises(ParamsError) as refused:
        CapacityParameters.of(section, "watchlist.capacity")
    assert str(refused.value) == f"watchlist.capacity.{name}: {said}; mend it"


def test_a_place_of_several_counties_is_named_with_its_county():
    """C1 and C2 both have a township T1."""
    shared = pl.DataFrame({"county_id": ["C1", "C2", "C2"], "township_id": ["T1", "T1", "T2"]})
    with pytest.raises(ParamsError) as refused:
        Capacity("township", 12, {"T1": 3}).refuse_unknown(shared, "capacity.csv")
    assert str(refused.value) == (
        "capacity.csv: place_id 'T1' is a township of several counties (1 such places); "
        "write the county before it, as in COUNTY/T1"
    )
    told = Capacity("township", 12, {"C2/T1": 3, "T2": 4})
    told.refuse_unknown(shared, "capacity.csv")
    assert shared.select(told.expression()).to_series().to_list() == [12, 3, 4]


def test_a_floor_above_the_visits_is_refused_where_it_is_used():
    section = {"per": "township", "visits": 12, "table": "capacity.csv", "share": "need", "floor": 13}
    with pytest.raises(ParamsError, match="found floor 13 above visits 12, allowed is 12 or less; mend it"):
        CapacityParameters.of(section, "watchlist.capacity")
    assert CapacityParameters.of({**section, "share": "flat"}, "watchlist.capacity").floor == 13
