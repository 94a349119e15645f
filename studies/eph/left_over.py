"""Does the survey hold more than the features do? ``python -m studies.eph.left_over FOLDER``.

Run it after an EPH run. It adds every column the survey publishes of a household and its
head, and sums over members, to the features, trains both ways and judges them on seasons
before any that is tested (EVALUATION 4: VALID). Figures, no data.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from features.declaration import declared_features
from models.arrays import Flags, Floats
from models.evaluation.metrics.ranking import Ranking, auc
from models.keys import KEYS
from models.resampling import Resampling, interval
from models.risk.logistic import blend
from models.risk.model import RiskModel
from models.risk.training_set import feature_frame, monotone_directions
from models.training.selection import KINDS
from pipelines.stages.seasons import feature_shards
from pipelines.workspace.parameters import load_params
from pipelines.workspace.workspace import HERE
from register.atomic import read_parquet
from register.seasons import season_end
from register.sources.eph.baskets import first_day
from register.sources.eph.files import quarters, read_numbers

KNOWN_BY = date(2019, 6, 30)
JUDGED = [season_end("2019Q3"), season_end("2019Q4")]
#: Keys, weights, codes without an order, and sex, which is never a feature.
LEFT_OUT = (
    "CODUSU",
    "NRO_HOGAR",
    "COMPONENTE",
    "ANO4",
    "TRIMESTRE",
    "REALIZADA",
    "MAS_500",
    "REGION",
    "AGLOMERADO",
    "PONDERA",
    "PONDIH",
    "PONDII",
    "PONDIIO",
    "CH04",
    "CH05",
    "CH15_COD",
    "CH16_COD",
    "PP04B_COD",
    "PP04D_COD",
    "PP11B_COD",
    "PP11D_COD",
)
HEAD = 1


def main(folder: Path) -> None:
    """Train with and without what the survey publishes, and print what it adds."""
    rows = read_parquet(HERE.cohort).drop_nulls("label")
    known = pl.col("label_known_on") <= KNOWN_BY
    rows = rows.filter(known | pl.col("as_of_date").is_in(JUDGED)).with_columns(is_trained=known)
    published = pl.concat(_published(folder), how="diagonal")
    others = [name for name in published.columns if name not in KEYS]
    shards = [shard.join(published, on=KEYS, how="left") for shard in feature_shards(HERE)]
    directions = monotone_directions(declared_features())
    scores = {
        name: _scores(rows, shards, columns, directions)
        for name, columns in {"features": [*directions], "with all columns": [*directions, *others]}.items()
    }
    judged = rows.sort(KEYS).filter(~pl.col("is_trained"))
    sys.stdout.write(f"{len(directions)} features, {len(others)} columns of the survey besides\n")
    for task, at in {
        "ENTRY": np.ones(len(judged), dtype=bool),
        "RETURN": judged["is_return"].to_numpy(),
    }.items():
        sys.stdout.write("".join(_comparison_lines(task, judged, at, scores)))


def _published(folder: Path) -> Iterator[pl.DataFrame]:
    for quarter, (homes, persons) in quarters(folder).items():
        opened, living = _columns(homes, "home"), _columns(persons, "member")
        head = living.filter(pl.col("member_CH03") == HEAD).unique("household_id")
        sums = living.group_by("household_id").agg(
            pl.exclude("household_id").clip(0).sum().name.prefix("all_")
        )
        joined = opened.join(head, on="household_id", how="left").join(sums, on="household_id", how="left")
        ends = pl.lit(first_day(*quarter)).dt.offset_by("3mo").dt.offset_by("-1d")
        yield joined.with_columns(ends.alias("as_of_date"))


def _columns(path: Path, prefix: str) -> pl.DataFrame:
    header = pl.read_csv(path, n_rows=0, infer_schema=False).columns
    names = [name for name in header if name not in LEFT_OUT]
    read = read_numbers(path, ["NRO_HOGAR", *names], texts=["CODUSU"])
    household = pl.concat_str("CODUSU", pl.col("NRO_HOGAR").cast(pl.Int64).cast(pl.String), separator="_")
    return read.select(household.alias("household_id"), pl.col(names).name.prefix(f"{prefix}_"))


def _scores(
    rows: pl.DataFrame, shards: Sequence[pl.DataFrame], columns: Sequence[str], directions: Mapping[str, int]
) -> Mapping[str, Floats]:
    trees = load_params().model.trees(threads=1)
    joined, frame = feature_frame(rows, shards, columns)
    is_trained = joined["is_trained"].to_numpy()
    label = joined["label"].cast(pl.Int64).to_numpy()
    model = RiskModel(**trees, monotone_cst=directions).fit(frame[is_trained], label[is_trained])
    members, logistic = model.raw_kinds(frame[~is_trained])
    trees = members.mean(axis=1)
    return {kind: blend(trees, logistic, share) for kind, share in KINDS.items()}


def _comparison_lines(
    task: str, judged: pl.DataFrame, at: Flags, scores: Mapping[str, Mapping[str, Floats]]
) -> Iterator[str]:
    label = judged["label"].cast(pl.Int64).to_numpy()[at]
    drawn = Resampling(judged.filter(at)["household_id"], 1000, 1)
    yield f"{task}: {len(label)} household-seasons, {label.sum()} poor\n"
    for kind in KINDS:
        both = {name: auc(Ranking(one[kind][at], label)) for name, one in scores.items()}
        fewer, with_more = drawn.spread(both).values()
        low, high = interval(with_more - fewer)
        own, more = (figure.value for figure in both.values())
        yield f"  {kind:<9} AUC {own:.4f}, with all columns {more:.4f}, difference {more - own:+.4f} "
        yield f"[{low:+.4f}, {high:+.4f}]\n"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
