"""Last year's rural income a head."""

from datetime import date

from register.reference import rural_income


def test_rural_income_is_the_one_of_the_year_before_and_a_county_has_its_provinces():
    assert rural_income("530000", date(2024, 12, 31)) == 16_361
    assert rural_income("532328", date(2025, 1, 1)) == 17_454
    assert rural_income("530000", date(2020, 12, 31)) is None
    assert rural_income("610000", date(2025, 1, 1)) is None
