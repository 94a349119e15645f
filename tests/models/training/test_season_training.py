from datetime import date

import numpy as np
import polars as pl
import pytest
from numpy.testing import assert_allclose
from scipy.special import expit

from features.declaration import Feature
from models.keys import KEYS
from models.risk.calibration.class_lines import ClassLines
from models.risk.calibration.maps import fit_map
from models.risk.logistic import blend
from models.risk.model import RiskModel
from models.risk.parameters import ClassLinesParameters, SecondSetParameters
from models.risk.second_set import POOR_BEFORE
from models.risk.training_set import monotone_directions
from models.survey_weights import WEIGHT
from models.training.season_training import train_season, wanted_rows
from models.training.selection import select
from models.training.settings import ModelSettings
from register.seasons import months_later
from tests.parameters import parameters

MODEL = parameters().model
SECTION = {
    "members": 1,
    "rounds": 20,
    "min_data_in_leaf": 20,
    "max_negatives": 5000,
    "max_calibration_rows": 5000,
    "min_calibration_positives": 20,
}
SETTINGS = ModelSettings.of(MODEL.model_copy(update=SECTION), 1)
DAY = date(2024, 12, 31)
DATES = [months_later(DAY, -3 * step) for step in range(9, 3, -1)]
FEATURES = [
    Feature("income_now", "household", "income", "", "", "", "", (0, None), -1, lambda: pl.lit(0)),
    Feature("sick_days", "health", "illness", "", "", "", "", (0, None), 1, lambda: pl.lit(0)),
]


def county(drift=0.0, n=500):
    """Households at six dates: the poorer and sicker fall more often, later ones by `drift` more."""
    generator = np.random.default_rng(0)
    parts = []
    for step, day in enumerate(DATES):
        income, sick = generator.uniform(1, 3, n), generator.poisson(1, n).astype(float)
        margin = 1 - 2 * income + sick + drift * (step >= 3)
        parts.append(
            pl.DataFrame(
                {
                    "household_id": [f"H{i:04d}" for i in range(n)],
                    "as_of_date": [day] * n,
                    "income_now": income,
                    "sick_days": sick,
                    "label": generator.random(n) < expit(margin),
                    "label_known_on": [months_later(day, 12)] * n,
                }
            )
        )
    return pl.concat(parts)


def trained(rows, settings=SETTINGS, others=(), below=None, features=FEATURES):
    weight = pl.col(f"^{WEIGHT}$")
    known = rows.select("household_id", "as_of_date", "label", "label_known_on", *others, weight)
    scored = rows.filter(pl.col("as_of_date") == DATES[-1]).select("household_id", "as_of_date")
    taught = None if below is None else below.select(known.columns)
    wanted = wanted_rows(known, scored, DAY, 12, settings, taught)
    shards = [rows] if below is None else [rows, below]
    return train_season(known, known.clear(), wanted, shards, features, DAY, 12, settings)


def test_the_rows_asked_for_are_scored_and_the_risk_is_about_right():
    rows = county()
    season = trained(rows)
    risk = season.model.predict_proba(season.scored_frame)[:, 1]
    assert len(risk) == len(season.scored) == 500
    assert risk.mean() == pytest.approx(rows["label"].mean(), abs=0.05)


def test_what_is_kept_of_a_training_without_its_rows_says_all_but_them():
    season = trained(county())
    kept = season.without_rows
    assert (kept.model, kept.facts, kept.selection) == (season.model, season.facts, season.selection)
    assert (len(kept.training.frame), len(kept.training.label)) == (0, 0)
    assert len(season.training.label) == season.facts["n_rows_trained_on"]


def test_the_level_of_the_latest_year_is_believed_as_far_as_is_said():
    """Falls rose in the latest year: all of it is believed, half of it, or none."""
    rows, risks = county(drift=1.5), []
    for share in (0.0, 0.5, 1.0):
        season = trained(
            rows, ModelSettings.of(MODEL.model_copy(update={**SECTION, "latest_year": share}), 1)
        )
        risks.append(season.model.predict_proba(season.scored_frame)[:, 1].mean())
    late = rows.filter(pl.col("as_of_date") >= DATES[2])["label"].mean()
    assert risks == sorted(risks)
    assert risks[-1] == pytest.approx(late, abs=0.05)
    assert season.facts["calibration_rows"] == 4 * 500


