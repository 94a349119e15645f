"""`huitou prune`: what is kept no longer than it is needed, and never the only good release."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from models.registry.champion import standing, tasks_of
from pipelines.commands.decider import decider
from pipelines.workspace.champion import championship_of, store_of
from pipelines.workspace.events import keep_event
from pipelines.workspace.lock import one_at_a_time
from pipelines.workspace.parameters import Parameters, load_params
from pipelines.workspace.releases import releases_of
from pipelines.workspace.tether import TetheredDvc
from pipelines.workspace.workspace import HERE
from register.errors import StoreError
from register.seasons import season_end
from watchlists.release.publication import remove_release
from watchlists.release.store import CURRENT, open_release, stored


def prune(older: str, by: str, why: str) -> str:
    """Remove releases and runs of seasons before `older`, and copies of data that no season needs.

    The current release stays, whatever its season, and so does every run that is or was a
    champion that stands. Look-backs, decisions and events stay: they are what the office did.

    Parameters
    ----------
    older : str
        The first season to keep.
    by, why : str
        Who removes it and for what reason; both are kept.

    Returns
    -------
    str
        What was removed.

    Raises
    ------
    ParamsError
        When nobody or no reason is named.
    SeasonError
        When `older` is no season, or nothing was ever released.
    StoreError
        When the current release is damaged: then nothing is removed.
    """
    decided_by = decider(by, why)
    with one_at_a_time("prune") as held:
        params = load_params()
        releases, runs = _old_releases(params, older), _old_runs(params, older)
        names = [path.name for path in (*releases, *runs)]
        keep_event(HERE, params, "prune", older=older, removed=names, **decided_by)
        _remove(releases, runs)
        if TetheredDvc(held).run("gc", "--workspace", "--force", "--quiet"):
            raise StoreError("prune: dvc gc failed; run `dvc gc --workspace` to read why")
    return "".join(f"已删除 removed: {name}\n" for name in names) + "多余副本已清 copies not needed removed\n"


def _old_releases(params: Parameters, older: str) -> list[Path]:
    """Name the folders of releases before a season, also damaged ones; not the one in use."""
    releases, first = releases_of(HERE, params), season_end(older)
    current = open_release(releases, CURRENT).folder
    folders = [releases.store.resolve() / name for name, _ in stored(releases)]
    return [one for one in folders if one != current and season_end(_season(one)) < first]


def _old_runs(params: Parameters, older: str) -> list[Path]:
    """Name the folders of runs before a season, but for those that a champion may step back to."""
    decisions = championship_of(HERE, params).decisions()
    kept = {one["run"] for task in tasks_of(decisions) for one in standing(decisions, task)}
    folders = [HERE.runs / name for name, _ in store_of(HERE, params).stored()]
    first = season_end(older)
    return [one for one in folders if one.name not in kept and season_end(_season(one)) < first]


def _season(folder: Path) -> str:
    return folder.name.split("-")[0]


def _remove(releases: Iterable[Path], runs: Iterable[Path]) -> None:
    """Take links away before what they lead to: a killed prune leaves nothing that leads nowhere."""
    for folder in releases:
        link = HERE.releases / _season(folder)
        if link.is_symlink() and link.resolve() == folder:
            link.unlink()
        remove_release(folder)
    for folder in runs:
        shutil.rmtree(folder)
