"""What is known by now of past lists, from the stage that works it out to the pages that tell it."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import polars as pl

from models.evaluation.shadow import JUDGED
from models.labels.label_rules import LabelRules
from models.places import whole
from register.atomic import read_parquet, write_json, write_parquet
from watchlists.release.store import Release

TABLES = ("lists", "visits", "bands", "causes", "off_list", "drift", "shadows")
FACTS = "facts.json"
#: Table ``shadows``: a row a shadow (`watchlists.release.shadow`) and line.
SHADOWS = {
    **dict.fromkeys(
        ("season", "written_on", "known_until", "closes_on", "code_commit", "model_sha256"), pl.String()
    ),
    **dict.fromkeys(
        (
            "promised_mean_risk",
            "promised_precision",
            "promised_precision_low",
            "promised_precision_high",
            "promised_named",
        ),
        pl.Float64(),
    ),
    **JUDGED,
}


@dataclass(frozen=True)
class HindsightFacts:
    """What stands in no table.

    Attributes
    ----------
    season : str
        The delivered one, whose list is the last of the lists.
    known_on : str
        The register's end: outcomes are told as known then.
    off_list : int
        Visits to households that are not on the list of their season as it stands.
    """

    season: str
    known_on: str
    off_list: int


@dataclass(frozen=True)
class Hindsight:
    """Past lists judged (`models.evaluation.past_lists`), visits, drift, shadows, and the facts beside.

    Attributes
    ----------
    tables : mapping of str to DataFrame
        `TABLES`.
    facts : HindsightFacts
    """

    tables: Mapping[str, pl.DataFrame]
    facts: HindsightFacts

    def write(self, folder: Path) -> None:
        """Write one file a table, and the facts."""
        for name in TABLES:
            write_parquet(folder / f"{name}.parquet", self.tables[name])
        write_json(folder / FACTS, asdict(self.facts))


def read_hindsight(folder: Path) -> Hindsight:
    """Read what `Hindsight.write` wrote."""
    tables = {name: read_parquet(folder / f"{name}.parquet") for name in TABLES}
    return Hindsight(tables, HindsightFacts(**json.loads((folder / FACTS).read_bytes())))


def cohort_of(release: Release, cluster: str) -> pl.DataFrame:
    """Give everybody a list was chosen from, as `models.evaluation.past_lists` wants them, outcomes aside.

    Parameters
    ----------
    release : Release
        An earlier one, or the folder of the season that is being made.
    cluster : str
        Column whose values are drawn again as a whole.
    """
    on_list = pl.col("household_id").is_in(release.list["household_id"].implode())
    return release.scores.select(
        "household_id",
        "as_of_date",
        "county_id",
        "risk",
        pl.lit(release.season).alias("season"),
        whole(cluster).alias("cluster"),
        on_list.alias("is_listed"),
    )


def listed_of(release: Release, cluster: str) -> pl.DataFrame:
    """Give the listed as `watchlists.report.lookback_figures` wants them."""
    names = ("household_id", "as_of_date", "risk", "main_cause")
    rank = pl.col("rank").cast(pl.Int64)
    columns = {"season": pl.lit(release.season), "cluster": whole(cluster), "rank": rank}
    return release.list.select(*names, **columns)


def label_rules_of(release: Release) -> LabelRules:
    """Say how the outcomes of a list are read: as was said when it was made."""
    return LabelRules(**release.manifest["parameters"]["label"])