def test_where_nothing_was_known_a_year_before_members_are_judged_on_households_they_have_not_seen():
    season = trained(county().filter(pl.col("as_of_date") > months_later(DAY, -24)))
    judged = season.late["household_id"].n_unique()
    assert 0 < judged < 500
    assert season.facts["calibration_note"] == ""
    risk = season.model.predict_proba(season.scored_frame)[:, 1]
    assert risk.mean() == pytest.approx(county()["label"].mean(), abs=0.05)


def test_with_too_few_rows_the_model_stays_uncalibrated_and_says_so():
    few = county().filter(pl.col("as_of_date") > months_later(DAY, -24), pl.col("household_id") < "H0040")
    season = trained(few)
    assert season.facts["calibration_note"].startswith("identity: ")
    assert (season.facts["kind"], season.model.logistic_share_) == ("logistic", 1.0)


def test_the_facts_name_what_was_trained_on():
    rows = county()
    facts = trained(rows).facts
    assert facts["trained_with_labels_known_on"] == "2024-12-31"
    assert facts["n_known"] == facts["n_rows_trained_on"] == len(rows)
    assert facts["n_positive"] == rows["label"].sum()


def test_that_the_logistic_member_starts_from_the_one_judged_changes_no_score():
    season = trained(county())
    rows = season.training
    directions = monotone_directions(FEATURES)
    alone = RiskModel(**SETTINGS.trees, monotone_cst=directions).fit(rows.frame, rows.label, rows.weight)
    matrix = rows.frame.to_numpy()
    assert_allclose(season.model.logistic_.margin(matrix), alone.logistic_.margin(matrix), atol=1e-6)


def test_a_draw_of_negatives_leaves_the_risk_about_the_same():
    rows = county()
    drawn = trained(rows, ModelSettings.of(MODEL.model_copy(update={**SECTION, "max_negatives": 1000}), 1))
    assert drawn.facts["n_rows_trained_on"] < 0.75 * len(rows)
    risk = drawn.model.predict_proba(drawn.scored_frame)[:, 1]
    assert risk.mean() == pytest.approx(rows["label"].mean(), abs=0.06)


def test_a_draw_of_those_who_fell_leaves_the_risk_about_the_same():
    rows = county()
    drawn = trained(rows, ModelSettings.of(MODEL.model_copy(update={**SECTION, "max_positives": 300}), 1))
    assert drawn.training.n_positive == pytest.approx(300, rel=0.2)
    assert drawn.facts["n_positive"] == rows["label"].sum()
    risk = drawn.model.predict_proba(drawn.scored_frame)[:, 1]
    assert risk.mean() == pytest.approx(rows["label"].mean(), abs=0.06)


def test_the_same_margin_is_read_for_a_higher_line():
    """Were the line higher, half of those that held would have fallen too."""
    rows = county()
    lot = pl.Series(np.random.default_rng(1).random(len(rows)))
    rows = rows.with_columns((pl.col("label") | (lot < 0.5)).alias("0.15"), pl.col("label").alias("0.0"))
    season = trained(rows, others=("0.0", "0.15"))
    model = season.model
    assert model.scenarios_["0.0"] == model.calibration_
    higher = model.calibrated(model.scenarios_["0.15"]).predict_proba(season.scored_frame)[:, 1]
    assert higher.mean() == pytest.approx(rows["0.15"].mean(), abs=0.05)
    assert "0.15" not in season.training.frame.columns


def test_rows_whose_label_another_rise_leaves_open_do_not_calibrate_it():
    """A household that left fell at one rise; at a lower one nobody saw what became of it."""
    left = (pl.col("household_id") >= "H0250") & pl.col("label")
    rows = county().with_columns(pl.when(~left).then("label").alias("0.0"))
    model = trained(rows, others=("0.0",)).model
    assert 0 < model.scenarios_["0.0"].n_rows < model.calibration_.n_rows


