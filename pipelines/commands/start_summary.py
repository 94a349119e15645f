"""What `huitou start` says of a folder, Chinese and English: files, faults, tables, history, costs."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipelines.commands.start_costs import costs
from register.cells.width import padded
from register.proposal.history import Held, Holdings
from register.proposal.looking import Look, Remark
from register.proposal.proposal import Proposal
from register.seasons import season_of, seasons_between
from register.sources.header import safe_names
from register.tables import TABLES

PLACE_WIDTH = 44
TABLE_WIDTH = 32
#: Places that are named with a remark; of more the number.
NAMED = 3
#: Seasons with incomes that are named, the latest.
SEASONS = 12
#: Tables that no delivery brings: what is read back.
OWN = ("lookbacks", "found_off_list")


def summary(proposal: Proposal) -> Iterator[str]:
    """Say what lies there and what is proposed, in paragraphs.

    Parameters
    ----------
    proposal : Proposal
    """
    for part in (_tables, _remarks, _holdings, _proposed):
        lines = [*part(proposal)]
        yield from (*lines, *([""] if lines else []))


def _tables(proposal: Proposal) -> Iterator[str]:
    yield f"文件夹里的表 tables in the folder: {len(proposal.looks)}"
    for one in proposal.looks:
        header = f"；表头在第 {one.header} 行 header in row {one.header}" if one.header != 1 else ""
        notes = "".join(f"；{note}" for note in one.content.notes)
        size = f"{len(one.content.frame):>9,} 行 rows {len(one.columns):>4} 列 columns"
        yield f"  {padded(_place(one), PLACE_WIDTH)}{size}{header}{notes}"


def _place(one: Look) -> str:
    return (
        one.path
        if one.sheet is None
        else f"{one.path} › {safe_names([one.sheet], [one.sheet], kind='sheet')[0]}"
    )


def _remarks(proposal: Proposal) -> Iterator[str]:
    others = [one for one in proposal.remarks if not one.must_mend]
    if proposal.must_mend:
        yield f"须先改 to be mended first: {len(proposal.must_mend)}"
        yield from _listed(proposal.must_mend)
    if others:
        yield f"请留意 please note: {len(others)}"
        yield from _listed(others)
    if not proposal.remarks:
        yield "没有结构问题。No structural fault."


def _listed(remarks: Sequence[Remark]) -> Iterator[str]:
    """Say each once, with the places that it holds for."""
    places: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in remarks:
        places[one.zh, one.en].append(one.place)
    for (zh, en), where in places.items():
        more = f" (+{len(where) - NAMED})" if len(where) > NAMED else ""
        yield from (f"  {'、'.join(where[:NAMED])}{more}", f"      {zh}", f"      {en}")


def _holdings(proposal: Proposal) -> Iterator[str]:
    held = proposal.holdings
    if held is None:
        yield "改好以后再运行 huitou start。Mend it, then run huitou start again."
        return
    n_homes = held.homes["household_id"].n_unique()
    yield f"读进来的表 tables as read: {len(held.counties)} 县 counties, {n_homes:,} 户 households"
    for name, one in held.tables.items():
        yield f"  {padded(f'{TABLES[name].zh} {name}', TABLE_WIDTH)}{one.rows:>10,} 行 rows  {_span(one)}"
    yield ""
    yield from _history(held)
    absent = [name for name in TABLES if name not in (*held.tables, *OWN)]
    if absent:
        yield "没有的表，各看不到什么 tables that are not there, and what each leaves unseen:"
        yield from costs(absent)


def _span(one: Held) -> str:
    if not one.days:
        return "没有日期 no days"
    return f"{min(one.days)} – {max(one.days)}（{len(one.days)} 天 days）"


def _history(held: Holdings) -> Iterator[str]:
    days = sorted({day for one in held.tables.values() for day in one.recorded})
    if not days:
        return
    first, last = season_of(days[0]), season_of(days[-1])
    n = len(seasons_between(first, last))
    yield f"历史 history: {first} – {last}，{n} 个季度 seasons，{len(days)} 个录入日期 days of record"
    observed = sorted({season_of(day) for day in held.incomes["day"].drop_nulls().unique()})
    if observed:
        yield f"  收入所在季度 seasons with incomes: {', '.join(observed[-SEASONS:])}"
    yield ""


def _proposed(proposal: Proposal) -> Iterator[str]:
    if proposal.mapping:
        yield f"列映射 mapping: 自带的 {proposal.mapping} 可直接用 the shipped one reads it as it is"
    elif proposal.text:
        n = proposal.text.count("# 请核对：")
        yield f"列映射 mapping: 另写一份，{n} 处请核对 one of its own, {n} places to confirm"
    elif proposal.holdings:
        yield "列映射 mapping: 不需要，用的是登记表自己的名称 none needed: it bears the register's names"
    if proposal.settings:
        yield "建议的设置，请核对 settings proposed, please confirm:"
        for one in proposal.settings:
            yield f"  {padded(f'--set {one.assignment}', PLACE_WIDTH)}{one.zh} / {one.en}"
    if proposal.lines:
        yield "收入线 line: 本地区没有已知的线，须放 lines.csv no line is known here: lines.csv is needed"
