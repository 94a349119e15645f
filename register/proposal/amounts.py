"""Propose incomes: by source where a form tells them apart, else a household's total."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from register.proposal.columns import Columns, Guess
from register.proposal.files import Filled, ProposedFile, ProposedRecord, headers_of
from register.proposal.fills import coded, filled
from register.proposal.looking import Look
from register.proposal.names import folded, vocabulary, words_of
from register.tables import TABLES

#: Words of a column of what a household used up, not of what it earned.
CONSUMED = {"consumption", "expenditure", "消费", "消费支出"}


def incomes(columns: Columns, months: int) -> Iterator[ProposedRecord]:
    """Propose one amount for the whole, or the amounts of a wide form by their sources."""
    by_source = {
        source: Filled(header)
        for source, words in TABLES["income"].by_name["source"].meanings.items()
        for header in columns.look.columns
        if folded(header) in (folded(source), folded(words.split(" ")[0]))
    }
    source = coded(columns, "income", "source")
    amount = columns.named("income", "amount") if source else columns.numbers("amount")
    if amount and source:
        yield ProposedRecord("income", {"source": source, "amount": filled(amount)})
    elif len(by_source) > 1:
        yield ProposedRecord("income", {}, by_source)
    elif amount:
        constant = Filled({"constant": "other"}, "未分来源", "its source is not told apart")
        yield ProposedRecord("income", {"source": constant, "amount": _amount(columns, amount, months)})


def _amount(columns: Columns, amount: Guess, months: int) -> Filled:
    """Bring an amount to the months that are compared with the line."""
    zh, en, share = _period(amount.header, columns.look)
    factor = Fraction(share) * months
    whole = factor.numerator if factor.denominator == 1 else share if months == 1 else str(factor)
    cell = amount.header if whole == 1 else {"from": amount.header, "factor": whole}
    return Filled(
        cell,
        f"每户合计；金额按{zh}计，化为{months}个月",
        f"a household's total, {en}, brought to {months} month(s)",
    )


def _period(header: str, look: Look) -> tuple[str, str, str]:
    """Say over how long an amount is counted: its own name says it, or another of the table."""
    periods = vocabulary()["periods"]
    texts = (header, look.questions.get(header, ""), *look.columns)
    fitting = (one for text in texts for one in periods if not words_of(text).isdisjoint(one["words"]))
    period = next(fitting, None)
    if period is None:
        return "月（没有写明）", "taken as of a month, as nothing says it", "1"
    return period["zh"], f"counted over {period['en']}", str(period["factor"])


def is_consumption(files: Iterable[ProposedFile]) -> bool:
    """Say whether the amounts that would be read are called consumption, as surveys often ask for it."""
    records = (record for one in files for record in one.records if record.table == "income")
    amounts = (record.columns["amount"] for record in records if "amount" in record.columns)
    headers = (header for amount in amounts for header in headers_of(amount.cell))
    return any(not CONSUMED.isdisjoint(words_of(header)) for header in headers)
