"""`huitou events` tells who stepped back to which release."""

import getpass

from tests.watchlists.handed_out import released


def test_a_rollback_is_told_with_the_account_that_did_it(office, huitou, capsys):
    older, newer = released(office, season="2025Q3"), released(office, season="2025Q4")
    assert huitou("rollback", "2025Q3") == 0
    capsys.readouterr()
    assert huitou("events") == 0
    head, line = capsys.readouterr().out.splitlines()
    assert head.startswith("时间 at")
    assert getpass.getuser() in line
    assert f"before={newer.folder.name}, now={older.folder.name}" in line


def test_where_nothing_was_done_it_says_so(office, huitou, capsys):
    assert huitou("events") == 0
    assert capsys.readouterr().out == "还没有记录。Nothing was noted yet.\n"
