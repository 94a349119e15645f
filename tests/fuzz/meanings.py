"""Deliveries that look valid and mean something else: ids per place, another century, codes as money.

Each is made of two whole counties, and each asks for a finding, a quarantined row or a refusal.
"""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from tests.households import household, tables_of, village_tables

COUNTIES, VILLAGES, HOMES = ("C1", "C2"), 2, 6


@dataclass(frozen=True)
class Meaning:
    """One way to spoil what a delivery means, and not how it is written.

    Attributes
    ----------
    spoil : callable
        Takes the counties (county -> table -> frame) and a random generator; changes them.
    codes : tuple of str
        Checks one of which must find it where no row is set aside.
    may_be_read : bool
        Whether a declared rule may read it as the clean delivery.
    exact : bool
        Whether every row that goes in must be one of the clean delivery.
    kinds : tuple of str
        Suffixes it is written with.
    """

    spoil: Callable
    codes: tuple[str, ...] = ()
    may_be_read: bool = False
    exact: bool = False
    kinds: tuple[str, ...] = ("csv", "xlsx", "parquet")

    @property
    def name(self):
        return self.spoil.__name__.replace("_", " ")


def counties():
    """Two counties of two villages with six families each; ids name county, village, number."""
    return {county: _county(county, place) for place, county in enumerate(COUNTIES)}


def _county(county, place):
    homes, villages = [], []
    for village in range(1, VILLAGES + 1):
        of_village = f"{county}V{village}"
        villages.append(
            {
                "county_id": county,
                "township_id": f"{county}T{village}",
                "village_id": of_village,
                "region_id": "530000",
                "name": f"{county}{village}村",
            }
        )
        homes += [_family(of_village, number, 12 * place + 6 * village) for number in range(HOMES)]
    return village_tables(*homes, villages=villages)


def _family(village, number, first_year):
    """A head and a child who moved in nowhere and earned a little every month of a year."""
    name, year = f"{village}H{number}", 1940 + first_year + number
    lasting = {"household_id": name, "valid_from": "2021-01-01", "recorded_on": "2021-01-18"}
    made = household(name, members=0, income=900.0 + number, first="2024-01", last="2024-12")
    people = (("1", f"{year}-03-04", "head", "male"), ("2", f"{year + 31}-05-06", "child", "female"))
    made["households"] = [{**lasting, "village_id": village, "category": "ordinary"}]
    made["members"] = [
        {**lasting, "member_id": f"{name}P{one}", "birth_date": birth, "relation": relation, "sex": sex}
        for one, birth, relation, sex in people
    ]
    return made


def _renamed(tables, column, name):
    """Write another id in every table; `name` takes the id that names its place."""
    for table, frame in tables.items():
        for own in (one for one in (column, f"origin_{column}") if one in frame.columns):
            ids = [None if one is None else name(one) for one in frame[own]]
            tables[table] = tables[table].with_columns(pl.Series(own, ids, pl.String))


def _everywhere(delivery, column, name):
    for tables in delivery.values():
        _renamed(tables, column, name)


def households_numbered_by_county(delivery, _):
    _everywhere(delivery, "household_id", lambda one: one[2:])


def households_numbered_by_village(delivery, _):
    _everywhere(delivery, "household_id", lambda one: one[one.index("H") :])


def people_numbered_by_household(delivery, _):
    _everywhere(delivery, "member_id", lambda one: one[one.index("P") :])


def people_numbered_by_county(delivery, _):
    _everywhere(delivery, "member_id", lambda one: one[2:])


def people_named_by_their_household(delivery, _):
    _everywhere(delivery, "member_id", lambda one: one[: one.index("P")])


def villages_numbered_by_township(delivery, _):
    _everywhere(delivery, "village_id", lambda one: one[:2] + "V1")


def villages_numbered_by_county(delivery, _):
    _everywhere(delivery, "village_id", lambda one: one[2:])


def townships_numbered_by_county(delivery, _):
    _everywhere(delivery, "township_id", lambda one: one[2:])


def _home(delivery, rng):
    """Choose a county's tables and one of its households."""
    tables = delivery[rng.choice(COUNTIES)]
    return tables, rng.choice(tables["households"]["household_id"].to_list())


def _changed(tables, table, chosen, **columns):
    """Change columns of the rows for which `chosen` holds."""
    kept = {name: pl.when(chosen).then(new).otherwise(name).alias(name) for name, new in columns.items()}
    tables[table] = tables[table].with_columns(**kept)