def poor(label=None):
    """As many households below the line, at the same dates; all of one label where it is said."""
    rows = county().with_columns(
        ("P" + pl.col("household_id")).alias("household_id"), pl.col("income_now") - 1
    )
    return rows if label is None else rows.with_columns(label=pl.lit(label))


def test_households_below_the_line_teach_the_trees_and_are_neither_scored_judged_nor_counted():
    rows = county()
    plain, season = trained(rows), trained(rows, below=poor(label=True))
    same = ("n_known", "n_positive", "base_rate", "n_rows_trained_on", "calibration_rows", "labels_compared")
    assert {name: season.facts[name] for name in same} == {name: plain.facts[name] for name in same}
    assert (plain.facts["n_rows_below"], season.facts["n_rows_below"]) == (0, 3000)
    assert season.scored.equals(plain.scored)
    assert season.late.select("household_id", "as_of_date", "label").equals(
        plain.late.select("household_id", "as_of_date", "label")
    )
    assert season.training.frame.equals(plain.training.frame)
    trees, logistic = season.model.raw_kinds(season.scored_frame)
    assert (trees != plain.model.raw_kinds(plain.scored_frame)[0]).any()
    np.testing.assert_array_equal(logistic, plain.model.raw_kinds(plain.scored_frame)[1])


def test_what_was_not_known_a_year_before_of_those_below_moves_no_member_that_judges():
    """Labels of the last year below the line are turned round: the late rows are judged as before."""
    late = pl.col("label_known_on") > months_later(DAY, -12)
    turned = poor().with_columns(label=pl.col("label") ^ late)
    one, other = (trained(county(), below=below) for below in (poor(), turned))
    assert one.late.equals(other.late)
    margins = [season.model.raw_kinds(season.scored_frame)[0] for season in (one, other)]
    assert (margins[0] != margins[1]).any()


def test_where_members_are_judged_on_other_households_those_below_the_line_stay_out_of_both():
    """Nothing was known a year before; labels below the line of the households judged are turned round."""
    recent = pl.col("as_of_date") > months_later(DAY, -24)
    rows = county().filter(recent)
    judged = trained(rows).late["household_id"].unique().implode()
    # The same households, below the line a month before each date.
    below = county().filter(recent).with_columns(pl.col("as_of_date").dt.offset_by("-1mo"))
    turned = below.with_columns(label=pl.col("label") ^ pl.col("household_id").is_in(judged))
    one, other = (trained(rows, below=taught) for taught in (below, turned))
    assert turned["label"].sum() != below["label"].sum()
    assert one.late.equals(other.late)


def test_no_household_below_the_line_changes_no_bit():
    rows = county()
    plain, season = trained(rows), trained(rows, below=poor().clear())
    margins = [one.model.margin(one.scored_frame) for one in (plain, season)]
    np.testing.assert_array_equal(*margins)
    assert plain.facts == season.facts


def test_of_many_below_the_line_a_fixed_draw_of_households_teaches_each_with_weight_one():
    few = ModelSettings.of(MODEL.model_copy(update={**SECTION, "max_negatives": 1000}), 1)
    below, known = (one.drop("income_now", "sick_days") for one in (poor(), county()))
    wanted = wanted_rows(known, known.clear(), DAY, 12, few, below).filter("trees_only")
    assert len(wanted) == pytest.approx(1000, rel=0.15)
    assert set(wanted["weight"]) == {1.0}
    assert set(wanted.group_by("household_id").len()["len"]) == {len(DATES)}
    assert wanted.select(pl.col("calibrates", "is_scored").is_not_null().any()).row(0) == (False, False)


