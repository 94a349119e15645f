"""Stage: take the source into the register."""

from dataclasses import replace
from functools import partial

import polars as pl

from pipelines.workspace.earlier_keys import earlier_keys
from pipelines.workspace.invented import refuse_own_files_as_invented
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.stage import run_stage, tell
from pipelines.workspace.workspace import Workspace, today, walked
from register.intake.ingest import Settings, ingest
from register.intake.lookback_delivery import Pseudonym, WithLookbacks
from register.keys.pseudonym import Pseudonymiser
from register.keys.seals import seal_key_file
from register.lookback_store import LookbackStore, known_by
from register.off_list_store import off_list_store
from register.sources.open import open_source
from register.tables.found_off_list import FOUND_OFF_LIST


def main(workspace: Workspace, params: Parameters) -> None:
    """Read the source that params.yaml names, quarantine what will not do, seal the rest."""
    refuse_own_files_as_invented(workspace, params.source)
    settings = replace(
        Settings.of(params.source.kind, params.ingest, params.privacy, today()),
        made_under=earlier_keys(workspace),
    )
    key_file = seal_key_file(params.privacy)
    lookbacks, off_list = (
        LookbackStore(workspace.lookbacks, key_file),
        off_list_store(workspace.lookbacks, key_file),
    )
    named = WithLookbacks(open_source(params.source), *_visits(lookbacks, workspace, settings))
    source = WithLookbacks(named, *_visits(off_list, workspace, settings), FOUND_OFF_LIST)
    ingest(source, workspace.register, settings, walk=walked, say=tell)
    if not getattr(source, "has_control_totals", False):
        told_in = workspace.register / "delivery.md"
        tell(f"no control totals: a cut file cannot be told from a short one ({told_in})")
    if left_out := named.left_out + source.left_out:
        tell(f"look-backs: {left_out} visits left out, their households are not in this delivery")


def _visits(
    store: LookbackStore, workspace: Workspace, settings: Settings
) -> tuple[pl.DataFrame, Pseudonym | None]:
    """Read what visits to this source's households found, and how the households are named in it."""
    records = store.records(with_notes=settings.vault is not None)
    known = known_by(records, settings.delivered_on).filter(pl.col("source_kind") == settings.source_kind)
    if settings.vault is None:
        known = known.with_columns(note=pl.lit(None, pl.String))  # it may name people
    key = settings.pseudonym_key(workspace.register)
    return known, partial(Pseudonymiser(key).pseudonym, "household_id") if key else None


if __name__ == "__main__":
    run_stage(main)
