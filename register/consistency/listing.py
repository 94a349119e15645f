"""The list of all checks for people, made from their declarations."""

from register.consistency.declaration import CHECKS, SEVERITIES, Check
from register.consistency.limits import limits

_HEAD = """# 一致性检查 / Consistency checks

由声明自动生成，请勿手改。Generated from the declarations by `make docs`; do not edit.

检查只提示并列出疑点，从不改动或拒绝数据；数据约定（contracts）才会拒绝。某列在全县都没有值时，读它的检查不作判断，并列为“未检查”。
Checks warn and list, they never change or refuse data; contracts refuse. Where a column has no
value in the whole county, the checks that read it say nothing and are listed as not checked.

依据：`DOMAIN 3.6` 即 [domain.md](domain.md) 3.6 节，`[S22]`、`[C1]`、`[M]` 等见[文献目录](bibliography.md)。
Sources: `DOMAIN 3.6` is section 3.6 of [domain.md](domain.md); `[S22]`, `[C1]`, `[M]` stand in the
[bibliography](bibliography.md).

"""
_CHECKS = """
| 代码 code | 级别 | 疑点 | in doubt | 下一步 next step | 读取 reads | 依据 source |
|---|---|---|---|---|---|---|
"""
_LIMITS = """
## 门槛 thresholds

| 名称 name | 值 value | 单位 unit | 含义 | meaning | 自 from | 依据 source |
|---|---|---|---|---|---|---|
"""


def check_list() -> str:
    """Write every check by theme, then the thresholds, as Markdown in both languages."""
    levels = "".join(f"- {zh} {code}: {en.partition(': ')[2]}\n" for code, (zh, en) in SEVERITIES.items())
    themes = dict.fromkeys(check.theme for check in CHECKS.values())
    sections = [
        f"\n## {theme}\n{_CHECKS}" + "".join(_row(one) for one in CHECKS.values() if one.theme == theme)
        for theme in sorted(themes)
    ]
    rows = [
        _cells(
            f"`{one.name}`", f"{one.value:g}", one.unit, one.zh, one.en, str(one.effective_from), one.source
        )
        for one in limits()
    ]
    return _HEAD + levels + "".join(sections) + _LIMITS + "".join(rows)


def _row(one: Check) -> str:
    zh, en = one.words
    return _cells(
        f"`{one.code}`", SEVERITIES[one.severity][0], zh, en, one.next_step, ", ".join(one.reads), one.source
    )


def _cells(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |\n"
