import numpy as np

from models.risk.calibration.class_lines import ClassLines
from tests.models.training.test_season_training import SIZED, by_class, county, sized, trained


def test_members_judged_on_half_of_the_households_class_by_those_alone():
    """Nothing was known a year before: late rows of the other half have no margin by members apart."""
    recent = county().filter(county()["as_of_date"] > county()["as_of_date"].unique().sort()[2])
    season = trained(sized(recent), by_class(1.0), features=SIZED)
    assert 0 < season.late["household_id"].n_unique() < 500
    lines = season.model.class_lines_.lines
    assert lines["2-3"].slope < lines["4-5"].slope


def test_with_too_few_rows_to_judge_nobody_is_read_apart():
    few = sized(county()).filter(county()["household_id"] < "H0040")
    recent = few.filter(few["as_of_date"] > few["as_of_date"].unique().sort()[2])
    season = trained(recent, by_class(1.0), features=SIZED)
    assert season.late is None
    assert season.model.class_lines_ == ClassLines()


def test_whoever_falls_counts_by_the_class_of_the_day():
    """Couples that became families are read as families from that day on."""
    rows = sized(county())
    days = rows["as_of_date"].unique().sort()
    grown = rows.with_columns(
        household_size=np.where(rows["as_of_date"] > days[3], 4.0, rows["household_size"])
    )
    lines = trained(grown, by_class(1.0), features=SIZED).model.class_lines_.lines
    plain = trained(rows, by_class(1.0), features=SIZED).model.class_lines_.lines
    assert lines["4-5"].slope < plain["4-5"].slope
