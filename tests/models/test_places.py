import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from models.places import whole
from models.registry.paired import compare_at_capacity
from tests.models.registry.test_paired import SETTINGS, rows

COUNTY, PLACE = (
    st.text(alphabet="ab1_-.", min_size=1, max_size=3),
    st.text(alphabet="ab1/-", min_size=1, max_size=3),
)


@given(st.lists(st.tuples(COUNTY, PLACE), min_size=1, unique=True))
def test_two_places_never_have_one_key(places):
    frame = pl.DataFrame(places, schema=["county_id", "village_id"], orient="row")
    assert frame.select(whole("village_id").n_unique()).item() == len(places)


def test_townships_numbered_alike_in_two_counties_have_visits_of_their_own():
    """The same five townships once in one county, once as those of two."""
    one = rows(100.0)
    two = one.with_columns(
        county_id=pl.when(pl.col("household_id") < "H100").then(pl.lit("C1")).otherwise(pl.lit("C2"))
    )
    visits = [
        compare_at_capacity(some, some, pl.lit(4), "township_id", SETTINGS).visits for some in (one, two)
    ]
    assert visits[1] == 2 * visits[0]
