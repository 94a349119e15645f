"""What may hold a password is refused without being shown."""

import pytest

from register.errors import ParamsError
from register.keys.passwords import SENTENCES, refuse_password, refuse_secrets
from register.sources.open import open_source
from tests.parameters import source_section

SECRET = "GEHEIM123"
CREDENTIALS = [
    f"postgresql://huitou:{SECRET}@office/name",
    f"postgresql:/huitou:{SECRET}@office/name",  # as a path it has lost a slash
    f"postgresql://:{SECRET}@office",
    f"huitou:{SECRET}@office/name",
    f"mssql+pyodbc://office/name?PWD={SECRET}",
    f"tcp://huitou:{SECRET}@office:8786",
    f"host=office user=huitou password={SECRET}",
]
ADDRESSES = ["postgresql://office/name", "sqlite:////tmp/office.db", "s3://bucket/x"]
HARMLESS = [
    "/home/me/huitou.url",
    "C:/data",
    "~/x",
    "2025Q4",
    "2025-10-31",
    "a@b",
    "12:30",
    "groups: none",
    "tcp://10.0.0.5:8786",
    "compute.scheduler=tls://node-1.office:8786",
    "",
]


@pytest.mark.parametrize("text", [*CREDENTIALS, *ADDRESSES])
def test_an_address_is_refused_where_a_file_belongs(text):
    with pytest.raises(ParamsError) as refusal:
        refuse_password(text, "source.path")
    assert str(refusal.value) == (
        "source.path: found an address or a password, which is not shown; write it to a file of its own, run "
        "chmod 600 on it, and give that file's path (docs/sources.md)"
    )


@pytest.mark.parametrize("text", HARMLESS)
def test_what_holds_no_password_passes(text):
    refuse_password(text, "source.path")


@pytest.mark.parametrize("option", SENTENCES)
@pytest.mark.parametrize("text", CREDENTIALS)
def test_a_sentence_is_refused_for_what_opens_a_connection(text, option):
    for arguments in ([option, f"because of {text}"], [f"{option}=because of {text}"], ["check", text]):
        with pytest.raises(ParamsError) as refusal:
            refuse_secrets(["promote", *arguments])
        assert SECRET not in str(refusal.value)


@pytest.mark.parametrize("option", SENTENCES)
@pytest.mark.parametrize(
    "text",
    [*HARMLESS, *ADDRESSES, "a:b@c", "10:30@office", "groups: Li agreed, see note:li@county.gov", "pwd"],
)
def test_a_sentence_may_hold_what_only_looks_like_one(text, option):
    """A promotion was refused for the address of whoever had agreed to it."""
    refuse_secrets(["promote", "run", option, text])
    refuse_secrets(["promote", "run", f"{option}={text}"])


@pytest.mark.parametrize("text", ["huitou:GEHEIM123@office", "--path=huitou:GEHEIM123@office"])
def test_what_is_no_sentence_is_refused_for_less(text):
    """Typer would show it: as a file that is not there, or as an option it does not know."""
    with pytest.raises(ParamsError):
        refuse_secrets(["check", text])


@pytest.mark.parametrize("kind", ["sql", "folder", "eph", "simulator"])
@pytest.mark.parametrize("name", ["path", "mapping"])
def test_no_source_is_opened_by_an_address(kind, name):
    with pytest.raises(ParamsError, match=f"source.{name}: found an address or a password") as refusal:
        open_source(source_section(kind=kind, **{"path": "x", name: CREDENTIALS[0]}))
    assert SECRET not in str(refusal.value)
