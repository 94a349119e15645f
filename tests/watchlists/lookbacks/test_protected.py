"""A workbook with a password opens with it and with no other, and what is damaged or dangerous is refused."""

import io

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from register.errors import SourceError
from tests.watchlists.handed_out import FOUND, filled, released
from watchlists.lookbacks.file import PASSWORD, UNREADABLE, WRONG_PASSWORD, handed_in
from watchlists.lookbacks.protected import DECLARATION, WrongPasswordError, locked, opened

SECRET = "回头看2026"


@pytest.fixture
def whole(tmp_path):
    return filled(released(tmp_path), tmp_path / "a.xlsx", {2: FOUND}).read_bytes()


@pytest.fixture
def protected(whole):
    """As Excel does it today (agile, SHA-512); LibreOffice's older way is among the officers' files."""
    made = io.BytesIO()
    OOXMLFile(io.BytesIO(whole)).encrypt(SECRET, made)
    return made.getvalue()


def test_the_first_password_that_fits_opens_it(whole, protected):
    assert opened(protected, ["other", SECRET]) == whole


def test_no_other_password_opens_it(protected):
    with pytest.raises(WrongPasswordError):
        opened(protected, ["other", SECRET.upper() + " "])


def spoilt_info(protected):
    """Let the XML that says how it was encrypted declare something, in as many bytes."""
    at = protected.index(b"<keyEncryptor ")
    return protected[:at] + DECLARATION + protected[at + len(DECLARATION) :]


SAID = {
    "without a password": (lambda raw: raw, (), PASSWORD),
    "with another": (lambda raw: raw, ("other",), WRONG_PASSWORD),
    "declaring an entity": (spoilt_info, (SECRET,), UNREADABLE),
    "cut off": (lambda raw: raw[:4_000], (SECRET,), UNREADABLE),
}


@pytest.mark.parametrize("way", SAID)
def test_what_does_not_open_says_what_to_do(tmp_path, protected, way):
    spoil, passwords, said = SAID[way]
    path = tmp_path / "b.xlsx"
    path.write_bytes(spoil(protected))
    with pytest.raises(SourceError) as refused:
        handed_in(path, passwords)
    assert str(refused.value) == f"{path}: {said}"
    assert SECRET not in str(refused.value)


def test_what_is_locked_opens_with_its_password_alone(whole):
    raw = locked(whole, SECRET)
    assert whole not in raw
    assert opened(raw, ["other", SECRET]) == whole
    with pytest.raises(WrongPasswordError):
        opened(raw, ["other"])
