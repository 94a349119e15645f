"""`huitou doctor` in an office: what is whole, what to mind, what is wrong and what to do about it."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from pipelines.workspace.tracking import track
from register.keys.key_file import key_id
from register.lookback_store import LookbackStore
from tests.pipelines.shadowed import released_county, shadow_of_county
from tests.pipelines.workspace.test_lock import HOLD
from tests.register.test_lookback_store import visit, visits
from tests.watchlists.handed_out import BOOK, released

LOCK = Path(__file__).parents[3] / "requirements.lock"


@pytest.fixture
def ask(office, huitou, capsys, monkeypatch):
    """Ask the doctor and give the exit code, the finding of each check, and the last line of the errors."""
    shutil.copy(LOCK, office)
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "")  # MLflow writes the last store there

    def found():
        code = huitou("doctor")
        said = capsys.readouterr()
        return code, dict(_parted(line) for line in said.out.splitlines()), said.err.splitlines()

    return found


def _parted(line):
    checked, found = line.split(": ", 1)
    return checked.split()[-1], (checked.split()[1], found)


def test_a_new_office_is_whole(ask):
    code, found, errors = ask()
    assert code == 0
    assert errors == []
    assert {verdict for verdict, _ in found.values()} <= {"good", "mind"}
    assert found["releases"] == ("good", "还没有 none yet")


def test_a_release_is_verified_and_a_damaged_one_is_wrong(ask, office):
    folder = released(office).folder
    assert ask()[1]["releases"] == ("good", "1 in releases/, as sealed")
    (folder / BOOK).chmod(0o600)
    (folder / BOOK).write_bytes(b"")
    code, found, errors = ask()
    assert code == 6
    assert found["releases"][0] == "wrong"
    assert f"{BOOK}: missing, changed or not in the manifest" in found["releases"][1]
    assert errors == ["huitou: doctor: found 1 of 11 checks wrong; do what their lines say, then ask again"]


def test_a_key_that_others_may_read_is_wrong(ask, office):
    released(office)
    (office / "keys" / "seal.key").chmod(0o644)
    code, found, _ = ask()
    assert code == 6
    assert found["keys"][0] == "wrong"
    assert found["keys"][1].startswith(
        f"{office}/keys/seal.key: others may read this key; run chmod 600 on it"
    )


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("polars==0.1 \\", r"first polars \d\S+, wanted ==0.1; run make setup"),
        ("no-such-package==1 \\", "first no-such-package missing, wanted ==1; run make setup"),
    ],
)
def test_an_environment_that_is_not_the_locked_one_is_wrong(ask, office, line, found):
    lock = office / "requirements.lock"
    lock.write_text(f"{line}\n    --hash=sha256:0\ntyper-of-windows==1 ; sys_platform == 'win32' \\\n")
    code, asked, _ = ask()
    assert code == 6
    assert asked["environment"][0] == "wrong"
    assert "1 of 1 packages" in asked["environment"][1]
    assert re.search(found, asked["environment"][1])


def test_without_a_lock_file_the_environment_is_wrong(ask, office):
    (office / "requirements.lock").unlink()
    assert ask()[1]["environment"][0] == "wrong"


def test_a_disk_that_is_too_full_is_wrong(ask, office):
    yaml = YAML()
    params = yaml.load(office / "params.yaml")
    params["compute"]["free_disk"] = 10**9
    yaml.dump(params, office / "params.yaml")
    code, found, _ = ask()
    assert code == 6
    assert "a run needs 1000000000.0 GiB" in found["disk"][1]


def test_a_command_at_work_is_named(ask, office):
    """Another officer's run holds the workspace."""
    other = subprocess.Popen([sys.executable, "-c", HOLD], cwd=office, stdout=subprocess.PIPE, text=True)
    assert other.stdout.readline() == "held\n"
    code, found, _ = ask()
    other.kill()
    other.wait()
    other.stdout.close()
    assert code == 0
    assert found["workspace"][0] == "mind"
    assert f"huitou run (pid {other.pid} " in found["workspace"][1]


@pytest.mark.filterwarnings("ignore")  # MLflow's own dependencies warn of each other
def test_a_sound_tracking_store_answers(ask, office):
    assert track(lambda _: None, office / "artifacts" / "mlflow")
    assert ask()[1]["tracking"] == ("good", "MLflow answers")


@pytest.mark.filterwarnings("ignore")
def test_a_spoilt_tracking_store_is_something_to_mind(ask, office):
    """It never stands between a model and its list."""
    store = office / "artifacts" / "mlflow" / "mlflow.db"
    store.parent.mkdir(parents=True)
    store.write_bytes(b"not a database at all, and long enough to tell")
    code, found, _ = ask()
    assert code == 0
    assert found["tracking"][0] == "mind"
    assert store.read_bytes().startswith(b"not a database")


def test_without_a_chromium_the_pages_are_printed_elsewhere(ask, monkeypatch):
    monkeypatch.setenv("PATH", "")
    code, found, _ = ask()
    assert code == 0
    assert found["printing"][0] == "mind"


def test_a_shadow_whose_limits_were_eased_is_wrong(ask, office):
    shadow_of_county(released_county(office))
    assert ask()[1]["shadows"] == ("good", "1 in shadow/, as sealed")
    (path,) = (office / "shadow").glob("*.json")
    path.write_text(path.read_text(encoding="utf-8").replace("0.05", "0.5"), encoding="utf-8")
    code, found, _ = ask()
    assert (code, found["shadows"][0]) == (6, "wrong")


def test_notes_of_visits_whose_key_is_gone_are_something_to_mind(ask, office):
    store = LookbackStore(office / "lookbacks", office / "keys" / "seal.key")
    store.append(visits(visit(note="锁门")), [])
    assert ask()[1]["look-backs"] == ("good", "1 in lookbacks/, as sealed")
    away = key_id((office / "keys" / "vault.key").read_bytes())
    (office / "keys" / "vault.key").unlink()
    assert ask()[1]["look-backs"] == (
        "mind",
        f"1 in lookbacks/, as sealed; notes under vault key {away} stay closed",
    )
