"""`huitou explain-feature`: the records that made one value, as a table on the terminal."""

from collections.abc import Sequence
from datetime import date, timedelta
from difflib import get_close_matches

import polars as pl

from features.declaration import Feature, declared_features
from features.evidence import N_OTHERS, WITHOUT, Evidence, evidence
from pipelines.workspace.earlier_keys import noted_key
from pipelines.workspace.own_numbers import kept_id
from pipelines.workspace.parameters import load_params
from pipelines.workspace.workspace import HERE
from register.cells.width import padded, text_width
from register.errors import ParamsError, SourceError
from register.seasons import season_end, season_of, seasons_between
from register.shard import Shard
from register.store import Register
from register.tables import TABLES
from watchlists.reasons.explanation import TAKEN

#: Columns that no contract declares, in both languages.
DERIVED = {
    "months_ago": ("几个月前", "months ago"),
    "is_current": ("在核算期内", "in the resources window"),
    "is_active": ("尚在进行", "goes on"),
    "age": ("年龄", "age"),
    "is_at_work": ("在业", "has a job"),
    "is_in_labour_force": ("在业或求职", "has a job or looks for one"),
    "school_years": ("受教育年限（已完成或在读）", "years of school completed or attended"),
    "years_attended": ("在读学段对应受教育年限", "years of school that the stage attended leads to"),
    "ended_months_ago": ("结束几个月", "months since its end"),
    "ends_in_months": ("几个月后到期", "months to its end"),
    "entered_after": ("发生后几个月录入", "months from event to entry"),
    "version": ("此前更正次数", "corrections before"),
    "as_of_date": ("截至", "as of"),
    "n_members": ("人口", "members"),
    "equivalents": ("等值人数", "equivalents"),
    "line_per_month": ("月监测线", "line a month"),
    "resources_over_line": ("收入与线之比", "resources over the line"),
    "village_id": ("行政村", "village"),
    "township_id": ("乡镇", "township"),
    "county_id": ("县", "county"),
    WITHOUT: ("无此条时的值", "value without it"),
    N_OTHERS: ("其他户数", "other households"),
}
TWINS = {"_needs": ("占需求", "x needs"), "_of_year": ("占全年需求", "x a year's needs")}


def explain_feature(name: str, household: str, day: str) -> str:
    """Say in Chinese and English what made a feature's value.

    Parameters
    ----------
    name : str
        A declared feature.
    household : str
        Its id of the register and the list, or its own number as it was delivered.
    day : str
        Month end, ``2025-12-31``.

    Returns
    -------
    str
        The value with its unit, bounds and source, and a table of the records known then.

    Raises
    ------
    ParamsError
        When the feature is not declared, or the day is no month end or after the season.
    SourceError
        When the register does not know the household, or not at that day.
    StoreError
        When the key that an own number needs is not at hand.
    """
    feature, params = _declared(name), load_params()
    dates = _dates(day, params.features.first_season, params.season)
    household_id = kept_id(household, noted_key(HERE), params.privacy)
    shard = _shard_of(household_id)
    basis = evidence(shard, feature, household_id, dates, params.label.resources_months)
    if basis is None:
        raise SourceError(
            f"register: the household was not known on {day}; "
            f"its first record was entered on {_first_known(shard, household_id)}, name a later month end"
        )
    return _text(basis)


def _declared(name: str) -> Feature:
    by_name = {one.name: one for one in declared_features()}
    if name not in by_name:
        near = ", ".join(get_close_matches(name, by_name, n=3, cutoff=0.4)) or "none"
        raise ParamsError(
            f"feature: {name!r} is not declared, nearest are {near}; see docs/data_dictionary.md"
        )
    return by_name[name]


def _dates(day: str, first_season: str, season: str) -> list[date]:
    """List the season ends before the day, which `history` looks back to, and the day."""
    try:
        end = date.fromisoformat(day)
    except ValueError:
        raise ParamsError(f"date: found {day!r}, expected year-month-day such as 2025-12-31") from None
    if (end + timedelta(days=1)).day != 1:
        raise ParamsError(f"date: found {day}, allowed are month ends; features count calendar months")
    last = season_end(season)
    if end > last:
        raise ParamsError(
            f"date: found {day}, allowed are month ends up to {last}, the end of season {season}; "
            "set season in params.yaml to a later one"
        )
    ends = [season_end(one) for one in seasons_between(first_season, season_of(end))]
    return [*(one for one in ends if one < end), end]


def _shard_of(household_id: str) -> Shard:
    register = Register(HERE.register)
    for county_id in register.counties:
        shard = register.shard(county_id)
        if (shard.tables["households"]["household_id"] == household_id).any():
            return shard
    raise SourceError(f"{HERE.register}: no county has such a household; {TAKEN}")


def _first_known(shard: Shard, household_id: str) -> date:
    rows = shard.tables["households"].filter(pl.col("household_id") == household_id)
    first: date = rows.select(pl.min_horizontal(pl.max_horizontal("recorded_on", "valid_from").min())).item()
    return first


def _text(basis: Evidence) -> str:
    one = basis.feature
    low, high = ("" if bound is None else f"{bound:.6g}" for bound in one.bounds)
    lines = [
        f"{one.name}  {one.zh}  {one.en}",
        f"户 household {basis.household_id}  截至 as of {basis.as_of_date}",
        f"值 value {_cell(basis.value)} {one.unit}  范围 bounds {low or '-∞'} … {high or '∞'}",
        f"依据 source {one.source}",
        f"来自 from {_origin(one)}: {len(basis.records)} 条 rows",
        *(_table(basis) if len(basis.records) else []),
    ]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _origin(one: Feature) -> str:
    return f"{one.over} {TABLES[one.over].zh}" if one.over in TABLES else one.over


def _table(basis: Evidence) -> list[str]:
    names = basis.records.columns
    labels = [_label(basis.feature, name) for name in names]
    heads = [[zh for zh, _ in labels], [en for _, en in labels]]
    rows = [[_cell(value) for value in row] for row in basis.records.rows()]
    widths = [max(text_width(cell) for cell in column) for column in zip(*heads, *rows, strict=True)]
    ruled = ["-" * width for width in widths]
    return [_line(row, widths) for row in (*heads, ruled, *rows)]


def _label(feature: Feature, name: str) -> tuple[str, str]:
    """Label a column as its contract, its declaration or `DERIVED` does."""
    columns = TABLES[feature.over].by_name if feature.over in TABLES else {}
    features = {one.name: one for one in declared_features()}
    for suffix, (zh, en) in TWINS.items():
        if name.endswith(suffix) and name.removesuffix(suffix) in columns:
            money = columns[name.removesuffix(suffix)]
            return f"{money.zh}{zh}", f"{money.en}, {en}"
    if name in columns:
        return columns[name].zh, columns[name].en
    return DERIVED[name] if name in DERIVED else (features[name].zh, name)


def _cell(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "是 yes" if value else "否 no"
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(padded(cell, width) for cell, width in zip(cells, widths, strict=True))
