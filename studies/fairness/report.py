"""The report of `studies.fairness`: docs/fairness.md."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from features.declaration import GROUPS
from models.evaluation.board import MODEL
from models.evaluation.disclosure import SMALL, rounded
from register.atomic import write_text
from studies.fairness.cohort import ANYWHERE, BY_RISK, BY_TRUTH, DELIVERED, LISTS, TOLD_RISK
from studies.fairness.one_line import PRECISION
from studies.fairness.parts import FROM
from studies.fairness.study import Findings
from studies.fairness.words import BY_CLASS, CALIBRATION, HEAD, HIDDEN, PAIRS, PARTS, WHY
from watchlists.report.figure_words import GROUPS as ATTRIBUTES
from watchlists.report.figure_words import VALUES, words_of

HEADINGS = {
    DELIVERED: "as delivered",
    BY_RISK: "by risk alone",
    ANYWHERE: "same visits, anywhere",
    BY_TRUTH: "by true risk",
}
#: Parts of the log-odds that are told of (project).
LEAST_PART = 0.03
#: Ways to mend a gap in the model that were tried by hand, with day and commit.
TRIED = Path(__file__).with_name("tried.md")


def write_report(
    target: Path,
    findings: Findings,
    parts: pl.DataFrame,
    bands: int,
    by_class: pl.DataFrame | None = None,
) -> None:
    """Write the page.

    Parameters
    ----------
    target : Path
        The page.
    findings : Findings
        From `studies.fairness.study.study`.
    parts : DataFrame
        From `studies.fairness.parts.parts_at_equal_risk`.
    bands : int
        Bands of true risk.
    by_class : DataFrame, optional
        From `studies.fairness.one_line.change_by_classes`; without lines of classes nothing is told.
    """
    rows = findings.groups.to_dicts()
    gaps = [[_name(row), _count(row["n"]), *(_gap(row, one) for one in LISTS)] for row in rows]
    level = [
        [
            _name(row),
            _gap(row, MODEL),
            f"{row['promised']:.2f}",
            f"{row[f'{MODEL}_auc']:.3f}",
            f"{row[f'{TOLD_RISK}_auc']:.3f}",
        ]
        for row in rows
    ]
    text = [
        HEAD.format(day=datetime.now(tz=UTC).date(), n=rounded(findings.n), small=SMALL, bands=bands),
        _table(["group", "n", *HEADINGS.values()], gaps),
        WHY.format(why="\n".join(reasons(findings)) or "No group is missed beyond chance."),
        CALIBRATION,
        _table(
            [
                "group",
                "mean risk, points",
                "promised / came true",
                "AUC of the model",
                "AUC of the true risk",
            ],
            level,
        ),
        PARTS.format(least=FROM, part=LEAST_PART) + _parts(parts) if len(parts) else "",
        "" if by_class is None else BY_CLASS + _changes(by_class),
        "\n" + TRIED.read_text(encoding="utf-8"),
        HIDDEN + _hidden(findings.hidden),
        PAIRS.format(small=SMALL) + _pairs(findings.pairs),
    ]
    write_text(target, "".join(text))


def reasons(findings: Findings) -> list[str]:
    """Say of every group missed where its gap arises: duties, places, the model's risk."""
    of_group = {(row["group"], row["value"]): row for row in findings.groups.to_dicts()}
    against = {(row["group"], row["value"]): row for row in findings.without_elderly.to_dicts()}
    return [_reason(of_group[group], against[group]) for group in findings.missed]


def _reason(row: Mapping[str, Any], without: Mapping[str, Any]) -> str:
    duties, places = row[DELIVERED] - row[BY_RISK], row[BY_RISK] - row[ANYWHERE]
    return (
        f"- **{_name(row)}**: {_gap(row, DELIVERED)} points as delivered. Duties make {duties:+.1f} of it, "
        f"capacity by place {places:+.1f}, and the model's own risk {row[ANYWHERE]:+.1f}: a list by the true "
        f"risk in the same places would leave {_gap(row, BY_TRUTH)}. Held against others without the "
        f"households of elderly members only, {_gap(without, 'gap')} remain."
    )


def _parts(parts: pl.DataFrame) -> str:
    lines = []
    for row in parts.to_dicts():
        largest = sorted((one for one in GROUPS if abs(row[one]) >= LEAST_PART), key=lambda one: row[one])
        named = ", ".join(f"{one} {row[one]:+.2f}" for one in largest)
        lines.append([_name(row), _count(row["n"]), f"{row['margin']:+.2f}", named])
    return _table(["group", "n", "log-odds", "parts"], lines)


def _changes(by_class: pl.DataFrame) -> str:
    lines = []
    for row in by_class.to_dicts():
        name, sign = ("precision", "") if row["group"] == PRECISION[0] else (_name(row), "+")
        both = (f"{row[one]:{sign}.1f}" for one in ("one_line", "by_class"))
        lines.append([name, *both, _gap(row, "change")])
    return _table(["group", "one line", "by class", "change"], lines)


def _hidden(hidden: pl.DataFrame) -> str:
    lines = [
        [
            _name(row) if row["group"] else "everybody",
            _count(row["told"]),
            _count(row["true"]),
            f"{row['ratio']:.1f} : 1",
            f"{row['told_reached']:.1%}",
            f"{row['true_reached']:.1%}",
        ]
        for row in hidden.to_dicts()
    ]
    columns = ["group", "recorded falls", "true falls", "ratio", "recorded, reached", "true, reached"]
    return _table(columns, lines)


def _pairs(pairs: pl.DataFrame) -> str:
    lines = [
        [
            f"{_name(row)}, {_name({'group': row['other_group'], 'value': row['other_value']})}",
            _count(row["n"]),
            _count(row["n_positive"]),
            _gap(row, "gap"),
        ]
        for row in pairs.to_dicts()
    ]
    return _table(["groups", "n", "fell", "gap, points"], lines) if lines else "None.\n"


def _name(row: Mapping[str, Any]) -> str:
    name = words_of(ATTRIBUTES, row["group"])[1]
    return name if row["value"] == "yes" else f"{name} {words_of(VALUES, row['value'])[1]}"


def _gap(row: Mapping[str, Any], name: str) -> str:
    value, low, high = (row[f"{name}{end}"] for end in ("", "_low", "_high"))
    bounds = "" if low is None or high is None else f" [{low:+.1f}, {high:+.1f}]"
    return f"{value:+.1f}{bounds}"


def _count(number: float) -> str:
    return f"≤{SMALL}" if number <= SMALL else f"{rounded(number):,}"


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
