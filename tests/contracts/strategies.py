"""Rows of text cells made from the contracts: such as must be accepted, and such as must not."""

from datetime import date

from hypothesis import strategies as st

from register.contract import Column, Table
from register.intake.casting import FALSE, TRUE

#: Born, then it began, then it ended, then it was entered: no valid row contradicts itself.
BORN = st.dates(date(1940, 1, 1), date(2009, 12, 31))
BEGAN = st.dates(date(2010, 1, 1), date(2019, 12, 31))
ENDED = st.dates(date(2020, 1, 1), date(2024, 12, 31))
ENTERED = st.dates(date(2025, 1, 1), date(2025, 12, 31))
TIMES = {"birth_date": BORN, "ended_on": ENDED, "valid_to": ENDED, "recorded_on": ENTERED}

#: Spellings of a day, with and without a midnight; the last is an instant on China's clock.
SPELLINGS = (
    *("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d 0:00"),
    *("%Y-%m-%dT%H:%M:%S.0", "%Y-%m-%d 00:00:00+08:00"),
)
WORDS = st.text("王李赵山水村一二三abcXYZ0123456789-·（） ", min_size=1).filter(str.strip)
#: Of dashes alone an id would name nothing.
IDS = st.text("0123456789ABCxyz-", min_size=1, max_size=14).filter(lambda text: bool(text.strip("-")))
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@st.composite
def citizen_numbers(draw: st.DrawFn) -> str:
    """An invented number whose last character fits the others (GB 11643)."""
    digits = f"53{draw(st.integers(0, 9999)):04}{draw(BORN):%Y%m%d}{draw(st.integers(0, 999)):03}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True))
    return digits + "10X98765432"[total % 11]


def cells(column: Column) -> st.SearchStrategy[str]:
    """Any spelling of a valid value, empty where the column may be."""
    filled = _spelt(column)
    padded = st.tuples(st.sampled_from(["", " ", "\t"]), filled, st.sampled_from(["", "  "])).map("".join)
    return padded if column.required else st.one_of(st.just(""), padded)


def rows(table: Table) -> st.SearchStrategy[dict[str, str]]:
    """Whole rows that keep every word of the contract."""
    return st.fixed_dictionaries({column.name: cells(column) for column in table.columns})


@st.composite
def broken_rows(draw: st.DrawFn, table: Table) -> tuple[dict[str, str], list[tuple[str, dict[str, str]]]]:
    """A valid row, and it again once for every known fault: the spoilt column and the row."""
    whole = draw(rows(table))
    spoilt = [(column.name, fault) for column in table.columns for fault in _faults(column)]
    return whole, [(name, {**whole, name: fault}) for name, fault in spoilt]


def _spelt(column: Column) -> st.SearchStrategy[str]:
    if column.kind == "date":
        day = TIMES.get(column.name, BEGAN)
        return st.tuples(day, st.sampled_from(SPELLINGS)).map(lambda told: told[0].strftime(told[1]))
    if column.kind == "code":
        return st.sampled_from(column.codes)
    if column.most:
        several = st.lists(st.sampled_from(column.codes), min_size=1, max_size=column.most, unique=True)
        return st.tuples(several, st.sampled_from([";", "、", "； "])).map(
            lambda drawn: drawn[1].join(drawn[0])
        )
    if column.kind == "flag":
        return st.tuples(st.sampled_from([*TRUE, *FALSE]), st.booleans()).map(_shouted)
    if column.kind == "integer":
        return st.integers(int(column.low or 0), int(column.high or 10**9)).map(str)
    if column.kind in ("number", "money"):
        return st.floats(column.low or 0, column.high or 1e9).map(repr)
    if column.kind == "id":
        return citizen_numbers() if column.name == "id_number" else IDS
    return WORDS


def _shouted(told: tuple[str, bool]) -> str:
    word, loud = told
    return word.upper() if loud else word


def _faults(column: Column) -> list[str]:
    faults = {
        "date": [
            "2024-13-01",
            "2023-02-29",
            "01/02/2024",
            "1899-12-31",
            "2100",
            "45292",
            "去年",
            "2021118",
            "2024-01-31 08:00",
        ],
        "code": ["不详", "NA", "0", *(code.upper() for code in column.codes if code.islower())],
        "codes": [
            "不详",
            f"{';'.join(column.codes)};不详",
            ";".join(column.codes[: (column.most or 0) + 1]) + ";?",
        ],
        "flag": ["maybe", "2", "不详"],
        "id": ["5.30622E+17", "530622.0", "5e3"],
        "integer": ["1.5"],
    }.get(column.kind, [])
    if column.kind in ("number", "money", "integer"):
        faults = [*faults, "many", "1,000", "inf", "nan", "1e400", "５"]
        faults += [] if column.low is None else [repr(column.low - 1)]
        faults += [] if column.high is None else [repr(column.high * 2)]
    return [*faults, "", " "] if column.required else faults
