"""What the protocol looks at: a finished run, and the trainings that judge it in other ways."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from models.keys import KEYS
from models.labels.label_rules import LabelRules
from models.places import whole
from models.training.settings import ModelSettings
from pipelines.stages.evaluation_rows import CLUSTERS
from pipelines.stages.seasons import KNOWN, rows_below_line, seasons_to_train
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.training_outputs import training_facts
from pipelines.workspace.workspace import HERE
from register.atomic import read_parquet
from register.errors import StoreError
from register.seasons import season_end, seasons_between
from register.store import Register
from studies.protocol.splits import HOUSEHOLDS, RANDOM, REGIONS, ROLLING, Fold, Splitting, folds


@dataclass(frozen=True)
class Past:
    """A finished run, as the protocol looks at it.

    Attributes
    ----------
    cohort : DataFrame
        All rows with their labels as known at the register's end, and ``cluster``.
    origins : tuple of str
        Seasons judged.
    splitting : Splitting
        Parts, regions and the sampling of every training.
    """

    params: Parameters
    cohort: pl.DataFrame
    origins: tuple[str, ...]
    rules: LabelRules
    splitting: Splitting

    @classmethod
    def of(cls, params: Parameters) -> "Past":
        """Read what the run left behind.

        Raises
        ------
        StoreError
            When there was none.
        """
        path = HERE.cohort
        if not path.is_file():
            raise StoreError(f"{path}: no trained seasons found; run the pipeline first (huitou run)")
        cluster = whole(CLUSTERS[params.evaluate.cluster]).alias("cluster")
        rules, settings = params.label, params.protocol
        splitting = Splitting(
            settings.parts, settings.region, rules.months, ModelSettings.of(params.model, 1)
        )
        origins = tuple(training_facts(HERE)["origins"])
        return cls(params, read_parquet(path).with_columns(cluster), origins, rules, splitting)

    def below(self, register: Register) -> pl.DataFrame | None:
        """List the rows below the line that trees learn from too; None where they learn from the cohort."""
        first, last = self.params.features.first_season, self.params.season
        dates = [season_end(one) for one in seasons_between(first, last)]
        return rows_below_line(register, dates, self.rules, self.params.cohort, self.params.compute)

    @property
    def judged(self) -> pl.DataFrame:
        """Rows of the judged seasons."""
        return self.cohort.filter(pl.col("as_of_date").is_in([season_end(one) for one in self.origins]))

    def placed(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Add what the bootstrap draws a row with; sorted, so that sums come in one order."""
        return rows.join(self.cohort.select(*KEYS, "cluster"), on=KEYS).sort(KEYS)


def all_folds(past: Past) -> list[Fold]:
    """List the trainings of every split: by season's end, household, region, and by lot."""
    compute, end = past.params.compute, date.fromisoformat(training_facts(HERE)["register_end"])
    listed: list[Fold] = []
    days: dict[date, list[Any]] = {season_end(one): [] for one in past.origins}
    register, settings = Register(HERE.register), past.splitting.settings
    outside = past.below(register)
    seasons = seasons_to_train(register, past.cohort, past.rules, settings, days, end, compute, outside)
    for origin, season in zip(past.origins, seasons, strict=True):
        scored = past.judged.filter(pl.col("as_of_date") == season.day)
        for split in (ROLLING, HOUSEHOLDS, REGIONS):
            labelled = (season.known, season.known_earlier)
            below = _located(outside, season.below)
            listed += folds(split, origin, season.day, *labelled, past.cohort, scored, past.splitting, below)
    return [*listed, *_by_lot(past)]


def _located(outside: pl.DataFrame | None, labelled: pl.DataFrame | None) -> pl.DataFrame | None:
    """Give the labels of rows below the line with where they live; None without any."""
    return None if outside is None or labelled is None else outside.join(labelled, on=KEYS)


def _by_lot(past: Past) -> list[Fold]:
    """Part the rows up to the last origin by lot, with the labels known at the register's end.

    Whatever `model.survey_weights` says, each row counts once: this split shows what leaks, not skill.
    """
    end, last = date.fromisoformat(training_facts(HERE)["register_end"]), season_end(past.origins[-1])
    rows = past.cohort.filter(pl.col("as_of_date") <= last)
    known = rows.drop_nulls("label").select(KNOWN)
    return list(folds(RANDOM, "all", end, known, known.clear(), rows, past.judged, past.splitting))
