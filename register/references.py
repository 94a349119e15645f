"""Why a reference failed: its row was set aside, it is spelt another way, or it is nowhere."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from register.quarantine import Finding
from register.spelling import differences, look

#: What is referred to: column -> table that holds it, and what an officer and a developer call it.
NOUNS = {"village_id": ("villages", "村", "village"), "household_id": ("households", "户", "household")}
#: From this share of a table's ids on its way of writing them is no slip.
MOST = 0.5
#: What a spreadsheet leaves of a long number: some digits and how many there were, or 15 and zeros.
_SCIENTIFIC = re.compile(r"(\d)(?:\.(\d+))?[eE]\+?(\d+)")
_ZEROED = re.compile(r"(\d{15})0+")

Why = tuple[str, str]


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
        by_reason: dict[Why, list[str]] = defaultdict(list)
        for one in ids.filter(stray).drop_nulls().unique(maintain_order=True):
            by_reason[self._why(one)].append(one)
        for why, borne in by_reason.items():
            yield Finding(stray & ids.is_in(borne).fill_null(value=False), self.column, *why)
        if (stray & ids.is_null()).any():
            yield Finding(stray & ids.is_null(), self.column, *self.unknown)

    def _why(self, stray: str) -> Why:
        if stray in self._first_reason:
            return self._set_aside(self._first_reason[stray])
        if look(stray) in self._looks:
            return self._spelt_otherwise(differences(stray, self._looks[look(stray)]))
        if any((stray[:kept], len(stray)) in self._rounded for kept in range(len(stray))):
            return self._was_rounded
        return self.unknown

    @cached_property
    def _first_reason(self) -> dict[str, str]:
        """Id of every row that was set aside -> the first reason against it."""
        first = self.reasons.unique(["file", "row"], keep="first", maintain_order=True)
        told = self.delivered.join(first, on=["file", "row"], maintain_order="left").drop_nulls("id")
        return dict(told.select("id", "reason").reverse().iter_rows())

    @cached_property
    def _looks(self) -> dict[str, str]:
        return {look(one): one for one in self.delivered["id"].drop_nulls().unique().sort()}

    @cached_property
    def _rounded(self) -> set[tuple[str, int]]:
        """First digits and length of every id of which a spreadsheet kept no more."""
        found = set()
        for one in self.delivered["id"].drop_nulls().unique():
            if fit := _SCIENTIFIC.fullmatch(one):
                found.add((fit[1] + (fit[2] or ""), int(fit[3]) + 1))
            elif fit := _ZEROED.fullmatch(one):
                found.add((fit[1], len(one)))
        return found

    @cached_property
    def _is_at_fault(self) -> bool:
        """Whether all the others write the ids alike, and only the table referred to otherwise."""
        written = set(self.delivered["id"].drop_nulls())
        others = [set(ids.drop_nulls()) for ids in self.referring.values() if ids.null_count() < len(ids)]
        apart = [ids for ids in others if self._n_spelt_otherwise(ids, written) > MOST * len(ids)]
        together = set().union(*apart)
        agree = len({look(one) for one in together}) == len(together)
        return len(apart) > 1 and len(apart) > MOST * len(others) and agree

    def _n_spelt_otherwise(self, ids: set[str], written: set[str]) -> int:
        return sum(one not in written and look(one) in self._looks for one in ids)

    @property
    def _files(self) -> str:
        names = self.delivered["file"].unique().sort().to_list()
        return names[0] if len(names) == 1 else f"{names[0]} (+{len(names) - 1})"

    def _set_aside(self, reason: str) -> Why:
        _, zh, en = NOUNS[self.column]
        cause_zh, _, cause_en = reason.partition(" / ")
        return (
            f"该{zh}自己的行被隔离：{cause_zh} / the {en}'s own row was set aside: {cause_en or cause_zh}",
            f"先更正 {self._files} 中该{zh}的行 / mend the {en}'s row in {self._files} first",
        )

    def _spelt_otherwise(self, difference: tuple[str, str]) -> Why:
        (_, zh, en), (how_zh, how_en), file = NOUNS[self.column], difference, self._files
        if self._is_at_fault:
            return (
                f"{file} 的{zh}编号与各表写法不同：{how_zh} / {file} alone writes {en} ids so: {how_en}",
                f"更正 {file} 的{zh}编号，其他表不动 / write the ids of {file} as all the others do",
            )
        return (
            f"{file} 中有此{zh}，但写法不同：{how_zh} / the {en} stands in {file} spelt otherwise: {how_en}",
            f"{zh}编号照 {file} 的写法 / write the {en} id as {file} does",
        )

    @property
    def _was_rounded(self) -> Why:
        (_, zh, en), file = NOUNS[self.column], self._files
        return (
            f"{file} 的{zh}编号被表格软件改成数字 / a spreadsheet rounded the {en} ids of {file}",
            f"把 {file} 的该列设为文本后重新导出 / format that column of {file} as text and export again",
        )

    @property
    def unknown(self) -> Why:
        """Say that no row of the county holds an id that looks like it."""
        _, zh, en = NOUNS[self.column]
        return (
            f"本县无此{zh} / no valid {en} row in this county",
            f"补录该{zh}或更正{zh}编号 / enter the {en} or correct the id",
        )
