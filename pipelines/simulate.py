"""Stage simulate: make the prefecture, county by county, as the files a prefecture would send."""

from pathlib import Path

import polars as pl

from pipelines.stage import run_stage
from pipelines.workspace import ARTIFACTS, load_params, shards
from register.atomic import atomic_path, sha256, write_json, write_parquet
from register.simulator import Settings, county_id, simulate_county

SIMULATED = ARTIFACTS / "simulated"


def main() -> None:
    """Simulate every county; control.json says what was delivered, truth/ what nobody sees."""
    settings = Settings.of(load_params()["simulator"])
    numbers = {county_id(index): index for index in range(settings.counties)}
    control: dict[str, dict[str, int | str]] = {}
    for county in shards(numbers, "simulate"):
        tables, truth = simulate_county(numbers[county], settings)
        for name, frame in tables.items():
            control[f"{county}/{name}.csv"] = _delivered(SIMULATED / county / f"{name}.csv", frame)
        write_parquet(SIMULATED / "truth" / f"{county}.parquet", truth)
    write_json(SIMULATED / "control.json", control)


def _delivered(target: Path, frame: pl.DataFrame) -> dict[str, int | str]:
    with atomic_path(target) as aside:
        frame.write_csv(aside)
    return {"rows": len(frame), "sha256": sha256(target)}


if __name__ == "__main__":
    run_stage(main)