def an_id_given_to_a_later_family(delivery, rng):
    tables, old = _home(delivery, rng)
    later = rng.choice([one for one in tables["households"]["household_id"] if one != old])
    ends, begins = pl.lit("2022-06-30").str.to_date(), pl.lit("2023-01-01").str.to_date()
    for table in ("households", "members"):
        own = pl.col("household_id")
        _changed(tables, table, own == old, valid_to=ends)
        _changed(tables, table, own == later, valid_from=begins, recorded_on=begins)
    _renamed(tables, "household_id", lambda one: old if one == later else one)


def a_person_whom_no_household_let_go(delivery, rng):
    tables, old = _home(delivery, rng)
    new = rng.choice([one for one in tables["households"]["household_id"] if one != old])
    gone = (
        tables["members"]
        .filter(household_id=old, relation="child")
        .with_columns(
            household_id=pl.lit(new),
            valid_from=pl.lit("2023-01-01").str.to_date(),
            recorded_on=pl.lit("2023-01-03").str.to_date(),
        )
    )
    tables["members"] = pl.concat([tables["members"], gone])


def a_person_whom_no_county_let_go(delivery, rng):
    first, second = rng.sample(COUNTIES, 2)
    new = rng.choice(delivery[second]["households"]["household_id"].to_list())
    gone = delivery[first]["members"].filter(relation="child").head(1)
    moved = gone.with_columns(household_id=pl.lit(new))
    delivery[second]["members"] = pl.concat([delivery[second]["members"], moved])


def a_household_that_two_counties_keep(delivery, rng):
    first, second = rng.sample(COUNTIES, 2)
    kept = delivery[first]["households"]["household_id"][0]
    village = delivery[second]["villages"]["village_id"][0]
    for table in ("households", "members"):
        rows = delivery[first][table].filter(household_id=kept)
        rows = rows.with_columns(village_id=pl.lit(village)) if table == "households" else rows
        delivery[second][table] = pl.concat([delivery[second][table], rows])


def _one_day(delivery, rng, table, column, years):
    """Move one day of one household by years."""
    tables, home = _home(delivery, rng)
    moved = pl.col(column).dt.offset_by(f"{years}y")
    _changed(tables, table, pl.col("household_id") == home, **{column: moved})


def births_of_another_century(delivery, rng):
    _one_day(delivery, rng, "members", "birth_date", rng.choice([-100, 100]))


def wages_of_another_century(delivery, rng):
    _one_day(delivery, rng, "income", "occurred_on", -100)


def entries_of_another_century(delivery, rng):
    _one_day(delivery, rng, "income", "recorded_on", rng.choice([-100, 100]))


def events_of_the_next_century(delivery, rng):
    _one_day(delivery, rng, "income", "occurred_on", 100)


def codes_for_no_answer_as_money(delivery, rng):
    tables, home = _home(delivery, rng)
    first = (pl.col("household_id") == home) & (pl.col("occurred_on").dt.month() == 1)
    code = float(rng.choice([99998, 99999, 9999999, 999999, 9999998, -9, -1, -99]))
    _changed(tables, "income", first, amount=pl.lit(code))


SPELLINGS = (str.lower, "'{}".format, '="{}"'.format, lambda one: f"{one[:3]} {one[3:]}")


def one_table_with_ids_of_its_own_spelling(delivery, rng):
    spelt, table = rng.choice(SPELLINGS), rng.choice(["income", "members", "households"])
    for tables in delivery.values():
        ids = [spelt(one) for one in tables[table]["household_id"]]
        tables[table] = tables[table].with_columns(pl.Series("household_id", ids))


def rows_of_a_household_of_the_other_county(delivery, rng):
    first, second = rng.sample(COUNTIES, 2)
    rows = delivery[first]["income"].head(3)
    delivery[second]["income"] = pl.concat([delivery[second]["income"], rows])


def households_numbered_anew_each_year(delivery, rng):
    """Everybody moves up one number on New Year; sometimes nobody ends the year before."""
    day, ends = pl.lit("2022-01-01").str.to_date(), rng.random() < 0.5
    for tables in delivery.values():
        homes = tables["households"]["household_id"].to_list()
        following = pl.col("household_id").replace(dict(zip(homes, homes[1:] + homes[:1], strict=True)))
        for table in ("households", "members"):
            old = tables[table].with_columns(valid_to=day) if ends else tables[table]
            new = tables[table].with_columns(following, valid_from=day, recorded_on=day)
            tables[table] = pl.concat([old, new])
        tables["income"] = tables["income"].with_columns(following)


