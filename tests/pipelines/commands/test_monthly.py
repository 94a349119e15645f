"""`huitou monthly`: the papers of a month, whole, for their owner alone, with names only on request."""

import re

import pytest

from tests.pipelines.commands.named import ADDRESS, NAME, NUMBER, PHONE, invented_office
from tests.watchlists.handed_out import FOUND, filled, opened, released


@pytest.fixture
def february(office, huitou):
    """Two townships; the risk of Ouyang's household H1 was confirmed in February, H2 was not visited."""
    invented_office(office)
    list_of = released(
        office,
        {"household_id": "H1", "listed_by": "rule", "village_id": "V1"},
        {"household_id": "H2", "township_id": "T2", "village_id": "V2"},
    )
    assert huitou("lookback", filled(list_of, office / "back.xlsx", {2: FOUND})) == 0
    return list_of


def papers(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.suffix == ".xlsx"}


def words(path):
    book = opened(path)
    return " ".join(
        str(cell.value) for sheet in book for line in sheet.iter_rows() for cell in line if cell.value
    )


ALL = {"county/C1-2026-02.xlsx", "meeting/C1/T1/V1-2026-02.xlsx", "notice/C1/T1/V1-2026-02.xlsx"}


def test_the_terminal_counts_and_names_nobody(february, huitou, office, capsys):
    capsys.readouterr()
    assert huitou("monthly", "2026-02", "out", "--with-names") == 0
    said = capsys.readouterr()
    counts = dict(re.findall(r"(\S+) [a-z ]+: (\d+)", said.out))
    assert counts == {
        "应访": "2",
        "已访": "1",
        "户主不在家": "0",
        "风险属实": "1",
        "拟纳入": "1",
        "名单外发现": "0",
    }
    assert NAME not in said.out + said.err


def test_papers_lie_by_county_and_village_named_by_ids_and_month_for_the_owner_alone(
    february, huitou, office
):
    huitou("monthly", "2026-02", "out")
    assert papers(office / "out") == ALL
    made = list((office / "out").rglob("*"))
    assert {path.stat().st_mode & 0o777 for path in made if path.is_file()} == {0o600}
    assert {path.stat().st_mode & 0o777 for path in (office / "out", *made) if path.is_dir()} == {0o700}


def test_only_a_named_copy_names_the_head_and_the_notice_never_does(february, huitou, office):
    huitou("monthly", "2026-02", "named", "--with-names")
    huitou("monthly", "2026-02", "plain")
    assert NAME in words(office / "named/county/C1-2026-02.xlsx")
    assert NAME in words(office / "named/meeting/C1/T1/V1-2026-02.xlsx")
    notice = words(office / "named/notice/C1/T1/V1-2026-02.xlsx")
    assert f"{NAME[0]}**" in notice
    plain = " ".join(words(office / "plain" / one) for one in papers(office / "plain"))
    for hidden in (NAME, PHONE, ADDRESS, NUMBER, NAME[:2]):
        assert hidden not in plain + notice


def test_without_a_folder_the_month_lies_among_the_artifacts_and_is_replaced(february, huitou, office):
    assert huitou("monthly", "2026-02") == 0
    assert huitou("monthly", "2026-02") == 0
    assert papers(office / "artifacts/monthly/2026-02") == ALL


def test_the_month_of_another_visit_has_nobody_to_propose(february, huitou, office):
    huitou("monthly", "2026-03", "out")
    assert papers(office / "out") == {"county/C1-2026-03.xlsx"}
    assert "未走访" in words(office / "out/county/C1-2026-03.xlsx")


def test_papers_of_one_township_leave_out_the_others(february, huitou, office):
    huitou("monthly", "2026-02", "out", "--township", "T2")
    assert papers(office / "out") == {"county/C1-2026-02.xlsx"}
    assert "T1" not in words(office / "out/county/C1-2026-02.xlsx")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("2026-13",), 5, "month: found '2026-13', allowed is a year and a month, such as 2026-01"),
        (
            ("2026-02", "out", "--township", "T9"),
            3,
            "--township T9: nobody of it is listed; allowed are T1, T2",
        ),
        (("2026-02", "releases/here"), 3, "releases/here: lies inside the releases, which never change"),
    ],
)
def test_what_cannot_be_written_is_refused(february, huitou, capsys, arguments, code, message):
    assert huitou("monthly", *arguments) == code
    assert capsys.readouterr().err.splitlines()[-1].startswith(f"huitou: {message}")


def test_english_papers_are_written_on_request(february, huitou, office):
    huitou("monthly", "2026-02", "out", "--language", "en")
    assert "households proposed, for the village meeting" in words(
        office / "out/meeting/C1/T1/V1-2026-02.xlsx"
    )
