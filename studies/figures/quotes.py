"""Figures of a run that a document quotes without a marker, so that they would go stale unseen."""

import re
from collections.abc import Iterator

from studies.figures.markers import unmarked

#: What is never quoted of a run by hand, in the words of documents and of `docs/metrics.md`.
METRIC = r"\bAUC\b|precision at capacity|\bbias\b|\bslope\b|名额内命中率|校准斜率|偏差"
#: A share or a figure of two decimals or more; days, versions and whole percents are none.
NUMBER = r"(?<![\w.])[+−-]?\d?\.\d{2,}(?!\d*(?:\.\d|[^\W\d]))"
#: Stands in a line that tells a limit, such as a gate's, and no figure of a run.
LIMIT = "<!--limit-->"
QUOTE = re.compile(rf"({METRIC})[^|\n]*?({NUMBER})", re.IGNORECASE)
#: A run of their own, named with its day: what stands between is history and stays as it is.
OWN_RUN = re.compile(r"<!--own-run 20\d\d-\d\d-\d\d [^>]+-->.*?<!--/own-run-->", re.DOTALL)


def quotes(text: str) -> Iterator[tuple[int, str]]:
    """Find figures that are quoted without a marker.

    Parameters
    ----------
    text : str
        A document in Markdown.

    Yields
    ------
    tuple of (int, str)
        Line and what stands there.

    Examples
    --------
    >>> list(quotes("The model's AUC is 0.804."))
    [(1, 'AUC is 0.804')]
    >>> list(quotes("AUC <!--fig eph/board/pooled/all/risk_model/auc 3-->0.879<!--/fig-->"))
    []
    """
    bare = unmarked(OWN_RUN.sub(lambda one: "\n" * one[0].count("\n"), _same_lines(text)))
    in_table = False
    for number, line in enumerate(bare.splitlines(), 1):
        is_row = line.startswith("|")
        in_table = is_row and (in_table or bool(re.search(METRIC, line, re.IGNORECASE)))
        hit = QUOTE.search(line) or (re.search(NUMBER, line) if in_table else None)
        if hit and LIMIT not in line:
            yield number, hit[0]


def _same_lines(text: str) -> str:
    """Keep the count of lines where a marked figure spans several."""
    return re.sub(
        r"(<!--fig \S+ [\w+%]+-->)(.*?)(<!--/fig-->)",
        lambda one: one[1] + one[3] + "\n" * one[2].count("\n"),
        text,
        flags=re.DOTALL,
    )