def test_members_that_judge_have_a_second_set_for_those_poor_before_as_the_members_delivered_have():
    """A third of the households fell before, and their illness pays: late rows of no others move."""
    rows = county().with_columns(
        (pl.col("household_id").str.slice(-1).is_in(list("012"))).cast(pl.Float64).alias(POOR_BEFORE)
    )
    rows = rows.with_columns(label=pl.col("label") ^ ((pl.col(POOR_BEFORE) > 0) & (pl.col("sick_days") > 1)))
    falls = Feature(POOR_BEFORE, "history", "income", "", "", "", "", (0, None), 1, lambda: pl.lit(0))
    settings = SECTION | {"second_set": SecondSetParameters(part=0.5, least=20)}
    alike, apart = (
        trained(rows, ModelSettings.of(MODEL.model_copy(update=one), 1), features=[*FEATURES, falls])
        for one in (SECTION, settings)
    )
    assert (alike.facts["n_rows_second_set"], apart.facts["n_rows_second_set"]) == (0, 900)
    late = alike.late.join(
        rows.select("household_id", "as_of_date", POOR_BEFORE), on=KEYS, maintain_order="left"
    )
    moved = pl.Series(alike.late["boosted"] != apart.late["boosted"])
    assert not moved.filter(late[POOR_BEFORE] == 0).any()
    assert moved.filter(late[POOR_BEFORE] > 0).all()
    assert alike.late["logistic"].equals(apart.late["logistic"])


def kinds(season):
    """The log-odds of trees and of the logistic member, one above the other."""
    return np.concatenate([one.ravel() for one in season.model.raw_kinds(season.scored_frame)])


def surveyed(rows, weight):
    return rows.with_columns(weight.cast(pl.Float64).alias(WEIGHT))


#: A third of the households stands for nine times as many as the others; one in ten has no weight.
UNEVEN = pl.when(pl.col("household_id").str.slice(-1) < "3").then(900.0).otherwise(100.0)
WITH_GAPS = pl.when(~pl.col("household_id").str.ends_with("9")).then(UNEVEN)


def test_survey_weights_all_alike_or_missing_train_the_same_model_to_the_last_bit():
    plain = trained(county(), below=poor())
    for weight in (pl.lit(271.3), pl.lit(None)):
        alike = trained(surveyed(county(), weight), below=surveyed(poor(), weight))
        assert (kinds(alike) == kinds(plain)).all()
        assert alike.model.calibration_ == plain.model.calibration_
        assert alike.facts == plain.facts


def test_survey_weights_doubled_train_the_same_model_to_the_last_bit():
    one, other = (
        trained(surveyed(county(), WITH_GAPS * times), below=surveyed(poor(), WITH_GAPS * times))
        for times in (1, 2)
    )
    assert (kinds(one) == kinds(other)).all()
    assert one.model.calibration_ == other.model.calibration_


def test_trees_and_the_logistic_member_learn_from_those_who_stand_for_many():
    """Of those who stand for nine times as many nobody falls: both say less of everybody."""
    many = pl.col("household_id").str.slice(-1) < "3"
    rows = county().with_columns(pl.col("label") & ~many)
    plain, season = trained(rows), trained(surveyed(rows, UNEVEN))
    members = (one.model.raw_kinds(one.scored_frame) for one in (plain, season))
    for before, after in zip(*members, strict=True):
        assert after.mean() < before.mean() - 0.5


def test_with_survey_weights_the_kind_is_chosen_and_calibrated_by_households_each_once():
    settings = ModelSettings.of(MODEL.model_copy(update={**SECTION, "latest_year": 1.0}), 1)
    season = trained(surveyed(county(), UNEVEN), settings)
    boosted, logistic, label = (season.late[name].to_numpy() for name in ("boosted", "logistic", "label"))
    chosen = select(boosted, logistic, label, season.late["as_of_date"], settings.few_positives)
    raw = blend(boosted, logistic, chosen.logistic_share)
    assert season.selection.regrets.equals(chosen.regrets)
    assert season.model.calibration_.map.slope == pytest.approx(fit_map(raw, label).slope)
    assert season.training.weight.sum() == pytest.approx(len(season.training.label))


