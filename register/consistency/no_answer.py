"""Codes for no answer among values: nines and the like, small negative numbers, one far sum that recurs."""

from collections.abc import Iterator, Sequence

import polars as pl

from register.cells.numbers import digits, looks_like_no_answer
from register.consistency.declaration import check
from register.consistency.known import Known
from register.contract import Kind
from register.tables import TABLES

NUMERIC: tuple[Kind, ...] = ("money", "number", "integer")
NEXT_STEP = (
    "核实；若是代码，源头留空或在列映射中写 missing / verify; if it is a code, leave the cell empty at the "
    "source or list it under missing in a mapping"
)


@check(
    severity="warning",
    zh="数值像表示“不回答”的代码（全为9、7或8且不少于{code_digits:g}位或远高于其余数值，或为-9等负数）",
    en="a value looks like a code for no answer: {code_digits:g} nines, sevens or eights or more, or a "
    "few of them far above all others, or a small negative number such as -9",
    next_step=NEXT_STEP,
    reads=("households.household_id",),
    limits=("code_digits", "extreme_factor"),
    source="project; codes for no answer of household surveys (IPUMS, DHS, INDEC)",
)
def no_answer_code(known: Known) -> pl.DataFrame:
    columns = _columns(known, "household_id", NUMERIC)
    return _per_owner([_coded(known, frame) for frame in columns], ["household_id", "member_id"])


@check(
    severity="warning",
    zh="行政村数据像表示“不回答”的代码（全为9、7或8）",
    en="a figure of a village looks like a code for no answer (nines, sevens or eights only)",
    next_step=NEXT_STEP,
    reads=("villages.village_id",),
    limits=("code_digits", "extreme_factor"),
    source="project; codes for no answer of household surveys (IPUMS, DHS, INDEC)",
)
def village_no_answer_code(known: Known) -> pl.DataFrame:
    columns = _columns(known, "township_id", NUMERIC)
    return _per_owner([_coded(known, frame) for frame in columns], ["township_id"])


@check(
    severity="warning",
    zh="同一金额在{extreme_households:g}户及以上出现，且为其余金额的{extreme_factor:g}倍以上（疑似代码）",
    en="one and the same sum in {extreme_households:g} households or more, over {extreme_factor:g} times all "
    "other sums (a code?)",
    next_step=NEXT_STEP,
    reads=("households.household_id",),
    limits=("extreme_factor", "extreme_households"),
    source="project; a sum that recurs to the yuan far above all others",
)
def recurring_extreme(known: Known) -> pl.DataFrame:
    columns = _columns(known, "household_id", ("money",))
    return _per_owner([_extreme(known, frame) for frame in columns], ["household_id", "member_id"])


def _columns(known: Known, owner: str, kinds: Sequence[Kind]) -> Iterator[pl.DataFrame]:
    """Give owner, member, value and name of every column of such a kind, where it has values."""
    for name in known.shard.tables:
        table = TABLES[name]
        if owner in table.by_name:
            view = known.versions(name)
            member = pl.col("member_id") if "member_id" in table.by_name else pl.lit(None, pl.String)
            for column in (one.name for one in table.columns if one.kind in kinds):
                value = pl.col(column).cast(pl.Float64).alias("value")
                column_name = pl.lit(f"{name}.{column}").alias("column")
                yield view.select(owner, member.alias("member_id"), value, column_name).drop_nulls("value")


def _coded(known: Known, frame: pl.DataFrame) -> pl.DataFrame:
    """Keep what looks like a code: of few digits only where it lies far above all other values."""
    coded = frame.filter(looks_like_no_answer(pl.col("value")))
    others = frame.filter(~looks_like_no_answer(pl.col("value")))["value"].max()
    far = (others if isinstance(others, float) else 0.0) * known.limits["extreme_factor"]
    is_long = digits(pl.col("value")).str.len_chars() >= known.limits["code_digits"]
    return coded.filter((pl.col("value") < 0) | is_long | ((pl.col("value") > far) & (far > 0)))


def _extreme(known: Known, frame: pl.DataFrame) -> pl.DataFrame:
    """Keep the greatest value where it recurs and all others are far below."""
    top = frame.filter(pl.col("value") == pl.col("value").max())
    next_ = frame.filter(pl.col("value") < pl.col("value").max())["value"].max()
    recurs = top["household_id"].n_unique() >= known.limits["extreme_households"]
    far = isinstance(next_, float) and 0 < next_ * known.limits["extreme_factor"] < top["value"][0]
    return top if recurs and far else top.clear()


def _per_owner(suspects: Sequence[pl.DataFrame], who: Sequence[str]) -> pl.DataFrame:
    """Name once for everybody in doubt the columns and how many records."""
    every = pl.concat(suspects)
    counted = every.group_by(who).agg(pl.col("column").unique().sort().str.join(" "), pl.len())
    return counted.select(*who, pl.format("{}; n={}", "column", "len").alias("evidence"))
