"""What a register without some tables cannot see: features, causes, duties, parts of the label."""

from collections.abc import Iterator, Sequence

from features.blindness import blind_without, causes_without
from register.reference.alert_rules import must_visit_rules
from register.reference.causes import causes
from register.reference.priority_visits import priority_visits
from register.tables import TABLES

#: What a fall is read off, beside the incomes (`register.readings`).
LABEL_PARTS = {
    "income": ("家庭收入低于收入线", "income below the line"),
    "health": ("扣除自付医疗费", "own medical payments, taken off the income"),
    "housing": ("住房不安全", "unsafe housing"),
    "water": ("饮水不安全", "unsafe water"),
    "schooling": ("失学辍学", "a child out of school"),
    "monitoring": ("是否已在监测、是否曾返贫", "who is under monitoring already"),
    "assistance": ("在享帮扶", "the help that households are under"),
}


def costs(absent: Sequence[str]) -> Iterator[str]:
    """Say what each absent table costs, Chinese and English.

    Parameters
    ----------
    absent : sequence of str
        Register tables.
    """
    for table in absent:
        yield f"  {TABLES[table].zh} {table}: {'；'.join(_costs_of(table))}"
    if blind := causes_without(absent):
        yield f"  合起来看不到的原因 causes that no feature tells: {_named(blind)}"


def _costs_of(table: str) -> Iterator[str]:
    blind = blind_without([table])
    yield f"{len(blind)} 项特征 features"
    if unseen := causes_without([table]):
        yield f"原因 causes: {_named(unseen)}"
    duties = [rule.zh for rule in must_visit_rules() if blind & {*rule.when}]
    if duties:
        yield f"必访 must-visit rules: {'、'.join(duties)}"
    kinds = {one.zh for one in priority_visits() if blind & {*one.at_least, *one.below}}
    if kinds:
        yield f"优先走访 priority visits: {len(kinds)}"
    if table in LABEL_PARTS:
        yield f"结果 label: {' '.join(LABEL_PARTS[table])}"
    if TABLES[table].required:
        yield "必需的表，没有就读不进来 required: nothing is read without it"


def _named(codes: Sequence[str]) -> str:
    words = causes()
    return "、".join(f"{words[code].zh} {words[code].en}" for code in codes)
