"""The data dictionary of the features, made from their declarations."""

from features.declaration import Feature, declared_features, feature_groups

_HEAD = """# 特征字典 / Feature dictionary

由声明自动生成，请勿手改。Generated from the declarations; do not edit.

方向：↑ 数值越高模型风险不降低，↓ 数值越高模型风险不升高，空白为不限。
Direction: ↑ a higher value never lowers the modelled risk, ↓ never raises it, blank is free.
空值表示没有记录，与零不同。Missing means no record, which differs from zero.

依据：`DOMAIN 3.6` 即 [domain.md](domain.md) 3.6 节，`[S22]`、`[C1]`、`[M]` 等见[文献目录](bibliography.md)。
Sources: `DOMAIN 3.6` is section 3.6 of [domain.md](domain.md); `[S22]`, `[C1]`, `[M]` stand in the
[bibliography](bibliography.md).
"""
_COLUMNS = """
| 名称 name | 含义 | meaning | 单位 unit | 范围 bounds | 方向 | 来自 from | 依据 source |
|---|---|---|---|---|---|---|---|
"""
_ARROWS = {-1: "↓", 0: "", 1: "↑"}


def data_dictionary() -> str:
    """Write the dictionary of every declared feature, by cause, as Markdown in both languages.

    Returns
    -------
    str
        One section a cause or circumstance, one row a feature.
    """
    rows = {one.name: _row(one) for one in declared_features()}
    sections = [
        f"\n## {group}\n{_COLUMNS}" + "".join(rows[name] for name in names)
        for group, names in feature_groups().items()
    ]
    return _HEAD + "".join(sections)


def _row(one: Feature) -> str:
    low, high = ("" if bound is None else f"{bound:.6g}" for bound in one.bounds)
    cells = (
        f"`{one.name}`",
        one.zh,
        one.en,
        one.unit,
        f"{low} … {high}" if low or high else "",
        _ARROWS[one.direction],
        one.over,
        one.source,
    )
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |\n"
