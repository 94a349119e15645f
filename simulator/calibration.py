"""Is the simulated prefecture like the published ones? Every figure beside its band and source."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl
import yaml

from simulator.county import simulate_county
from simulator.measured import figures
from simulator.settings import SimulatorParameters
from simulator.truth import truth_of

BANDS = Path(__file__).with_name("bands.yaml")


def calibration(settings: SimulatorParameters, counties: int) -> pl.DataFrame:
    """Simulate some counties and compare them with what is published.

    Returns
    -------
    DataFrame
        ``figure, en, simulated, published, low, high, source, is_inside``, in the order of
        ``bands.yaml``.
    """
    made = [simulate_county(index, settings) for index in range(counties)]
    text, truth = (
        _together([one.tables for one in made]),
        _together([truth_of(one, settings) for one in made]),
    )
    return beside_bands(figures(text, truth))


def beside_bands(measured: Mapping[str, float]) -> pl.DataFrame:
    """Set measured figures beside the bands they must lie in."""
    bands = pl.DataFrame(yaml.safe_load(BANDS.read_text(encoding="utf-8")), infer_schema_length=None)
    bands = bands.filter(pl.col("figure").is_in(list(measured)))
    values = pl.Series("simulated", [round(measured[name], 4) for name in bands["figure"]])
    return bands.with_columns(values, pl.col("low", "high").cast(pl.Float64)).select(
        "figure", "en", "simulated", "published", "low", "high", "source",
        pl.col("simulated").is_between("low", "high").alias("is_inside"),
    )  # fmt: skip


def _together(parts: Sequence[Mapping[str, pl.DataFrame]]) -> dict[str, pl.DataFrame]:
    return {name: pl.concat([part[name] for part in parts]) for name in parts[0]}
