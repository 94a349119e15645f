"""A folder is replaced whole, and only if it was built here."""

import json
import os
from contextlib import suppress

import pytest

from register.errors import HuitouError
from register.exchange import exchange
from register.intake import building
from register.intake.building import BOOKS, LISTS, MARKER, REGISTER, VAULT, begin, swap
from register.intake.ingest import Settings, ingest
from register.vault.place import VaultPlace
from register.vault.reading import read_identities
from tests.deliveries import Given
from tests.households import household, village_tables

KINDS = pytest.mark.parametrize(
    ("kind", "own", "code"),
    [
        (REGISTER, "manifest.json", 6),
        (VAULT, "C1.vault", 2),
        (LISTS, "ledger.csv", 3),
        (BOOKS, MARKER, 3),
    ],
)


def held_in(folder):
    return {
        path.relative_to(folder).as_posix(): path.is_file() and path.read_bytes()
        for path in folder.rglob("*")
    }


def built(root, kind, own):
    aside = begin(root, kind)
    (aside / own).write_text("new", encoding="utf-8")
    swap(aside, root, kind)


@KINDS
def test_what_was_built_here_is_replaced_and_nothing_is_left_beside_it(tmp_path, kind, own, code):
    for _ in range(2):
        built(tmp_path / "root", kind, own)
        assert [path.name for path in tmp_path.iterdir()] == ["root"]
        assert held_in(tmp_path / "root") == ({own: b"new"} if own != MARKER else {})


@KINDS
@pytest.mark.parametrize("place", ["root", "root.building", "root.old"])
@pytest.mark.parametrize("beside", [True, False])
def test_a_folder_with_somebody_elses_files_is_refused_and_not_touched(
    tmp_path, kind, own, code, place, beside
):
    """A thesis, be it alone or beside files of ours."""
    (tmp_path / place / "sub").mkdir(parents=True)
    (tmp_path / place / "sub/thesis.txt").write_text("years", encoding="utf-8")
    if beside:
        (tmp_path / place / own).write_text("ours", encoding="utf-8")
    before = held_in(tmp_path)
    with pytest.raises(HuitouError) as refusal:
        begin(tmp_path / "root", kind)
    assert str(refusal.value) == f"{tmp_path / place}: holds other files than {kind.holds}; {kind.remedy}"
    assert refusal.value.exit_code == code
    assert held_in(tmp_path) == before


@KINDS
@pytest.mark.parametrize("place", ["root", "root.building", "root.old"])
def test_a_link_is_never_followed(tmp_path, kind, own, code, place):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / own).write_text("mine", encoding="utf-8")
    (tmp_path / place).symlink_to(tmp_path / "home")
    with pytest.raises(HuitouError, match="holds other files"):
        begin(tmp_path / "root", kind)
    (tmp_path / place).unlink()
    (tmp_path / "root").mkdir()
    (tmp_path / "root" / own).symlink_to(tmp_path / "home" / own)
    with pytest.raises(HuitouError, match="holds other files"):
        begin(tmp_path / "root", kind)
    assert held_in(tmp_path / "home") == {own: b"mine"}


@KINDS
def test_files_alone_without_a_sign_of_ours_are_somebody_elses(tmp_path, kind, own, code):
    """A folder of tables only, such as anybody may have; a vault's ending is nobody else's."""
    (tmp_path / "root").mkdir()
    (tmp_path / "root" / f"prices{kind.endings[0]}").write_text("1", encoding="utf-8")
    if kind is VAULT:
        built(tmp_path / "root", kind, own)
    else:
        with pytest.raises(HuitouError, match="holds other files"):
            begin(tmp_path / "root", kind)


@KINDS
def test_what_somebody_put_there_meanwhile_is_not_swapped_away(tmp_path, kind, own, code):
    aside = begin(tmp_path / "root", kind)
    (tmp_path / "root").mkdir()
    (tmp_path / "root/thesis.txt").write_text("years", encoding="utf-8")
    with pytest.raises(HuitouError, match="holds other files"):
        swap(aside, tmp_path / "root", kind)
    assert held_in(tmp_path / "root") == {"thesis.txt": b"years"}


@pytest.mark.parametrize("killed", [[], ["households"], ["villages", "households"]])
def test_a_register_half_built_by_an_earlier_version_is_known_by_its_tables(tmp_path, killed):
    """It set no marker and was killed before its first list; it was refused for good."""
    county = tmp_path / "register.building/530901"
    county.mkdir(parents=True)
    (county / ".income.parquet.77.tmp").write_text("half", encoding="utf-8")
    for name in killed:
        (county / f"{name}.parquet").write_text("rows", encoding="utf-8")
    built(tmp_path / "register", REGISTER, "manifest.json")
    assert held_in(tmp_path) == {"register": False, "register/manifest.json": b"new"}


@pytest.mark.parametrize("foreign", ["prices.parquet", "530901/prices.parquet", "530901/thesis.txt"])
def test_beside_anything_else_tables_alone_are_no_sign(tmp_path, foreign):
    (tmp_path / "register.building/530901").mkdir(parents=True)
    for name in ("530901/households.parquet", foreign):
        (tmp_path / "register.building" / name).write_text("rows", encoding="utf-8")
    before = held_in(tmp_path)
    with pytest.raises(HuitouError, match="holds other files"):
        begin(tmp_path / "register", REGISTER)
    assert held_in(tmp_path) == before