SIZED = [
    *FEATURES,
    Feature("household_size", "members", "household", "", "", "", "", (0, None), 0, lambda: pl.lit(0)),
    Feature("is_elderly_only", "members", "household", "", "", "", "", (0, 1), 0, lambda: pl.lit(0)),
]


def sized(rows):
    """Families of four of whom income says all, and couples of whom half of it is chance."""
    lot = pl.Series(np.random.default_rng(5).random(len(rows)))
    small = pl.col("household_id").str.slice(-1) < "5"
    return rows.with_columns(
        pl.when(small & (lot < 0.5)).then(lot < 0.1).otherwise("label").alias("label"),
        pl.when(small).then(2.0).otherwise(4.0).alias("household_size"),
        pl.lit(0.0).alias("is_elderly_only"),
    )


def by_class(part, by="size_and_age"):
    """Believe the lines of classes so far; trees too shallow to learn them by themselves."""
    section = {**SECTION, "class_lines": ClassLinesParameters(by=by, part=part), "rounds": 3}
    return ModelSettings.of(MODEL.model_copy(update=section), 1)


def test_a_class_is_read_by_the_line_of_its_own_late_rows():
    """The family line of the delivered margin is that of its late rows, as the line of all is."""
    season = trained(sized(county()), by_class(1.0), features=SIZED)
    rows = season.late
    raw = blend(rows["boosted"].to_numpy(), rows["logistic"].to_numpy(), season.model.logistic_share_)
    family = rows["household_id"].str.slice(-1).to_numpy() >= "5"
    lines, of_all = season.model.class_lines_.lines, fit_map(raw, rows["label"].to_numpy())
    for own, name in ((family, "4-5"), (~family, "2-3")):
        wanted = fit_map(raw[own], rows["label"].to_numpy()[own]).slope
        assert lines[name].slope * of_all.slope == pytest.approx(wanted)
    assert lines["2-3"].slope < 1 < lines["4-5"].slope
    assert season.facts["class_lines"] == season.model.class_lines_.to_dict()


def test_believed_less_the_lines_lie_nearer_to_the_one_of_all_and_the_level_stays():
    rows = sized(county())
    seasons = [trained(rows, by_class(part), features=SIZED) for part in (0.0, 0.5, 1.0)]
    slopes = [one.model.row_lines(one.scored_frame) for one in seasons]
    assert slopes[0] is None
    assert np.ptp(slopes[1].slope) == pytest.approx(np.ptp(slopes[2].slope) / 2)
    risks = [one.model.predict_proba(one.scored_frame)[:, 1].mean() for one in seasons]
    assert risks == pytest.approx([risks[0]] * 3, abs=0.02)


@pytest.mark.parametrize(
    ("settings", "features"),
    [(by_class(1.0, "none"), SIZED), (by_class(0.0), SIZED), (by_class(1.0), FEATURES)],
    ids=["no classes", "not believed", "no such features"],
)
def test_without_classes_everybody_is_read_by_one_line(settings, features):
    season = trained(sized(county()), settings, features=features)
    assert season.model.class_lines_ == ClassLines()
    assert season.facts["class_lines"] == {}


def test_that_classes_are_read_apart_moves_no_line_of_all():
    one, other = (trained(sized(county()), by_class(part), features=SIZED) for part in (0.0, 1.0))
    assert one.model.calibration_ == other.model.calibration_


def test_for_every_rise_households_stand_in_one_order_across_classes():
    rows = sized(county())
    lot = pl.Series(np.random.default_rng(1).random(len(rows)))
    rows = rows.with_columns((pl.col("label") | (lot < 0.5)).alias("0.15"))
    model = trained(rows, by_class(1.0), others=("0.15",), features=SIZED).model
    frame = trained(rows, by_class(1.0), features=SIZED).scored_frame
    higher = model.calibrated(model.scenarios_["0.15"])
    order = np.argsort(model.margin(frame), kind="stable")
    assert (np.diff(higher.margin(frame)[order]) >= 0).all()
