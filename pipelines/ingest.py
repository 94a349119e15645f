"""Stage: take the source into the register."""

from datetime import UTC, datetime

from pipelines.stage import run_stage, tell
from pipelines.workspace import REGISTER, load_params, shards
from register.ingest import Settings, ingest
from register.sources.open import open_source


def main() -> None:
    """Read the source that params.yaml names, quarantine what will not do, seal the rest."""
    params = load_params()
    source = open_source(params["source"])
    settings = Settings.of(params, today=datetime.now(UTC).date())
    ingest(source, REGISTER, settings, walk=shards)
    if not getattr(source, "has_control_totals", False):
        tell(f"no control totals: a cut file cannot be told from a short one ({REGISTER / 'delivery.md'})")


if __name__ == "__main__":
    run_stage(main)