def test_tables_alone_are_no_sign_of_a_register_that_is_finished(tmp_path):
    """A delivery in Parquet looks like that."""
    (tmp_path / "register/530901").mkdir(parents=True)
    (tmp_path / "register/530901/households.parquet").write_text("rows", encoding="utf-8")
    with pytest.raises(HuitouError, match="holds other files"):
        begin(tmp_path / "register", REGISTER)


class Killed(BaseException):
    pass


@pytest.mark.parametrize("can_exchange", [True, False])
@pytest.mark.parametrize("deaths", range(12))
def test_a_kill_anywhere_leaves_what_the_next_begin_knows_again(tmp_path, monkeypatch, deaths, can_exchange):
    """The process dies before its n-th change of a name; old or new stands in the end, never a refusal.

    Where the system can exchange two names, a register stands there at every moment.
    """
    built(tmp_path / "root", REGISTER, "manifest.json")
    (tmp_path / "root/C1").mkdir()
    (tmp_path / "root/C1/income.parquet").write_text("rows", encoding="utf-8")
    left = [deaths]

    def dying(act):
        def done(*arguments, **options):
            left[0] -= 1
            if left[0] < 0:
                raise Killed
            return act(*arguments, **options)

        return done

    with monkeypatch.context() as patched:
        for name in ("unlink", "rmdir", "rename", "mkdir"):
            patched.setattr(os, name, dying(getattr(os, name)))
        patched.setattr(building, "exchange", dying(exchange) if can_exchange else lambda *_: False)
        with suppress(Killed):
            built(tmp_path / "root", REGISTER, "manifest.json")
    assert (tmp_path / "root/manifest.json").is_file() or not can_exchange
    built(tmp_path / "root", REGISTER, "manifest.json")
    assert held_in(tmp_path) == {"root": False, "root/manifest.json": b"new"}


def li():
    return Given(village_tables(household("li", income=90, state={"phone": "13912345678"})))


def test_a_vault_at_a_folder_in_use_is_refused_and_the_folder_stays(tmp_path):
    home = tmp_path / "home"
    (home / "sub").mkdir(parents=True)
    (home / "thesis.txt").write_text("years", encoding="utf-8")
    settings = Settings("folder", 0.5, None, VaultPlace(home, tmp_path / "keys/vault.key"))
    with pytest.raises(HuitouError) as refusal:
        ingest(li(), tmp_path / "register", settings)
    assert str(refusal.value) == (
        f"{home}: holds other files than a vault's; set privacy.vault to a folder of its own, or move them"
    )
    assert (home / "thesis.txt").is_file()
    assert not (tmp_path / "register").exists()


@pytest.mark.parametrize("place", ["register", "register/vault", "."])
def test_a_vault_that_shares_the_registers_folder_is_refused(tmp_path, place):
    settings = Settings("folder", 0.5, None, VaultPlace(tmp_path / place, tmp_path / "keys/vault.key"))
    with pytest.raises(HuitouError, match="shares a folder with"):
        ingest(li(), tmp_path / "register", settings)
    assert not (tmp_path / "register/manifest.json").exists()


def test_register_and_vault_of_before_the_marker_are_known_again(tmp_path):
    settings = Settings("folder", 0.5, None, VaultPlace(tmp_path / "vault", tmp_path / "keys/vault.key"))
    for _ in range(2):
        ingest(li(), tmp_path / "register", settings)
        assert not list(tmp_path.rglob(MARKER))
    assert [path.name for path in (tmp_path / "vault").iterdir()] == ["C1.vault"]


@pytest.mark.parametrize("deaths", range(4))
def test_a_kill_between_register_and_vault_is_told_by_whoever_opens_the_vault(tmp_path, monkeypatch, deaths):
    """The manifest names the vault's files by hash: of a register and a vault of two takings none is read."""
    place = VaultPlace(tmp_path / "vault", tmp_path / "keys/vault.key")
    settings, names = Settings("folder", 0.5, None, place), ("li", "wang")
    ingest(
        Given(village_tables(household("li", income=90, state={"phone": "13912345678"}))),
        tmp_path / "register",
        settings,
    )
    left = [deaths]

    def dying(*folders):
        left[0] -= 1
        if left[0] < 0:
            raise Killed
        return exchange(*folders)

    both = [household(name, income=90, state={"phone": "13800001111"}) for name in names]
    with monkeypatch.context() as patched, suppress(Killed):
        patched.setattr(building, "exchange", dying)
        ingest(Given(village_tables(*both)), tmp_path / "register", settings)
    manifest = json.loads((tmp_path / "register/manifest.json").read_bytes())
    if deaths == 1:
        with pytest.raises(HuitouError, match=r"not sealed with this register; run ingest again"):
            read_identities(place, "C1", manifest["vault"])
    else:
        phones = read_identities(place, "C1", manifest["vault"])["phone"].drop_nulls().unique().to_list()
        assert phones == (["13912345678"] if deaths == 0 else ["13800001111"])
