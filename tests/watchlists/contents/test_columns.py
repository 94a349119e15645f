"""What a column means comes from where it is declared, and nothing is without a meaning."""

import pytest

from features.declaration import declared_features
from models.evaluation.declaration import declared_metrics
from register.tables import TABLES
from watchlists.contents.columns import FAMILIES, FILE, OF_NOBODY, _own_words, column
from watchlists.contents.tables import tables


def test_a_register_column_keeps_its_words_codes_and_privacy():
    ours, theirs = column("listed", "visit_result"), TABLES["lookbacks"].by_name["result"]
    assert (ours.zh, ours.en, ours.privacy) == (theirs.zh, theirs.en, theirs.privacy)
    assert {code: zh for code, (zh, _) in ours.meanings.items()} == dict(theirs.meanings)


def test_a_feature_and_a_metric_keep_their_words():
    feature = next(one for one in declared_features() if one.name == "n_students")
    metric = next(one for one in declared_metrics() if one.name == "lift")
    assert (column("explanations", "n_students").zh, column("shares", "lift").zh) == (feature.zh, metric.zh)


def test_health_is_sensitive_wherever_a_part_tells_of_it():
    parts = [f"{beginning}{group}" for beginning in FAMILIES for group in ("illness", "disability")]
    assert {column("scores", name).privacy for name in parts} == {"sensitive"}
    assert column("boards", "share_illness").privacy == ""


def test_the_same_word_means_another_thing_in_another_table():
    assert column("figures", "value").en != column("evidence", "value").en
    assert column("tasks", "listed_by").meanings.keys() != column("listed", "listed_by").meanings.keys()


def test_an_end_of_an_interval_is_told_from_its_figure():
    assert column("bins", "relative_bias_low").en == (
        "mean risk over the share that fell, less one, lower end of the 95 % interval"
    )


def test_a_column_that_nothing_declares_is_refused():
    with pytest.raises(TypeError) as refused:
        column("listed", "shoe_size")
    assert str(refused.value) == (
        f"table listed: nothing says what column shoe_size means: add it to {FILE.name}"
    )


def test_no_word_is_kept_that_no_column_needs():
    used = {f"{table.name}.{one.name}" for table in tables().values() for one in table.columns}
    names = {one.partition(".")[2] for one in used}
    bases = names | {name.removesuffix("_low").removesuffix("_high") for name in names}
    assert {name for name in _own_words() if name not in used | bases} == set()


def test_nobody_is_told_of_where_a_table_is_nobodys():
    assert {*tables()} >= OF_NOBODY
    assert all(one.privacy == "" for name in OF_NOBODY for one in tables()[name].columns)
