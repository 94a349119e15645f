"""An address holds no password, and of what a store refuses nobody reads what it was opened with."""

import errno

import pytest

from register.errors import ParamsError, StoreError
from register.os_errors import message_of
from tests.object_storage import SECRET
from watchlists.release.object_storage import opened

MEMORY = "memory://bucket/releases"


@pytest.mark.parametrize(
    "url",
    [
        "s3://account:secret@bucket/releases",
        "https://host:9000/releases",
        "s3://bucket/releases?token=secret",
        "simplecache::s3://bucket",
        "s3://bucket/../other",
        "s3://bucket/*",
        "s3://",
        "releases",
        "/mnt/share",
    ],
)
def test_what_is_no_bare_address_is_refused_and_not_shown(url):
    with pytest.raises(ParamsError) as refused, opened(url):
        pass
    assert str(refused.value) == (
        "URL: not an address such as s3://bucket/folder, or one with an account, a port or a query, which is "
        "not shown; name bucket and folder alone, the rest comes from the environment (docs/scale.md)"
    )


@pytest.mark.parametrize("scheme", ["gs", "nothing"])
def test_a_store_whose_library_is_not_installed_is_named(scheme):
    with pytest.raises(ParamsError) as refused, opened(f"{scheme}://bucket/releases"):
        pass
    assert str(refused.value) == (
        f"URL: found {scheme}://, whose library is not installed; pip install s3fs (or the extra huitou[s3]) "
        "for s3://, for others see docs/scale.md"
    )


def test_of_what_a_store_refuses_the_kind_alone_is_said():
    with pytest.raises(StoreError) as refused, opened(MEMORY):
        raise PermissionError(f"no such account: {SECRET}")
    assert "(PermissionError)" in str(refused.value)
    assert SECRET not in str(refused.value)
    assert refused.value.__suppress_context__


def test_a_disk_that_is_full_is_no_fault_of_the_store():
    with pytest.raises(OSError, match="No space") as refused, opened(MEMORY):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert message_of(refused.value).endswith("make room on that disk, then run again")
