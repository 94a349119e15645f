"""The page of `studies.draws`: docs/draws.md."""

from collections.abc import Sequence
from pathlib import Path
from statistics import stdev

from pipelines.workspace.workspace import today
from register.atomic import write_text
from studies.draws.figures import Drawn

HEAD = """# How far figures move with the draw 数字随抽样变动多少

Written by `python -m studies.draws --keys {keys}` on {day}, season {season}, commit {commit}; do not edit.
All data are simulated.

Whom a training draws (negatives, calibration, folds, the order of rows) goes by the pseudonyms of the
households, and these by a secret key. Invented households have a published key, so the simulated prefecture
comes out the same on every machine; a real register comes out a little otherwise under another key. Here the
default run's register is hidden under {keys} other keys, and trained and judged again: the same households,
lives, records, parameters and code. 真实数据的脱敏编号取决于各自的密钥，
训练时的抽样随之不同；下表是同一登记册换
{keys} 个密钥重新训练、评判的结果。

| figure, pooled | as run [95 %] | other keys, least to most | standard deviation | all keys / interval |
|---|---|---|---|---|
"""

TAIL = """
The last column is the range of all keys, the run's own among them, over the width of the interval: below 1,
the draw moves a figure less than another draw of villages would. A difference between two configurations on
real data that is within the range above is no finding.
最后一列小于1，说明换密钥的影响小于区间所示的不确定性。
"""


def write_page(target: Path, figures: Sequence[Drawn], season: str, commit: str | None) -> None:
    """Write the page.

    Parameters
    ----------
    target : Path
    figures : sequence of Drawn
        With one other key at least each.
    season : str
        Season of the run.
    commit : str or None
        Of the code; None outside a repository.
    """
    keys, day = len(figures[0].others), today().isoformat()
    head = HEAD.format(keys=keys, day=day, season=season, commit=(commit or "unknown")[:8])
    write_text(target, head + "".join(_line(one) for one in figures) + TAIL)


def _line(one: Drawn) -> str:
    spread = f"{stdev(one.others):.4f}" if len(one.others) > 1 else "–"
    return (
        f"| {one.called} | {one.value:.3f} [{one.low:.3f}, {one.high:.3f}] "
        f"| {min(one.others):.3f} to {max(one.others):.3f} | {spread} | {one.range_share:.2f} |\n"
    )
