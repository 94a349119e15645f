"""`huitou releases` and `huitou rollback`: what was released, and which release is in use."""

import sys
from pathlib import Path

from pipelines.workspace.events import keep_event
from pipelines.workspace.lock import one_at_a_time
from pipelines.workspace.parameters import Parameters, load_params
from pipelines.workspace.stage import tell
from pipelines.workspace.workspace import HERE, Workspace
from register.atomic import write_json
from register.cells.width import padded
from register.errors import StoreError
from register.keys.seals import public_key, seal_key_file
from watchlists.release.manifest import NewerReleaseError
from watchlists.release.store import CURRENT, LISTED, Release, Releases, open_release, point, stored
from watchlists.visits.previous import earlier_releases, otherwise_hidden

COLUMNS = ("发布 release", "季度 season", "来源 made from", "户数 listed", "在用 current", "校验 verified")
WIDTHS = (22, 14, 46, 12, 14, 0)


def releases_of(workspace: Workspace, params: Parameters) -> Releases:
    """Say where the releases of a workspace stand and what they are sealed under."""
    return Releases(workspace.releases, seal_key_file(params.privacy))


def list_releases() -> None:
    """Show every release in the store, verified now."""
    releases = releases_of(HERE, load_params())
    current = _target(releases.root / CURRENT)
    known = list(stored(releases))
    if not known:
        sys.stdout.write("没有发布。No release yet: run huitou run.\n")
        return
    sys.stdout.writelines(f"{_line(row)}\n" for row in (COLUMNS, *(_row(*one, current) for one in known)))
    sys.stdout.write(f"核验公钥 public key of the seals: {public_key(releases.key_file)}\n")
    damaged = [release for _, release in known if isinstance(release, StoreError)]
    if damaged:
        raise damaged[0]


def follow_earlier(workspace: Workspace, params: Parameters) -> None:
    """Name the releases that are earlier than the season, for the stages that read them to depend on.

    The folder of releases itself is no dependency: publishing changes it.
    """
    folders = earlier_releases(workspace.releases, params.season, params.source.kind, params.label.written())
    for path in otherwise_hidden(workspace.releases, params.season, params.source.kind):
        tell(f"{path}: made under a machine's own key, before that of invented data; not compared with")
    versions = {path.name: path.resolve().name for path in folders}
    write_json(workspace.earlier / "releases.json", versions)


def roll_back(name: str) -> None:
    """Make another release the current one: one link is renamed, after it was verified.

    Parameters
    ----------
    name : str
        A season, or the name of a release as `huitou releases` shows it.
    """
    releases = releases_of(HERE, load_params())
    with one_at_a_time("rollback"):
        chosen = open_release(releases, name)
        before = _target(releases.root / CURRENT)
        keep_event(HERE, load_params(), "rollback", before=before, now=chosen.folder.name)
        point(releases.root / CURRENT, releases.store / chosen.folder.name)
    sys.stdout.write(f"此前 was current: {before}\n当前 is current:  {chosen.folder.name}\n")


def _row(name: str, release: Release | StoreError, current: str) -> tuple[str, ...]:
    used = "*" if name == current else ""
    if isinstance(release, StoreError):
        is_newer = isinstance(release, NewerReleaseError)
        return (name, "", "", "", used, "新版所作 newer" if is_newer else "损坏 damaged")
    made = f"{release.source_kind}, register {_short(release.manifest['register_sha256'])}, "
    made += f"model {_short(release.manifest['model_sha256'])}"
    listed = str(release.manifest["files"][LISTED]["rows"])
    return (name, release.season, made, listed, used, "完好 whole")


def _short(digest: str | None) -> str:
    return (digest or "-")[:8]


def _line(cells: tuple[str, ...]) -> str:
    return "".join(padded(cell, width) for cell, width in zip(cells, WIDTHS, strict=True)).rstrip()


def _target(link: Path) -> str:
    return link.readlink().name if link.is_symlink() else "-"
