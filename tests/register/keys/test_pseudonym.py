import polars as pl

from register.keys.pseudonym import Pseudonymiser, is_pseudonym

SUN = Pseudonymiser(bytes(range(32)))


def test_a_pseudonym_is_128_bits_and_depends_on_key_column_and_id():
    one = SUN.pseudonym("household_id", "530622001")
    others = {
        SUN.pseudonym("member_id", "530622001"),
        SUN.pseudonym("household_id", "530622002"),
        Pseudonymiser(bytes(32)).pseudonym("household_id", "530622001"),
    }
    assert one == "462c32413e18df63de53c4e152b72c56"
    assert one not in others
    assert len(others) == 3


def test_missing_ids_stay_missing_and_row_order_is_kept():
    frame = pl.DataFrame(
        {"household_id": ["b", "a", "b"], "member_id": ["m", None, "n"], "amount": [1, 2, 3]}
    )
    done = SUN.tables({"income": frame})["income"]
    assert done["household_id"].to_list() == [SUN.pseudonym("household_id", name) for name in "bab"]
    assert done["member_id"].to_list() == [
        SUN.pseudonym("member_id", "m"),
        None,
        SUN.pseudonym("member_id", "n"),
    ]
    assert done["amount"].to_list() == [1, 2, 3]


def test_a_household_has_one_pseudonym_wherever_it_is_named():
    """Li split off from Wang; the Zhaos it merged with left the county long ago."""
    homes = pl.DataFrame(
        {"household_id": ["wang", "li", "he"], "origin_household_id": [None, "wang", "zhao"]}
    )
    done = SUN.tables({"households": homes})["households"]
    assert done["origin_household_id"].to_list() == [
        None,
        done["household_id"][0],
        SUN.pseudonym("household_id", "zhao"),
    ]


def test_a_pseudonym_is_told_from_the_number_of_an_office():
    assert is_pseudonym(Pseudonymiser(bytes(32)).pseudonym("household_id", "53062200100005"))
    assert not any(map(is_pseudonym, ("53062200100005", "6C6E375E" * 4, "")))
