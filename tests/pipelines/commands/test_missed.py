"""`huitou missed`: who fell without being listed, ids cut short unless a folder is named."""

import polars as pl

from tests.pipelines.small_county import county, judged


def test_who_fell_without_being_listed_is_counted_and_shown_with_ids_cut_short(office, huitou, capsys):
    ids = judged(county(office))
    assert huitou("missed", "2022Q3") == 0
    told = capsys.readouterr().out
    assert told.startswith("2022Q3 · 跌破 fell 10 · 名单 list 2")
    assert "怎样跌破 fell by" in told
    assert "近一年无新原因 no fresh cause" in told
    assert all(f"{one}\n" not in told for one in ids)


def test_all_of_them_stand_in_a_file_for_its_owner_alone(office, huitou, capsys):
    judged(county(office))
    assert huitou("missed", "2022Q3", "--output", "out") == 0
    assert capsys.readouterr().out.endswith("out/missed.csv\n")
    path = office / "out/missed.csv"
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    rows = pl.read_csv(path)
    assert rows["risk"].is_sorted(descending=True)
    assert {"household_id", "lowest_risk_listed", "named_causes", "fell_by", "lead_months"} < {*rows.columns}
    assert {"line"} <= set(rows["fell_by"]) <= {"line", "guarantee", None}  # of some nobody saw how


def test_a_folder_in_use_or_inside_the_releases_is_refused(office, huitou, capsys):
    judged(county(office))
    for folder in (office, "releases/missed"):
        assert huitou("missed", "2022Q3", "--output", folder) == 3
    assert "choose another folder" in capsys.readouterr().err


def test_a_season_that_was_not_judged_is_one_line(office, huitou, capsys):
    assert huitou("missed", "2022Q3") == 5
    assert capsys.readouterr().err.splitlines()[-1] == (
        "huitou: season: found '2022Q3', allowed are the seasons the last run judged: none; name one of "
        "them, or run the pipeline first (huitou run)"
    )
    judged(county(office))
    assert huitou("missed", "2019Q1") == 5
    assert "the last run judged: 2022Q3; name one" in capsys.readouterr().err
