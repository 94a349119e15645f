"""The section ``model`` of the parameters: what lists; what is fitted, to how many rows."""

from typing import Any, Literal

from register.parameters import Rise, Section, parameter

EPH = "chosen on EPH seasons before 2019Q4"
PAST = "simulated windows closed by 2023Q4"
#: What the training decides by, and what lists; the rest are arguments of `models.risk.model.RiskModel`.
ROWS = (
    "max_negatives",
    "max_positives",
    "max_calibration_rows",
    "min_calibration_positives",
    "few_positives",
    "latest_year",
    "class_lines",
    "line_rises",
    "survey_weights",
)
LISTS = ("kind", "rule_counts_as", "of_another_place")
#: What is learned of recorded causes beside the model.
FORECAST = ("forecast",)
AUTO, TRAINED = "auto", "trained"
#: Of lines by class: households are classed by size and age.
SIZE_AND_AGE = "size_and_age"
#: Of survey weights: training rows count by them.
USED = "used"


class ForecastParameters(Section):
    """The forecast of causes: from how many records on, how it is fitted, how sure is sure."""

    records: int = parameter("recorded causes; from fewer none is learned", unit="records", ge=1)
    ridge: float = parameter("penalty of the facts of a cause in its own score", source=PAST, gt=0)
    ridge_of_circumstances: float = parameter(
        "penalty of circumstances in any cause's score", source=PAST, gt=0
    )
    power: float = parameter(
        "of risk over chance of being recorded, as which a record counts: 0 all alike, 1 whole",
        source="Shimodaira 2000",
        ge=0,
        le=1,
    )
    most: float = parameter("times the middle weight that a record counts at most", ge=1)
    firm: float = parameter("share from which on a named cause is firm", gt=0, le=1)
    likely: float = parameter("and likely; below, uncertain", gt=0, le=1)


class SecondSetParameters(Section):
    """Members of their own for households below the line before (`models.risk.second_set`)."""

    part: float = parameter(
        "of the margin of households below the line before, how much is their own members'; 0 makes none",
        unit="share",
        source="ADR 24",
        ge=0,
        le=1,
    )
    least: int = parameter(
        "rows of each class that were below the line before or are now; of fewer none are made",
        unit="rows",
        ge=1,
    )


class ClassLinesParameters(Section):
    """Lines of their own for classes of households (`models.risk.calibration.class_lines`)."""

    by: Literal["none", "size_and_age"] = parameter(
        "classes whose margins are read apart: none | size_and_age, households of 1, 2 to 3, 4 to 5, 6 "
        "and more, and those of elderly members only",
        source="ADR 27",
    )
    part: float = parameter(
        "how far the line of a class is believed, beside the one of all",
        unit="share",
        source="least log loss on ten EPH seasons, 2017Q3 to 2019Q4; ADR 27",
        ge=0,
        le=1,
    )


class ModelParameters(Section):
    """What lists; what is fitted, to how many rows."""

    kind: Literal["auto", "rules", "income", "trained"] = parameter(
        "what lists: auto, trained where it can be judged and beats income, else a published order | "
        "rules, income: that order | trained, or nothing",
        source="ADR 21",
    )
    rule_counts_as: float = parameter(
        "times the income that a rule counts as, in the order by rules", source="ADR 21", gt=0, lt=1
    )
    of_another_place: str | None = parameter(
        "folder of a model trained elsewhere that lists, untested here (a run's folder model), or null",
        who="analyst",
        source="ADR 21",
    )
    members: int = parameter(
        "boosters averaged, each on another 80 % of households",
        source="EVALUATION 1 (stability over seeds)",
        ge=1,
    )
    rounds: int = parameter("trees of a member", source=EPH, ge=1)
    learning_rate: float = parameter("step of a tree", source=EPH, gt=0, le=1)
    num_leaves: int = parameter("leaves of a tree", source=EPH, ge=2)
    max_depth: int = parameter("splits on a path, keeps explanations fast", ge=1)
    min_data_in_leaf: int = parameter(
        "rows of a leaf at least; none may describe few households",
        unit="rows",
        source="RELIABILITY M9",
        ge=1,
    )
    feature_fraction: float = parameter(
        "share of features a tree may use",
        unit="share",
        source="placebos get .03 at most, skill as at 0.2 on past seasons; ADR 10",
        gt=0,
        le=1,
    )
    lambda_l2: float = parameter("ridge on leaf values", source=EPH, ge=0)
    max_bin: int = parameter(
        "bins of a feature", source="127 was no better on EPH seasons before 2019Q4 and slower", ge=2
    )
    ridge: float = parameter(
        "penalty of the logistic member", source="50 and 500 alike on EPH seasons before 2019Q4", ge=0
    )
    second_set: SecondSetParameters = parameter("of members, for households below the line before")
    seed: int = parameter("seed of the first member", ge=0)
    max_negatives: int = parameter(
        "about as many negatives are kept, weighted for the rest", unit="rows", source="DESIGN 11", ge=1
    )
    max_positives: int = parameter(
        "about as many rows that fell are kept, weighted for the rest",
        unit="rows",
        source="DESIGN 11: learning has levelled off",
        ge=1,
    )
    max_calibration_rows: int = parameter(
        "rows of drawn households from the last closed year", unit="rows", ge=1
    )
    min_calibration_positives: int = parameter(
        "rows of each class; below it the model stays uncalibrated and says so", unit="rows", ge=1
    )

    few_positives: int = parameter(
        "with fewer that fell in the last closed year the simplest kind is preferred",
        unit="rows",
        source="one standard error, models/training/selection.py",
        ge=0,
    )
    latest_year: float = parameter(
        "how far the level of the latest closed year is believed, beside that of all years",
        unit="share",
        source="least log loss on ten EPH seasons, 2017Q3 to 2019Q4; ADR 23",
        ge=0,
        le=1,
    )
    class_lines: ClassLinesParameters = parameter("of the margin, by class of household")
    line_rises: tuple[Rise, ...] = parameter(
        "rises of the line that risks are read for besides the one assumed",
        unit="share",
        who="evaluators",
        source="ADR 23",
    )
    survey_weights: Literal["ignored", "used"] = parameter(
        "in training; used: a row counts by the households it stands for",
        default="ignored",
        who="analyst",
        source="ADR 24",
    )
    forecast: ForecastParameters = parameter("of causes, learned from recorded ones beside the model")

    def trees(self, threads: int) -> dict[str, Any]:
        """Give the arguments of `models.risk.model.RiskModel`."""
        return {**self.model_dump(include=set(TREES)), "threads": threads}


#: The arguments of `models.risk.model.RiskModel` that a file may set: directions are the features', threads
#: the machine's.
TREES = tuple(name for name in ModelParameters.model_fields if name not in (*ROWS, *LISTS, *FORECAST))
