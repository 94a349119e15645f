"""How events and circumstances are told a cadre: one table, in the words of the forms (DOMAIN 2, 3, 5)."""

from collections.abc import Mapping
from datetime import date

from watchlists.household.people import Sentence
from watchlists.line_words import money

#: Chinese as a village cadre of Yunnan writes it, and English. Braces take persons, months and amounts.
WORDS: Mapping[str, Sentence] = {
    "treated": (
        "{who}看病自付{amount}{stays}，最近一次{month}",
        "{who}: paid {amount} for treatment{stays}, last {month}",
    ),
    "stays": ("（住院{n}次）", " (hospital stays: {n})"),
    "major_illness": ("{who}{month}确诊大病", "{who}: major illness diagnosed {month}"),
    "chronic": ("{who}{month}查出慢性病", "{who}: chronic illness diagnosed {month}"),
    "disability": ("{who}{month}评定残疾{grade}", "{who}: disability certified {month}{grade}"),
    "grade": ("（{n}级）", " (grade {n})"),
    "incapacity": ("{who}{month}评定失能", "{who}: found unable to care for themselves {month}"),
    "studies": ("{who}在读{stage}，一年自付{amount}", "{who}: at school ({stage}), own cost {amount} a year"),
    "dropped_out": ("{who}{month}起失学辍学", "{who}: out of compulsory school since {month}"),
    "member_left": (
        "{month}家里少了1人，现有{able}人能劳动",
        "one member left {month}; {able} able to work now",
    ),
    "stopped": ("{who}{month}停工，现未就业{wage}", "{who}: work ended {month}, none now{wage}"),
    "wage_then": ("（原月工资{amount}）", " (wage was {amount} a month)"),
    "wage": ("（月工资{amount}）", " (wage {amount} a month)"),
    "stopped_unable": (
        "{who}{month}停工，现登记为无劳动能力",
        "{who}: work ended {month}, registered as unable to work since",
    ),
    "seeking": ("{who}{month}起在找工作", "{who}: looking for work since {month}"),
    "lower_wage": (
        "{who}换工，月工资由{before}降到{now}",
        "{who}: changed work, wage fell from {before} to {now} a month",
    ),
    "spell_ended": (
        "{who}{month}有一份工结束，现仍在务工",
        "{who}: one job ended {month}, at work in another",
    ),
    "shock": ("{month}{kind}{loss}", "{kind} {month}{loss}"),
    "loss": ("，损失{amount}", ", loss {amount}"),
    "dangerous_house": ("住房{month}鉴定为{grade}", "house graded {grade} {month}"),
    "unsafe_water": ("饮水{month}核查：{status}", "drinking water {month}: {status}"),
    "income": (
        "人均年收入约{income}（扣除自付医疗费），{distance}",
        "income about {income} a person and year after own medical payment, {distance}",
    ),
    "above": ("比监测线高{amount}", "{amount} above the line"),
    "below": ("比监测线低{amount}", "{amount} below the line"),
    "income_fell": ("人均收入比一年前少{amount}", "income a person {amount} less than a year ago"),
    "income_unknown": ("收入没有登记", "income is not recorded"),
    "past_falls": ("近四次核算中有{n}次低于监测线", "below the line at {n} of the last four readings"),
    "people": ("{n}口人，{able}人能劳动", "household of {n}, {able} able to work"),
    "old": ("全是60岁以上老人", "everybody is 60 or older"),
    "nobody_works": ("能劳动的{able}人现都没有务工", "nobody at work, {able} able to"),
    "certificates": ("{n}人持残疾证", "{n} with a disability certificate"),
    "long_ill": ("{who}长期慢性病或大病", "{who}: chronic or major illness"),
    "students": ("{n}人在读", "{n} at school"),
    "uninsured": ("{n}人没有参加医保", "{n} without health insurance"),
    "relocated": ("易地搬迁户", "relocated household"),
    "remote": ("偏远或边境村", "remote or border village"),
    "weak": ("{who}只能干轻活", "{who}: can do light work only"),
}
KINDS_EN: Mapping[str, str] = {
    "flood": "flood",
    "geological": "landslide or the like",
    "drought": "drought",
    "pest": "pest",
    "meteorological": "storm, hail or frost",
    "earthquake": "earthquake",
    "other_disaster": "disaster",
    "crop_loss": "crop loss",
    "livestock_loss": "loss of livestock",
    "price_fall": "fall of prices",
    "venture_failure": "failed venture",
    "accident_injury": "accident with injury",
    "accident_death": "fatal accident",
}
STAGES_EN: Mapping[str, str] = {
    "preschool": "nursery school",
    "primary": "primary",
    "middle": "middle",
    "high": "upper",
    "vocational": "vocational",
    "college": "college",
    "university": "university",
    "adult": "adult education",
}
WATER_EN: Mapping[str, str] = {
    "cut": "cut for more than a month",
    "quality": "below the norm of quality",
    "distance": "too far away",
}


def in_words(code: str, **words: Sentence | str | float) -> Sentence:
    """Put an event or circumstance into words.

    Examples
    --------
    >>> in_words("certificates", n=2)
    ('2人持残疾证', '2 with a disability certificate')
    """
    zh, en = WORDS[code]
    pairs = {name: word if isinstance(word, tuple) else (word, word) for name, word in words.items()}
    return (
        zh.format(**{name: one for name, (one, _) in pairs.items()}),
        en.format(**{name: one for name, (_, one) in pairs.items()}),
    )


def month(day: date) -> Sentence:
    """Name a month.

    Examples
    --------
    >>> month(date(2025, 10, 3))
    ('2025年10月', '2025-10')
    """
    return f"{day.year}年{day.month}月", f"{day:%Y-%m}"


def with_amount(code: str, amount: float | None, currency: str, **words: Sentence | str | float) -> Sentence:
    """Tell an amount, where there is one and amounts are told; nothing otherwise."""
    if not amount or not currency:
        return "", ""
    return in_words(code, amount=money(amount, currency), **words)