def an_id_given_to_a_neighbour_without_a_gap(delivery, rng):
    """The next family of the village; sometimes nobody ended the first."""
    tables = delivery[rng.choice(COUNTIES)]
    place = rng.randrange(HOMES - 1)
    old, later = tables["households"]["household_id"][place : place + 2].to_list()
    day, ends = pl.lit("2022-06-30").str.to_date(), rng.random() < 0.5
    for table in ("households", "members"):
        own = pl.col("household_id")
        if ends:
            _changed(tables, table, own == old, valid_to=day)
        _changed(tables, table, own == later, valid_from=day, recorded_on=day)
    _renamed(tables, "household_id", lambda one: old if one == later else one)


def income_of_a_household_that_ended(delivery, rng):
    tables, home = _home(delivery, rng)
    day = pl.lit("2022-06-30").str.to_date()
    for table in ("households", "members"):
        _changed(tables, table, pl.col("household_id") == home, valid_to=day)


def households_called_by_their_heads(delivery, rng):
    """Two heads of one village are called alike."""
    tables = delivery[rng.choice(COUNTIES)]
    alike = tables["households"]["household_id"][:2].to_list()
    _renamed(tables, "household_id", lambda one: "王伟" if one in alike else one)


def a_baby_under_its_mother_s_number(delivery, rng):
    tables, home = _home(delivery, rng)
    day = pl.lit("2023-05-06").str.to_date()
    baby = tables["members"].filter(household_id=home, relation="child")
    born = baby.with_columns(birth_date=day, valid_from=day, recorded_on=day)
    tables["members"] = pl.concat([tables["members"], born])


def a_person_of_two_households_since_one_day(delivery, rng):
    """The later entry takes the place of the earlier, as a correction does."""
    tables, old = _home(delivery, rng)
    new = rng.choice([one for one in tables["households"]["household_id"] if one != old])
    later = pl.lit("2021-03-01").str.to_date()
    again = tables["members"].filter(household_id=old, relation="child")
    again = again.with_columns(household_id=pl.lit(new), recorded_on=later)
    tables["members"] = pl.concat([tables["members"], again])


def work_of_people_numbered_by_household(delivery, _):
    """Only employment counts people in each household; one entry would replace another's."""
    for tables in delivery.values():
        homes = tables["households"]["household_id"].to_list()
        jobs = [
            {"household_id": home, "member_id": "1", "started_on": "2022-01-01", "activity": "employee"}
            | {"recorded_on": f"2022-02-{day:02}"}
            for day, home in enumerate(homes, 1)
        ]
        tables["employment"] = tables_of(employment=jobs)["employment"]


def places_that_differ_in_look(delivery, rng):
    column = rng.choice(["township_id", "village_id"])
    tables = delivery[rng.choice(COUNTIES)]
    one = tables["villages"][column][0]
    other = pl.col(column).replace({tables["villages"][column][1]: one.lower()})
    for table in ("villages", "households"):
        if column in tables[table].columns:
            tables[table] = tables[table].with_columns(other)


def people_that_differ_in_look(delivery, rng):
    """One of the household was entered again, the number in small letters."""
    tables, home = _home(delivery, rng)
    day = pl.lit("2022-01-01").str.to_date()
    again = tables["members"].filter(household_id=home).head(1)
    again = again.with_columns(pl.col("member_id").str.to_lowercase(), valid_from=day, recorded_on=day)
    tables["members"] = pl.concat([tables["members"], again])


def households_in_the_other_county_s_folder(delivery, _):
    first, second = (delivery[county]["households"] for county in COUNTIES)
    delivery["C1"]["households"], delivery["C2"]["households"] = second, first


def villages_under_another_county_s_id(delivery, rng):
    first, second = rng.sample(COUNTIES, 2)
    delivery[first]["villages"] = delivery[first]["villages"].with_columns(county_id=pl.lit(second))


def _in_every_date(delivery, table, write):
    for tables in delivery.values():
        days = [name for name, kind in tables[table].schema.items() if kind == pl.Date]
        tables[table] = tables[table].with_columns(write(pl.col(name)).alias(name) for name in days)


def days_as_instants_of_greenwich(delivery, rng):
    """Midnight in Shanghai is 16:00 of the day before in Greenwich."""

    def instant(day):
        local = day.cast(pl.Datetime("us")).dt.replace_time_zone("Asia/Shanghai")
        return local.dt.convert_time_zone("UTC")

    _in_every_date(delivery, rng.choice(["income", "members", "households"]), instant)


