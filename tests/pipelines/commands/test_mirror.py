"""`huitou push` and `huitou pull`: a release outlives its office's disk, and no password is said or kept."""

import shutil

from tests.object_storage import SECRET, s3
from tests.watchlists.handed_out import released, releases_in
from watchlists.release.publication import remove_release
from watchlists.release.store import open_release


def everything_kept(folder):
    return b"".join(one.read_bytes() for one in folder.rglob("*") if one.is_file())


def test_an_office_that_lost_its_disk_but_not_its_keys_has_its_list_back(office, huitou, capsys):
    name = released(office).folder.name
    with s3() as url:
        assert huitou("push", url) == 0
        assert huitou("push", url, "--season", "2025Q4") == 0
        remove_release(office / "releases" / ".store" / name)
        shutil.rmtree(office / "releases")
        assert huitou("pull", url, "2025Q4") == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        f"{name}: 已存入 pushed, {url}",
        f"{name}: 早已存入 was there already, {url}",
        f"{name}: 已取回，校验完好 pulled and verified",
    ]
    assert open_release(releases_in(office)).folder.name == name
    assert SECRET not in said.out + said.err
    assert SECRET.encode() not in everything_kept(office)


def test_who_sent_a_release_where_and_who_took_it_is_noted(office, huitou, capsys):
    name = released(office).folder.name
    with s3() as url:
        huitou("push", url)
        huitou("pull", url, name)
    capsys.readouterr()
    assert huitou("events") == 0
    pushed, pulled = capsys.readouterr().out.splitlines()[1:]
    assert pushed.endswith(f"release={name}, to={url}")
    assert pulled.endswith(f"origin={url}, release={name}")


def test_a_password_in_an_address_is_refused_before_anything_is_read_or_said(office, huitou, capsys):
    released(office)
    for command in (["push"], ["pull"]):
        assert huitou(*command, f"s3://account:{SECRET}@office/releases", "2025Q4") == 2
        said = capsys.readouterr()
        assert said.err.startswith("huitou: the command line: found an address or a password")
        assert SECRET not in said.out + said.err
    assert not (office / "events").exists()


def test_what_never_was_pushed_is_refused(office, huitou, capsys):
    with s3() as url:
        assert huitou("pull", url, "2025Q4") == 5
    assert capsys.readouterr().err == (
        f"huitou: {url}: 0 releases are meant, allowed is one; name one of [] (what was not pushed to the "
        "end is none)\n"
    )
    assert not (office / "releases" / ".store").exists()
