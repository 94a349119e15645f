"""Where shadows stand: one sealed file a season, written once, kept for good."""

from pathlib import Path

from models.labels.label_rules import outcome_of
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.workspace import Workspace
from register.errors import SeasonError
from register.keys.seals import read_sealed, seal_key_file, write_sealed
from watchlists.release.shadow import Shadow

KIND = "shadow"
REMEDY = "restore shadow/ from its last copy; one written again after the fact would be worth nothing"


def shadow_path(workspace: Workspace, season: str) -> Path:
    """Say where the shadow of a season stands."""
    return workspace.shadows / f"{season}.json"


def refuse_second(path: Path) -> None:
    """Refuse to write a shadow where one stands.

    Raises
    ------
    SeasonError
    """
    if path.exists():
        raise SeasonError(
            f"{path}: found a shadow that was written before; it stays as it is, or nobody could rely on it; "
            "write one for another season"
        )


def keep_shadow(workspace: Workspace, params: Parameters, shadow: Shadow) -> Path:
    """Seal a shadow; give its file.

    Raises
    ------
    SeasonError
        When the season has one.
    """
    path = shadow_path(workspace, shadow.season)
    refuse_second(path)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_sealed(path, shadow.written(), seal_key_file(params.privacy), KIND)
    return path


def kept_shadows(workspace: Workspace, params: Parameters) -> list[Shadow]:
    """Read every shadow, by season.

    Raises
    ------
    StoreError
        When one is damaged.
    """
    key_file = seal_key_file(params.privacy)
    return [
        Shadow(**read_sealed(path, key_file, REMEDY, KIND))
        for path in sorted(workspace.shadows.glob("*.json"))
    ]


def standing_shadows(workspace: Workspace, params: Parameters) -> list[Shadow]:
    """Read every shadow of this kind of source, outcome and window, by season, as `kept_shadows` does."""
    label = params.label.written()
    task = (params.source.kind, outcome_of(label), label["months"])
    kept = kept_shadows(workspace, params)
    return [one for one in kept if (one.source_kind, outcome_of(one.label), one.label["months"]) == task]
