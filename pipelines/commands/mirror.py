"""`huitou push` and `huitou pull`: releases to and from object storage."""

from pipelines.workspace.events import keep_event
from pipelines.workspace.lock import one_at_a_time
from pipelines.workspace.parameters import load_params
from pipelines.workspace.releases import releases_of
from pipelines.workspace.workspace import HERE
from watchlists.release.mirror import chosen, pull, push
from watchlists.release.object_storage import opened
from watchlists.release.store import open_release


def push_release(url: str, name: str) -> str:
    """Copy a release into object storage, and say which.

    Parameters
    ----------
    url : str
        See `watchlists.release.object_storage.opened`.
    name : str
        A season, ``current``, or the name of a release as `huitou releases` shows it.
    """
    params = load_params()
    release = open_release(releases_of(HERE, params), name)
    with opened(url) as mirror:
        keep_event(HERE, params, "push", release=release.folder.name, to=url)
        done = "已存入 pushed" if push(mirror, release) else "早已存入 was there already"
    return f"{release.folder.name}: {done}, {url}\n"


def pull_release(url: str, wanted: str) -> str:
    """Take a release out of object storage into the store, and say which.

    Parameters
    ----------
    url : str
        See `watchlists.release.object_storage.opened`.
    wanted : str
        The name of a release, or a season that has but one there.
    """
    params = load_params()
    with one_at_a_time("pull"), opened(url) as mirror:
        name = chosen(mirror, wanted)
        keep_event(HERE, params, "pull", release=name, origin=url)
        release = pull(mirror, releases_of(HERE, params), name)
    return f"{release.folder.name}: 已取回，校验完好 pulled and verified\n"
