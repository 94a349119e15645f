"""The tables of a release, each made of the columns that the room that writes it names."""

from collections.abc import Iterable
from functools import cache

from models.attribution.ending_support import ENDED
from models.evaluation.board import SCHEMA
from watchlists.assembly import LISTED as OF_LIST
from watchlists.assembly import SCORES as OF_SCORES
from watchlists.contents.columns import column
from watchlists.ledger.tasks import TASKS
from watchlists.reasons.evidence_shape import EVIDENCE_FIELDS, EXPLAINED, TRIAL_FIELDS
from watchlists.release import store
from watchlists.release.declaration import DataTable
from watchlists.visits.boards import BOARD
from watchlists.visits.change import LEFT_SCHEMA

#: Raised when a column is taken away or changes its meaning; one migration in `watchlists.contents.reading`.
VERSION = 1
HOUSEHOLD, PLACE = ("household_id",), ("county_id", "township_id", "village_id")
PRIMARY_KEYS = (*PLACE, *HOUSEHOLD)
IN_ORDER = (*PLACE, "rank")
METRIC = ("name", "zh", "en", "definition", "of", "aim", "digits", "citation")
FIGURE = ("origin", "subgroup", "model", "compared_with", "metric", "list", "ties")
RELATIVE = ("relative_bias", "relative_bias_assumed")
BOUNDED = tuple(f"{name}{end}" for name in RELATIVE for end in ("", "_low", "_high"))
BIN = ("bin", "n", "n_positive", "mean_risk", "observed", "low", "high", *BOUNDED)
LIST = ("subgroup", "model", "share_percent")
SHARE = (*LIST, "precision", "precision_worst", "precision_best", "recall", "lift")
#: What stands in tables of its own, a row each.
NESTED = ("evidence", "trials")
EVIDENCE_ROW = (*HOUSEHOLD, "position", *EVIDENCE_FIELDS)
TRIAL_ROW = (*HOUSEHOLD, *TRIAL_FIELDS)
#: The files of a release whose rows the tables hold.
IN_FILES = (
    store.LISTED,
    store.SCORES,
    store.HIGH_OFF_LIST,
    store.LEFT,
    store.EXPLAINED,
    store.ENDING_HELP,
    store.BOARDS,
)


@cache
def tables() -> dict[str, DataTable]:
    """Declare every table of a release, by name.

    Returns
    -------
    dict of str to DataTable
        Of households first, then of places, then of the evaluation.
    """
    every = (*_of_lists(), *_of_explanations(), *_of_places_and_visits(), *_of_evaluation())
    return {one.name: one for one in every}


def _table(
    words: tuple[str, str, str],
    key: tuple[str, ...],
    columns: Iterable[str],
    required: tuple[str, ...],
    indexes: tuple[tuple[str, ...], ...] = (),
    file: str | None = None,
) -> DataTable:
    name, zh, en = words
    return DataTable(name, zh, en, key, tuple(column(name, one) for one in columns), required, indexes, file)


def _of_lists() -> tuple[DataTable, ...]:
    dated, listed = (*PRIMARY_KEYS, "as_of_date"), (*PRIMARY_KEYS, "as_of_date", "rank", "listed_by")
    by_place = (HOUSEHOLD, PLACE)
    words = ("listed", "名单上的一户", "a household of the list")
    cohort = ("scores", "评估人群中的一户", "a household of the cohort")
    off_list = ("high_off_list", "高风险而未入列的一户", "a household of high risk off the list")
    left = ("left", "此前在列、如今不在的一户", "a household that left the list")
    ranked = (HOUSEHOLD, PLACE, ("county_id", "rank_in_county"))
    return (
        _table(words, PRIMARY_KEYS, OF_LIST, listed, (HOUSEHOLD, IN_ORDER, ("rank",)), store.LISTED),
        _table(cohort, PRIMARY_KEYS, OF_SCORES, dated, ranked, store.SCORES),
        _table(off_list, PRIMARY_KEYS, OF_LIST, dated, by_place, store.HIGH_OFF_LIST),
        _table(left, PRIMARY_KEYS, LEFT_SCHEMA, (*HOUSEHOLD, "why_left"), by_place, store.LEFT),
    )


def _of_explanations() -> tuple[DataTable, ...]:
    plain, by_household = [name for name in EXPLAINED if name not in NESTED], (HOUSEHOLD,)
    place, lever, measure = (*HOUSEHOLD, "position"), (*HOUSEHOLD, "lever"), (*HOUSEHOLD, "measure")
    words = ("explanations", "名单上一户的说明所需", "what explains a listed household")
    evidence = ("evidence", "名单上一户的一条证据", "a piece of evidence of a listed household")
    trials = ("trials", "名单上一户在模型内的一次试改", "a trial of a listed household inside the model")
    ended = ("ending_help", "一户在模型内试停一项帮扶", "a trial inside the model of help that ends")
    columns = (*ENDED, "n_without", "standing")
    return (
        _table(words, HOUSEHOLD, plain, HOUSEHOLD, by_household, store.EXPLAINED),
        _table(evidence, place, EVIDENCE_ROW, (*place, "feature"), by_household),
        _table(trials, lever, TRIAL_ROW, lever, by_household),
        _table(ended, measure, columns, measure, by_household, store.ENDING_HELP),
    )


def _of_places_and_visits() -> tuple[DataTable, ...]:
    boards = ("boards", "督战板上的一地", "a place of a board")
    tasks = ("tasks", "发布时计划的一次走访", "a visit as planned at publication")
    area = ("level", "area_id")
    known = ("list_id", "season", *PRIMARY_KEYS, "order", "listed_by", "due_on", "state", "overdue")
    return (
        _table(boards, area, BOARD, (*area, "county_id"), (area, ("county_id",)), store.BOARDS),
        _table(tasks, (*PLACE, "order"), TASKS, known, (HOUSEHOLD, PLACE, ("order",))),
    )


def _of_evaluation() -> tuple[DataTable, ...]:
    metrics, figures = (
        ("metrics", "一个指标", "a metric"),
        ("figures", "一个指标的一个数", "a figure of a metric"),
    )
    bins = ("bins", "按风险等分的一组", "a bin of the risk")
    shares = ("shares", "占全体某份额的名单", "a list of a share of the cohort")
    always = ("origin", "subgroup", "model", "metric", "ties")
    return (
        _table(metrics, ("name",), METRIC, ("name", "zh", "en", "of", "digits")),
        _table(figures, FIGURE, SCHEMA, always, (("metric", "list"), ("model",))),
        _table(bins, ("bin",), BIN, ("bin",)),
        _table(shares, LIST, SHARE, LIST),
    )
