from models.evaluation.declaration import CAPACITY, LISTS, declared_metrics
from models.evaluation.views import (
    At,
    compared_figures,
    every_figure,
    figures_at_capacity,
    figures_of_board,
    figures_of_risk,
    headline_comparisons,
    headline_figures,
)

HEADLINES_SINCE_THE_FIRST_RUN = (
    *("auc", "ap", "precision_at_5", "precision_at_10", "recall_at_10", "lift_at_10"),
    *("precision_at_capacity", "recall_at_capacity", "lift_at_capacity", "exclusion_error"),
    *("inclusion_error", "omission_rate", "gap_weighted_exclusion", "lead_months", "list_overlap"),
    *("base_rate", "bias", "slope", "brier_skill", "log_loss"),
)


def test_names_that_older_runs_were_kept_under_are_names_still():
    assert set(HEADLINES_SINCE_THE_FIRST_RUN) <= every_figure().keys()


def test_every_figure_has_a_name_of_its_own_and_words_in_both_languages():
    figures = every_figure()
    assert len(figures) == sum(len(one.lists) or 1 for one in declared_metrics())
    assert all(all(one.words) for one in figures.values())


def test_a_metric_of_several_lists_is_named_with_its_list():
    assert {At("precision", on).words[1] for on in LISTS} == {
        "precision",
        "precision at capacity",
        *(f"precision at {share} %" for share in (1, 5, 10, 20)),
    }


def test_every_view_holds_declared_figures_alone():
    views = (headline_figures, compared_figures, headline_comparisons, figures_of_board, figures_of_risk)
    assert {one for view in views for one in view()} <= set(every_figure().values())


def test_the_table_of_the_real_visits_shows_all_that_is_aimed_at_with_them():
    found = {one.metric for one in figures_at_capacity()}
    assert found == {one.name for one in declared_metrics() if CAPACITY in one.lists and one.aim is not None}
