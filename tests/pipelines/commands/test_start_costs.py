"""What is missing is said with what it costs, and with the duties that fall silent."""

from pipelines.commands.start_costs import LABEL_PARTS, costs
from register.tables import TABLES


def test_every_table_but_the_look_backs_costs_something():
    said = [*costs([name for name in TABLES if name != "lookbacks"])]
    assert len(said) == len(TABLES)
    assert said[-1].startswith("  合起来看不到的原因 causes that no feature tells: 因病 illness")
    assert LABEL_PARTS.keys() <= TABLES.keys()


def test_water_costs_its_cause_its_duty_and_its_part_of_the_label():
    (said, causes) = costs(["water"])
    assert said.startswith("  饮水 water: ")
    for part in (
        "原因 causes: 因安全饮水",
        "必访 must-visit rules: 饮水不安全",
        "结果 label: 饮水不安全 unsafe water",
    ):
        assert part in said
    assert causes == "  合起来看不到的原因 causes that no feature tells: 因安全饮水 unsafe water"


def test_a_required_table_is_said_to_be_so():
    (said, *_) = costs(["income"])
    assert said.endswith("必需的表，没有就读不进来 required: nothing is read without it")


def test_nothing_missing_costs_nothing():
    assert [*costs([])] == []
