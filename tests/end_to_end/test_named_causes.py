"""What a run's list says of causes, held against its own register, over every listed household."""

import polars as pl
import pytest

from features.declaration import CAUSES, declared_features
from models.ranking.speaking import met
from register.reference import cause_events, cause_needs, causes, measures, must_visit_rules
from register.store import Register
from watchlists.visits.boards import MOVES

LABELS = causes()
GROUP_OF = {one.name: one.group for one in declared_features()}
COMPULSORY, BEYOND = ("primary", "middle"), ("high", "vocational", "college", "university")


class Listing:
    """The listed households of a run with the features and records of the day."""

    def __init__(self, folder):
        released = folder / "releases" / "current"
        self.listed = pl.read_parquet(released / "watchlist.parquet")
        self.explained = pl.read_parquet(released / "explanations.parquet")
        self.day = self.listed["as_of_date"].max()
        self.features = pl.concat(
            pl.read_parquet(path) for path in sorted((folder / "artifacts" / "features").glob("*.parquet"))
        ).filter(pl.col("as_of_date") == self.day)
        self.register = Register(folder / "artifacts" / "register")

    def of_cause(self, conditions):
        """List the pairs of household and cause for which any condition of the cause is met."""
        rows = [
            self.features.filter(met(one)).select("household_id", pl.lit(one.cause).alias("cause"))
            for one in conditions
        ]
        return set(pl.concat(rows).iter_rows())

    def named(self):
        return list(
            self.listed.select("household_id", "named_causes")
            .explode("named_causes")
            .drop_nulls()
            .iter_rows()
        )

    def offered(self, measure):
        chosen = self.listed.filter(pl.col("measures").list.contains(measure))
        return set(chosen["household_id"])

    def records(self, table):
        counties = self.listed["county_id"].unique().sort()
        return pl.concat(self.register.shard(county).view(table, self.day) for county in counties)

    def pupils(self):
        """List who is at school or dropped out, with stage and age."""
        running = self.records("schooling").filter(
            pl.col("ended_on").is_null() | (pl.col("ended_on") > self.day)
        )
        born = self.records("members").select("member_id", "household_id", "birth_date")
        age = (pl.lit(self.day).dt.year() - pl.col("birth_date").dt.year()).alias("age")
        return running.drop("household_id").join(born, on="member_id").with_columns(age)

    def told_by_rules(self, row):
        """Name the causes whose facts a must-visit rule has told."""
        spoken = [rule for rule in must_visit_rules() if rule.code in row["rules"]]
        return {GROUP_OF[name] for rule in spoken for name in rule.when}


@pytest.fixture(scope="module")
def listing(whole):
    return Listing(whole.folder)


def test_a_cause_is_named_only_where_the_register_shows_an_event_of_it(listing):
    assert listing.named()
    assert set(listing.named()) <= listing.of_cause(cause_events())


def test_a_cause_is_named_only_where_what_it_needs_is_met(listing):
    asking = {one.cause for one in cause_needs()}
    met_needs = listing.of_cause(cause_needs())
    assert [pair for pair in listing.named() if pair[1] in asking and pair not in met_needs] == []


def test_no_cause_is_named_without_a_fact(listing):
    for row in listing.listed.filter(pl.col("risk").is_not_null()).iter_rows(named=True):
        points = [point for point in row["points_zh"] if "模型将风险上升归因于此" in point]
        assert [point.split("：")[0] for point in points] == [
            LABELS[one].zh for one in row["named_causes"][:3]
        ]
        for cause, point in zip(row["named_causes"], points, strict=False):
            assert "见必访规则" not in point or cause in listing.told_by_rules(row)


def test_every_named_cause_is_kept_with_what_happened(listing):
    fresh = pl.col("evidence").list.eval(
        pl.element().filter(pl.element().struct.field("is_fresh")).struct.field("group")
    )
    happened = dict(listing.explained.select("household_id", fresh).iter_rows())
    assert [pair for pair in listing.named() if pair[1] not in happened[pair[0]]] == []


def test_what_makes_a_household_most_vulnerable_is_always_named(listing):
    weak = listing.listed.filter(pl.col("risk").is_not_null(), pl.col("vulnerability").list.len() > 0)
    assert len(weak)
    assert weak["points_zh"].list.join("").str.contains("处境薄弱在于").all()


def test_where_no_cause_is_named_it_says_so_and_what_to_ask_of_first(listing):
    unnamed = listing.listed.filter(pl.col("risk").is_not_null(), pl.col("main_cause").is_null())
    for points in unnamed["points_zh"]:
        assert points[-1].startswith("走访时先问：")
        assert any(point.startswith(("近一年", "入册不满一年")) for point in points)


def test_compulsory_school_is_offered_only_with_a_child_of_that_age(listing):
    pupils = listing.pupils().filter(pl.col("age").is_between(5, 17))
    of_age = pupils.filter(pl.col("stage").is_in([*COMPULSORY, "dropped_out"]))["household_id"]
    assert listing.offered("compulsory_education") <= set(of_age)


def test_other_school_support_is_offered_only_with_somebody_at_school(listing):
    at_school = listing.pupils().filter(~pl.col("stage").is_in(["dropped_out", "not_attending"]))
    assert listing.offered("education") <= set(at_school["household_id"])


def test_nobody_who_was_relocated_is_offered_to_be(listing):
    moved = listing.records("relocation").filter(pl.col("kind").is_in(MOVES))["household_id"]
    assert not listing.offered("relocation") & set(moved)


def test_a_house_is_repaired_and_a_well_made_safe_only_where_they_are_not(listing):
    unsafe = {
        "housing": "has_dangerous_house",
        "relocation": "has_dangerous_house",
        "water": "has_unsafe_water",
        "infrastructure": "has_unsafe_water",
    }
    for measure, feature in unsafe.items():
        households = listing.features.filter(pl.col(feature) == 1)["household_id"]
        assert listing.offered(measure) <= set(households)


def test_every_measure_serves_a_cause_that_is_named_or_that_a_rule_speaks_of(listing):
    for row in listing.listed.iter_rows(named=True):
        served = {*row["named_causes"], *listing.told_by_rules(row)} & {*CAUSES}
        assert all(served & set(measures()[code].serves) for code in row["measures"])


def test_years_of_school_are_not_told_beside_a_student_who_has_more(listing):
    beyond = listing.pupils().filter(pl.col("stage").is_in(BEYOND))["household_id"]
    schooled = listing.listed.filter(pl.col("household_id").is_in(beyond.implode()))
    assert not schooled["reasons_zh"].str.contains("受教育年限").any()


def test_nobody_who_cannot_work_is_told_to_look_for_work(listing):
    none = listing.features.filter(pl.col("n_able_to_work") == 0)["household_id"]
    idle = listing.listed.filter(pl.col("household_id").is_in(none.implode()))
    assert not idle["reasons_zh"].str.contains("求职人数").any()
    assert not idle["main_cause"].is_in(["employment"]).any()
