"""What a run ends with: where to look, and the figures that matter."""

import json
from collections.abc import Mapping
from typing import Any

from pipelines.workspace.champion import delivery_of
from pipelines.workspace.parameters import load_params
from pipelines.workspace.workspace import HERE
from watchlists.label_wording import wording_of


def summary(season: str, kind: str, delivered: str, happened: str) -> str:
    """Say in a few lines, Chinese and English, what was released.

    Parameters
    ----------
    season : str
        The released season.
    kind : str
        Kind of the source; simulated figures are marked as such.
    delivered : str
        Which model the list was made with.
    happened : str
        What the outcome is called, in English and the past.

    Returns
    -------
    str
        Where the release stands, and the figures with base rate and interval.
    """
    metrics = json.loads((HERE.evaluation / "metrics.json").read_text(encoding="utf-8"))
    listed = json.loads((HERE.watchlist / "summary.json").read_text(encoding="utf-8"))
    folder = (HERE.releases / season).absolute()
    marked = (
        "模拟数据，数字只说明程序可用。Simulated data: the figures show that the machinery works.\n"
        if kind == "simulator"
        else ""
    )
    return (
        f"\n发布 release {season}: {folder}\n"
        "  report.html  workbooks/<county>/<township>.xlsx  cards/<county>/<township>.html\n"
        "  scores.parquet  watchlist.csv\n\n"
        + "".join(f"  {line}\n" for line in figures_to_read(metrics, listed, happened))
        + f"  {delivered}\n\n{marked}"
        "评分是走访的理由，不是决定。A score is a reason to visit, never a decision.\n"
    )


def figures_to_read(metrics: Mapping[str, Any], listed: Mapping[str, Any], happened: str) -> list[str]:
    """Write the figures, each with what it must be read against."""

    def number(name: str) -> str:
        return _figure(metrics.get(name), "{:.3f}")

    def percent(name: str) -> str:
        return _figure(metrics.get(name), "{:.1%}")

    def whole(name: str) -> str:
        return _figure(metrics.get(name), "{:.0f}")

    lines = {
        "名单 listed": f"{listed['listed']:,} of {listed['households']:,} households, "
        f"{listed['listed_by_rule']:,} of them by must-visit rule"
    }
    if without := listed["must_visits_without_place"]:
        lines["必访而无名额 must-visit without a place"] = (
            f"{without:,}; raise watchlist.capacity.visits, or agree on more visits for these places"
        )
    judged = {
        "名单命中 precision of the list": f"{percent('delivered_precision')} "
        f"[{percent('delivered_precision_low')}, {percent('delivered_precision_high')}], promised "
        f"{percent('delivered_promised_came')} for the line as it came, {percent('delivered_promised')} as "
        f"assumed; recall {percent('delivered_recall')}; by risk alone "
        f"{percent('precision_at_capacity')} and {percent('recall_at_capacity')}",
        "必访的代价 cost of duties": f"{whole('duties_visits')} visits of past seasons; as many by "
        f"risk would find {whole('duties_cost')} [{whole('duties_cost_low')}, {whole('duties_cost_high')}] "
        "more",
        "基础比例 base rate": f"{percent('base_rate')} of {metrics.get('n', 0):,} {happened} in the window, "
        "out of time",
        "区分度 AUC": f"{number('auc')} [{number('auc_low')}, {number('auc_high')}]; "
        f"income alone {number('auc_income_over_line')}, logistic {number('auc_logistic')}",
        "好过只看收入 better than income alone": _verdict(
            *(metrics.get(f"auc_over_income{tail}") for tail in ("", "_low", "_high"))
        ),
        "前10%命中 precision@10%": f"{percent('precision_at_10')}; "
        f"income alone {percent('precision_at_10_income_over_line')}, "
        f"logistic {percent('precision_at_10_logistic')}",
        "校准 calibration": f"mean risk {_percent(metrics.get('relative_bias_came'))} off for the line as it "
        f"came, {_percent(metrics.get('relative_bias'))} as assumed (aim: 0); slope {number('slope_came')} "
        "(aim: 1)",
    }
    return [f"{name}: {value}" for name, value in (lines | (judged if metrics else {})).items()]


def _verdict(more: float | None, low: float | None, high: float | None) -> str:
    """Say by the interval of the difference whether the model ranks better than income alone."""
    if more is None or low is None or high is None:
        return "看不出 cannot be told"
    word = "是 yes" if low > 0 else "否 NO: rank by income instead" if high < 0 else "不能确定 not shown"
    return f"{word}; AUC {more:+.3f} [{low:+.3f}, {high:+.3f}]"


def _percent(share: float | None) -> str:
    return _figure(share, "{:+.1%}")


def _figure(value: float | None, form: str) -> str:
    return "n/a" if value is None else form.format(value)


def released() -> str:
    """Sum up the release of the parameters in force."""
    params = load_params()
    delivered, happened = delivery_of(HERE, params).sentence, wording_of(params.label.written()).of.past
    return summary(params.season, params.source.kind, delivered, happened)
