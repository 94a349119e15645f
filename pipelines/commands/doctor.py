"""`huitou doctor`: is what a run needs whole: environment, keys, stores, lock, disk. Nothing is changed."""

import sys
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from packaging.requirements import Requirement

from pipelines.commands.print import chromium
from pipelines.workspace.champion import championship_of, store_of
from pipelines.workspace.disk import room
from pipelines.workspace.earlier_keys import refuse_other_keys
from pipelines.workspace.lock import holder
from pipelines.workspace.modes import open_to_others
from pipelines.workspace.parameters import load_params
from pipelines.workspace.releases import releases_of
from pipelines.workspace.shadows import kept_shadows
from pipelines.workspace.stage import as_huitou_error
from pipelines.workspace.tracking import answers
from pipelines.workspace.workspace import HERE
from register.errors import HuitouError, StoreError
from register.keys.key_file import load_key
from register.keys.seals import seal_key_file
from register.lookback_store import LookbackStore
from register.store import MANIFEST, Register
from register.vault.place import VaultPlace
from watchlists.release.store import stored

Verdict = tuple[str, str]
Check = Callable[[], Verdict]

GOOD, MIND, WRONG = "完好 good ", "注意 mind ", "有误 wrong"
LOCK_FILE = Path("requirements.lock")
NOT_YET = "还没有 none yet"


def examine() -> None:
    """Ask every check and say what it found.

    Raises
    ------
    StoreError
        After all were asked, when something is wrong.
    """
    wrong = 0
    for (zh, en), check in CHECKS.items():
        verdict, finding = _verdict(check)
        wrong += verdict == WRONG
        sys.stdout.write(f"{verdict}  {zh} {en}: {finding}\n")
    if wrong:
        raise StoreError(
            f"doctor: found {wrong} of {len(CHECKS)} checks wrong; do what their lines say, then ask again"
        )


def _verdict(check: Check) -> Verdict:
    try:
        return check()
    except Exception as error:  # noqa: BLE001 - the border: whatever happened becomes one line
        return WRONG, str(as_huitou_error(error))


def _environment() -> Verdict:
    pinned = {one.name: one for one in _pins() if one.marker is None or one.marker.evaluate()}
    strays = [name for name, one in sorted(pinned.items()) if _installed(name) not in one.specifier]
    if strays:
        first, installed = strays[0], _installed(strays[0]) or "missing"
        raise StoreError(
            f"{LOCK_FILE}: found {len(strays)} of {len(pinned)} packages missing or not as locked, "
            f"first {first} {installed}, wanted {pinned[first].specifier}; run make setup"
        )
    return GOOD, f"Python {'.'.join(map(str, sys.version_info[:3]))}, {len(pinned)} packages as locked"


def _pins() -> Iterator[Requirement]:
    for line in LOCK_FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith((" ", "#")):
            yield Requirement(line.removesuffix("\\").strip())


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _keys() -> Verdict:
    privacy = load_params().privacy
    refuse_other_keys(HERE, privacy)
    files = (Path(privacy.key_file), VaultPlace.key_of(privacy), seal_key_file(privacy))
    made = [path for path in files if path.expanduser().exists()]
    for path in made:
        load_key(path)
    return GOOD, f"{len(made)} of {len(files)} made, readable by you alone" if made else NOT_YET


def _modes() -> Verdict:
    entered = open_to_others(HERE)
    if entered:
        return MIND, f"他人可读 others may read {' '.join(map(str, entered))}: the next huitou run shuts them"
    return GOOD, "只有本人可读 readable by you alone"


def _at_work() -> Verdict:
    busy = holder()
    return (MIND, f"{busy} is at work") if busy else (GOOD, "没有人在用 nobody is at work")


def _disk() -> Verdict:
    return GOOD, room(HERE, load_params())


def _register() -> Verdict:
    if not (HERE.register / MANIFEST).is_file():
        return GOOD, NOT_YET
    register = Register(HERE.register)
    for county_id in register.counties:
        register.shard(county_id)
    return GOOD, f"{len(register.counties)} counties, as sealed"


def _kept(every: Iterator[tuple[str, object]], place: Path) -> Verdict:
    by_name = dict(every)
    damaged = [one for one in by_name.values() if isinstance(one, HuitouError)]
    if damaged:
        raise damaged[0]
    return GOOD, f"{len(by_name)} in {place}/, as sealed" if by_name else NOT_YET


def _releases() -> Verdict:
    return _kept(stored(releases_of(HERE, load_params())), HERE.releases)


def _runs() -> Verdict:
    params = load_params()
    championship_of(HERE, params).decisions()  # refuses a chain that was tampered with
    return _kept(store_of(HERE, params).stored(), HERE.runs)


def _lookbacks() -> Verdict:
    store = LookbackStore(HERE.lookbacks, seal_key_file(load_params().privacy))
    n_records = len(store.records())
    if away := store.keys_away():
        named = ", ".join(sorted(away))
        return MIND, f"{n_records} in {HERE.lookbacks}/, as sealed; notes under vault key {named} stay closed"
    return GOOD, f"{n_records} in {HERE.lookbacks}/, as sealed" if n_records else NOT_YET


def _shadows() -> Verdict:
    n_shadows = len(kept_shadows(HERE, load_params()))
    return GOOD, f"{n_shadows} in {HERE.shadows}/, as sealed" if n_shadows else NOT_YET


def _tracking() -> Verdict:
    if answers():
        return GOOD, "MLflow answers"
    return (
        MIND,
        "MLflow 不可用 does not answer: trainings go unrecorded there, lists are delivered all the same",
    )


def _printer() -> Verdict:
    try:
        return GOOD, chromium()
    except StoreError as error:
        return MIND, str(error)


CHECKS: Mapping[tuple[str, str], Check] = {
    ("环境", "environment"): _environment,
    ("密钥", "keys"): _keys,
    ("权限", "modes"): _modes,
    ("占用", "workspace"): _at_work,
    ("磁盘", "disk"): _disk,
    ("登记", "register"): _register,
    ("发布", "releases"): _releases,
    ("训练", "runs"): _runs,
    ("回头看", "look-backs"): _lookbacks,
    ("停用条件", "shadows"): _shadows,
    ("跟踪", "tracking"): _tracking,
    ("打印", "printing"): _printer,
}
