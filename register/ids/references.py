"""Why a reference failed: its row was set aside, it is spelt another way, or it is nowhere."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from register.ids.rounding import cut_off
from register.ids.spelling import differences, look, wear
from register.quarantine import Finding

#: What is referred to: column -> table that holds it, and what an officer and a developer call it.
NOUNS = {"village_id": ("villages", "村", "village"), "household_id": ("households", "户", "household")}
#: From this share of a table's ids on its way of writing them is no slip.
MOST = 0.5
Why = tuple[str, str]
#: A spreadsheet cut ids of the table that refers, not of the one referred to.
CUT_HERE = (
    "编号被表格软件改成数字 / a spreadsheet rounded this id",
    "不经表格软件、从原系统按文本列重新导出 / export that column again from the system itself, as text",
)
_WORDS = {"reason": pl.String(), "next_step": pl.String()}
_NONE = pl.Series([], dtype=pl.String)


@dataclass(frozen=True)
class Referred:
    """Everything that was delivered for the ids of one column.

    Attributes
    ----------
    column : str
        ``village_id`` or ``household_id``.
    accepted : Series of str
        Ids of the rows that went in.
    delivered : DataFrame
        ``file, row`` and ``id`` as it was written, without blanks around, of every row.
    reasons : DataFrame
        Against these rows (`register.quarantine.REASONS`).
    referring : mapping of str to Series of str
        The ids by which every other table refers to them.
    """

    column: str
    accepted: pl.Series
    delivered: pl.DataFrame
    reasons: pl.DataFrame
    referring: Mapping[str, pl.Series]

    def failures(self, frame: pl.DataFrame) -> Iterator[Finding]:
        """Say of every row whose id is not among the accepted why that may be.

        Parameters
        ----------
        frame : DataFrame
            Typed rows of a table that refers to them.

        Yields
        ------
        Finding
            One a likely reason; each such row, also one without an id, is in one of them.
        """
        ids = frame[self.column]
        stray = ~ids.is_in(self.accepted.implode()).fill_null(value=False)
        why = ids.to_frame("id").join(self._why, on="id", how="left", maintain_order="left")["why"]
        for place in why.filter(stray).drop_nulls().unique(maintain_order=True):
            yield Finding(stray & (why == place).fill_null(value=False), self.column, *self._whys[place])
        if (stray & why.is_null()).any():
            yield Finding(stray & why.is_null(), self.column, *self.unknown)

    @cached_property
    def _whys(self) -> list[Why]:
        return list(self._explained.select(list(_WORDS)).unique(maintain_order=True).iter_rows())

    @cached_property
    def _why(self) -> pl.DataFrame:
        """Give ``id, why`` of every stray that is explained: the place in `_whys`."""
        places = pl.DataFrame(self._whys, _WORDS, orient="row").with_row_index("why")
        return self._explained.join(places, on=list(_WORDS)).select("id", "why")

    @cached_property
    def _explained(self) -> pl.DataFrame:
        """Give ``id, reason, next_step`` of every stray, the likeliest reason of several."""
        first = self.reasons.unique(["file", "row"], keep="first", maintain_order=True)
        own = self.delivered.join(first, on=["file", "row"], maintain_order="left").drop_nulls(
            ["id", "reason"]
        )
        alike = self._alike.with_columns(differences(self._alike["id"], self._alike["written"]))
        strays, written = self.strays["id"], self._written["written"]
        cut_there = cut_off(strays, written).select(id="whole", file=pl.lit(self._files))
        cut_here = cut_off(written, strays).select(
            id="cut", reason=pl.lit(CUT_HERE[0]), next_step=pl.lit(CUT_HERE[1])
        )
        parts = [
            _explained(own.select("id", cause="reason"), self._set_aside),
            _explained(alike.select("id", "zh", "en"), self._spelt_otherwise),
            _explained(cut_there, self._was_rounded),
            cut_here,
        ]
        return pl.concat(parts).unique("id", keep="first", maintain_order=True)

    @cached_property
    def strays(self) -> pl.DataFrame:
        """Give ``id, look`` of every id that any table refers to in vain."""
        every = pl.concat([_NONE, *(ids.unique() for ids in self.referring.values())]).drop_nulls().unique()
        ids = every.filter(~every.is_in(self.accepted.implode())).sort().to_frame("id")
        return ids.with_columns(look(pl.col("id")).alias("look"))

    @cached_property
    def _written(self) -> pl.DataFrame:
        """Give ``written, look`` of every id that was delivered."""
        ids = self.delivered["id"].drop_nulls().unique().sort().to_frame("written")
        return ids.with_columns(look(pl.col("written")).alias("look"))

    @cached_property
    def _alike(self) -> pl.DataFrame:
        """Give ``id, look, written`` of every stray that stands there in another spelling only."""
        strays = self.strays.join(self._written, left_on="id", right_on="written", how="anti")
        return strays.join(self._written.unique("look", keep="last", maintain_order=True), on="look")

    @cached_property
    def _is_at_fault(self) -> bool:
        """Whether the others write the ids alike, and only the table referred to otherwise."""
        others = [ids.drop_nulls().unique() for ids in self.referring.values() if ids.null_count() < len(ids)]
        alike = self._alike["id"].implode()
        spelt = [ids.filter(ids.is_in(alike)) for ids in others]
        apart = [part for part, ids in zip(spelt, others, strict=True) if len(part) > MOST * len(ids)]
        if len(others) == 1:
            return bool(apart) and self._is_worn
        together = pl.concat([_NONE, *apart]).unique().to_frame("id").select(look(pl.col("id")))["id"]
        return len(apart) > 1 and len(apart) > MOST * len(others) and not together.is_duplicated().any()

    @property
    def _is_worn(self) -> bool:
        """Whether a spreadsheet has done more to the ids there than to those that refer to them."""
        compared = self._alike.select((wear(pl.col("written")) > wear(pl.col("id"))).alias("worn"))
        return bool(compared["worn"].all())

    @property
    def _files(self) -> str:
        names = self.delivered["file"].unique().sort().to_list()
        return f"{names[0]} (+{len(names) - 1})" if len(names) > 1 else "".join(names)

    def _set_aside(self, reason: str) -> Why:
        _, zh, en = NOUNS[self.column]
        cause_zh, _, cause_en = reason.partition(" / ")
        return (
            f"该{zh}自己的行被隔离：{cause_zh} / the {en}'s own row was set aside: {cause_en or cause_zh}",
            f"先更正 {self._files} 中该{zh}的行 / mend the {en}'s row in {self._files} first",
        )

    def _spelt_otherwise(self, how_zh: str, how_en: str) -> Why:
        (_, zh, en), file = NOUNS[self.column], self._files
        if self._is_at_fault:
            return (
                f"{file} 的{zh}编号与各表写法不同：{how_zh} / {file} alone writes {en} ids so: {how_en}",
                f"更正 {file} 的{zh}编号，其他表不动 / write the ids of {file} as all the others do",
            )
        return (
            f"{file} 中有此{zh}，但写法不同：{how_zh} / the {en} stands in {file} spelt otherwise: {how_en}",
            f"{zh}编号照 {file} 的写法 / write the {en} id as {file} does",
        )

    def _was_rounded(self, file: str) -> Why:
        _, zh, en = NOUNS[self.column]
        return (
            f"{file} 的{zh}编号被表格软件改成数字 / a spreadsheet rounded the {en} ids of {file}",
            f"从原系统按文本列重新导出 {file} / export {file} again from the system itself, as text",
        )

    @property
    def unknown(self) -> Why:
        """Say that no row of the county holds an id that looks like it."""
        _, zh, en = NOUNS[self.column]
        return (
            f"本县无此{zh} / no valid {en} row in this county",
            f"补录该{zh}或更正{zh}编号 / enter the {en} or correct the id",
        )


def _explained(failures: pl.DataFrame, say: Callable[..., Why]) -> pl.DataFrame:
    """Give ``id, reason, next_step``: what `say` makes of the further columns, once for each."""
    cases = failures.select(failures.columns[1:]).unique(maintain_order=True)
    words = pl.DataFrame([say(*case) for case in cases.iter_rows()], _WORDS, orient="row")
    worded = pl.concat([cases, words], how="horizontal")
    return failures.join(worded, on=cases.columns, maintain_order="left").select("id", *_WORDS)
