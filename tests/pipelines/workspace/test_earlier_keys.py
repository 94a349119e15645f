"""What stands in an office knows the key it was made under; another key is told at once."""

import json
import shutil
from pathlib import Path

import pytest

from pipelines.commands.run import refuse_unready
from pipelines.workspace.earlier_keys import earlier_keys, refuse_other_keys
from pipelines.workspace.parameters import load_params
from pipelines.workspace.workspace import HERE
from register.atomic import write_json
from register.errors import StoreError
from register.keys.key_file import PUBLISHED_ID, UNNOTED, key_id, make_key


def manifest(name, key, pseudonymise=True):
    told = {"parameters": {"privacy": {"pseudonymise": pseudonymise}}}
    write_json(
        HERE.releases / ".store" / name / "manifest.json",
        told | ({} if key is None else {"pseudonym_key_id": key}),
    )


def test_releases_runs_and_lookbacks_tell_under_which_keys_they_were_made(office):
    assert earlier_keys(HERE) == frozenset()
    manifest("2025Q3-a", "0badc0de")
    manifest("2016Q2-b", None, pseudonymise=False)
    write_json(HERE.runs / "2025Q4-c" / "record.json", {"pseudonym_key_id": "1badc0de"})
    write_json(HERE.runs / "2020Q4-d" / "record.json", {"pseudonym_key_id": None})
    assert earlier_keys(HERE) == {"0badc0de", "1badc0de"}


@pytest.mark.parametrize("place", ["release", "run", "lookback", "damaged"])
def test_what_was_made_before_keys_were_noted_was_made_under_one(office, place):
    if place == "release":
        manifest("2025Q3-a", None)
    elif place == "run":
        write_json(HERE.runs / "2025Q4-c" / "record.json", {})
    else:
        write_json(HERE.lookbacks / "000001.json", {})
        (HERE.runs / "2025Q4-c").mkdir(parents=True)
        (HERE.runs / "2025Q4-c/record.json").write_text("{", encoding="utf-8")
    assert earlier_keys(HERE) == {UNNOTED}


def registered(office):
    """Make both keys and a register that notes them."""
    noted = [key_id(make_key(office / "keys" / name)) for name in ("pseudonym.key", "vault.key")]
    write_json(
        HERE.register / "manifest.json",
        {"sha256": {}, "pseudonym_key_id": noted[0], "vault": {"key_id": noted[1], "sha256": {}}},
    )
    return dict(zip(("pseudonym.key", "vault.key"), noted, strict=True))


@pytest.mark.parametrize("lost", ["pseudonym.key", "vault.key"])
@pytest.mark.parametrize("other", [True, False])
def test_the_doctor_says_which_key_is_not_the_registers(office, huitou, capsys, lost, other):
    noted = registered(office)[lost]
    refuse_other_keys(HERE, load_params().privacy)
    path = office / "keys" / lost
    path.unlink()
    found = f"key {key_id(make_key(path))}" if other else "no key"
    assert huitou("doctor") == 6
    (line,) = [one for one in capsys.readouterr().out.splitlines() if "密钥" in one]
    assert line == (
        f"有误 wrong  密钥 keys: {path}: found {found}, artifacts/register was made under key {noted} "
        "(another HOME or machine, or the file was lost): copy that key's file here from there or from "
        f"its safe copy; or, if it is lost, add '{noted}' to privacy.given_up_keys in params.yaml and run "
        "again"
    )
    assert path.exists() == other


def test_a_register_that_dvc_took_from_its_cache_is_not_published_under_another_key(office):
    from pipelines.stages.publish import main

    registered(office)
    (office / "keys/pseudonym.key").unlink()
    with pytest.raises(StoreError, match="found no key, artifacts/register was made under key"):
        main(HERE, load_params())
    assert not Path(HERE.releases).exists()


def test_a_run_is_refused_before_dvc_works_until_the_key_is_given_up(office):
    """Everything may stand in DVC's cache, so that no stage would ask for the key."""
    noted = registered(office)["pseudonym.key"]
    shutil.copy(Path(__file__).parents[3] / "capacity.csv", office)
    (office / "keys/pseudonym.key").unlink()
    params = of_a_folder(office)
    with pytest.raises(StoreError, match=f"found no key, artifacts/register was made under key {noted}"):
        refuse_unready(params)
    for changes in ({"given_up_keys": (noted,)}, {"pseudonymise": False}):
        privacy = params.privacy.model_copy(update=changes)
        refuse_unready(params.model_copy(update={"privacy": privacy}))


def of_a_folder(office):
    """Read the parameters of a place that delivers its own files."""
    (office / "sent").mkdir(exist_ok=True)
    params = load_params()
    source = params.source.model_copy(update={"kind": "folder", "path": str(office / "sent")})
    return params.model_copy(update={"source": source})


def test_invented_households_need_no_key_of_a_machine_that_is_gone(office):
    """The register was made before their key was published; the next ingest makes it anew."""
    registered(office)
    shutil.copy(Path(__file__).parents[3] / "capacity.csv", office)
    (office / "keys/pseudonym.key").unlink()
    refuse_unready(load_params())
    write_json(HERE.register / "manifest.json", {"sha256": {}, "pseudonym_key_id": PUBLISHED_ID})
    refuse_other_keys(HERE, load_params().privacy)
    assert not (office / "keys/pseudonym.key").exists()


def test_the_ingest_stage_asks_what_else_was_made_before_it_makes_a_key(office, monkeypatch):
    """artifacts/ was removed and HOME is another one: the releases still know."""
    from pipelines.stages.ingest import main
    from tests.households import household, village_tables, write_folder

    home = village_tables(household("li", income=90), villages=[{"region_id": "530000"}])
    write_folder(office / "sent", home)
    manifest("2025Q3-a", "0badc0de")
    params = of_a_folder(office)
    with pytest.raises(StoreError, match="found no key, what exists here was made under key 0badc0de"):
        main(HERE, params)
    assert not (office / "keys").exists()
    privacy = params.privacy.model_copy(update={"given_up_keys": ("0badc0de",)})
    main(HERE, params.model_copy(update={"privacy": privacy}))
    told = json.loads((HERE.register / "manifest.json").read_text(encoding="utf-8"))
    assert told["pseudonym_key_id"] == key_id((office / "keys/pseudonym.key").read_bytes())
