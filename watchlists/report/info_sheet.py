"""The model information sheet: why leakage is not what makes the figures good, filled in by the run."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from features.declaration import declared_features, feature_groups
from register.atomic import write_text
from register.reference import causes
from watchlists.label_wording import LabelWording
from watchlists.pages.pages import page
from watchlists.report.figure_words import COLUMNS, MODELS, column_words, words_of
from watchlists.report.naming import Naming, about_causes
from watchlists.report.parameters import ReportParameters
from watchlists.report.published_evaluation import PublishedEvaluation, count

#: Dates and counts of every origin: the evidence of a clean separation in time.
EVIDENCE = (
    "origin",
    "first_trained",
    "last_trained",
    "last_label_known_on",
    "as_of_date",
    "window_opens",
    "window_closes",
    "n_trained",
    "n_trained_positive",
    "n_judged",
    "n_judged_positive",
)


def write_info_sheet(
    target: Path,
    evaluation: PublishedEvaluation,
    training: Mapping[str, Any],
    naming: Naming | None,
    params: ReportParameters,
) -> None:
    """Write ``model_info_sheet.md``.

    Parameters
    ----------
    target : Path
        The sheet.
    evaluation : PublishedEvaluation
        With the table ``boundaries``.
    training : mapping
        ``training.json``: facts of the final model, and why labels are unknown.
    naming : Naming or None
        How often causes are named and true; None under a published order.
    params : ReportParameters
        All parameters.

    References
    ----------
    Kapoor and Narayanan (2023), Leakage and the reproducibility crisis in
    machine-learning-based science, Patterns 4(9): the questions.
    """
    values = {
        "season": params.season,
        "about_causes": about_causes(naming),
        "told": evaluation.wording,
        "simulated": params.source.kind == "simulator",
        "categories": ", ".join(params.cohort.categories),
        "months": params.label.months,
        "cluster": params.evaluate.cluster,
        "origins": ", ".join(evaluation.origins),
        **dict(zip(("n", "n_positive"), map(count, evaluation.counts() or (None, None)), strict=True)),
        **_of_origins(evaluation.tables["boundaries"], evaluation.wording),
        **_of_training(training),
        **_of_features(),
    }
    write_text(target, page("info_sheet.md", values))


def _of_origins(boundaries: pl.DataFrame, wording: LabelWording) -> dict[str, Any]:
    judged, seen_before = (int(boundaries[name].sum()) for name in ("n_judged", "n_seen_before"))
    columns = [" ".join(column_words(name, wording.of)) for name in EVIDENCE]
    rows = [[_cell(value) for value in row] for row in boundaries.select(EVIDENCE).iter_rows()]
    return {
        "evidence": {"columns": columns, "rows": rows},
        "n_repeated": int(boundaries["n_repeated"].sum()),
        "n_unknown": count(int(boundaries["n_unknown"].sum())),
        "seen_before": round(100 * seen_before / max(judged, 1)),
    }


def _of_training(training: Mapping[str, Any]) -> dict[str, str]:
    final = ("calibration_rows", "n_rows_trained_on", "n_known")
    censored = (f"{' '.join(words_of(COLUMNS, name))} {count(n)}" for name, n in training["censored"].items())
    return {
        **{name: count(training["final"][name]) if name in training["final"] else "–" for name in final},
        "censored": ", ".join(censored),
        **_of_selection(training["final"]),
        "line_changes": _percents(training["final"].get("line_changes", [])),
    }


def _of_selection(final: Mapping[str, Any]) -> dict[str, str]:
    regrets = (
        f"{' '.join(words_of(MODELS, kind))} {regret:.4f}" for kind, regret in final["mean_regret"].items()
    )
    return {
        "kind": " ".join(words_of(MODELS, final["kind"])),
        "regrets": ", ".join(regrets) or "–",
        "labels_that_hold": f"{final['labels_that_hold']:.1%}",
    }


def _percents(ratios: Sequence[float]) -> str:
    return ", ".join(f"{ratio - 1:+.1%}" for ratio in ratios)


def _of_features() -> dict[str, Any]:
    groups, known = feature_groups(), causes()
    counts = (f"{known[name].zh} {known[name].en} {len(names)}" for name, names in groups.items() if names)
    return {"n_features": len(declared_features()), "feature_groups": ", ".join(counts)}


def _cell(value: object) -> str:
    return count(value) if isinstance(value, int) else str(value)