def days_with_an_hour(delivery, rng):
    """Sixteen o'clock of the day before, without a zone: nobody can tell."""
    table = rng.choice(["income", "households"])
    _in_every_date(delivery, table, lambda day: day.cast(pl.Datetime("us")).dt.offset_by("-8h"))


def days_without_separators_or_zeros(delivery, rng):
    """2021118 may be the 18th of January or the 8th of November."""

    def run_together(day):
        return pl.format("{}{}{}", day.dt.year(), day.dt.month(), day.dt.day())

    _in_every_date(delivery, rng.choice(["income", "members"]), run_together)


MEANINGS = (
    Meaning(households_numbered_by_county),
    Meaning(households_numbered_by_village),
    Meaning(people_numbered_by_household),
    Meaning(people_numbered_by_county),
    Meaning(people_named_by_their_household),
    Meaning(villages_numbered_by_township),
    Meaning(villages_numbered_by_county, ("village_of_two_counties",)),
    Meaning(townships_numbered_by_county, ("township_of_two_counties",)),
    Meaning(an_id_given_to_a_later_family),
    Meaning(a_person_whom_no_household_let_go, ("in_two_households",)),
    Meaning(a_person_whom_no_county_let_go, ("in_two_households",)),
    Meaning(a_household_that_two_counties_keep),
    Meaning(births_of_another_century, ("too_old",)),
    Meaning(wages_of_another_century, ("happened_in_another_age",)),
    Meaning(entries_of_another_century, ("entered_in_another_age",)),
    Meaning(events_of_the_next_century),
    Meaning(codes_for_no_answer_as_money, ("no_answer_code",)),
    Meaning(one_table_with_ids_of_its_own_spelling),
    Meaning(rows_of_a_household_of_the_other_county),
    Meaning(villages_under_another_county_s_id),
    Meaning(households_numbered_anew_each_year),
    Meaning(an_id_given_to_a_neighbour_without_a_gap),
    Meaning(income_of_a_household_that_ended, ("record_after_ending",)),
    Meaning(households_called_by_their_heads),
    Meaning(a_baby_under_its_mother_s_number),
    Meaning(a_person_of_two_households_since_one_day, ("entered_in_two_households",)),
    Meaning(work_of_people_numbered_by_household),
    Meaning(places_that_differ_in_look, ("township_ids_alike", "village_ids_alike")),
    Meaning(people_that_differ_in_look, ("member_ids_alike",)),
    Meaning(households_in_the_other_county_s_folder),
    Meaning(days_as_instants_of_greenwich, may_be_read=True, exact=True, kinds=("csv", "parquet")),
    Meaning(days_with_an_hour, exact=True),
    Meaning(days_without_separators_or_zeros, exact=True),
)


def people_known_by_a_word_for_nobody(delivery, rng):
    """A program wrote its word for no value where a person had no number."""
    word = rng.choice(["nan", "None", "<NA>", "NULL", "无", "—"])
    for tables in delivery.values():
        tables["members"] = tables["members"].with_columns(member_id=pl.lit(word))


def days_with_dots(delivery, rng):
    def dotted(day):
        return pl.format("{}.{}.{}", day.dt.year(), day.dt.month(), day.dt.day())

    _in_every_date(delivery, rng.choice(["income", "members", "households"]), dotted)


def days_as_numbers_of_a_column_with_gaps(delivery, rng):
    """20240105.0 is what a program leaves of 20240105 where another cell was empty."""

    def pointed(day):
        return pl.format("{}.0", day.dt.strftime("%Y%m%d"))

    _in_every_date(delivery, rng.choice(["income", "members", "households"]), pointed)


def ids_as_numbers_that_skip(delivery, rng):
    """A float of 32 bits holds no more than seven digits."""
    table = rng.choice(["income", "members"])
    for tables in delivery.values():
        number = pl.int_range(pl.len()) + 53_000_001
        tables[table] = tables[table].with_columns(household_id=number.cast(pl.Float32))


MEANINGS += (
    Meaning(people_known_by_a_word_for_nobody, exact=True),
    Meaning(days_with_dots, may_be_read=True, exact=True),
    Meaning(days_as_numbers_of_a_column_with_gaps, may_be_read=True, exact=True),
    Meaning(ids_as_numbers_that_skip, exact=True),
)
