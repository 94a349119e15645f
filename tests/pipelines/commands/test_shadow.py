"""`huitou shadow` is written while nobody knows, or not at all."""

import json

import polars as pl

from pipelines.stages.seasons import last_recorded_on
from pipelines.workspace.workspace import HERE
from register.store import Register, seal, write_lines, write_register_shard
from tests.laws.registers import LINES
from tests.pipelines.shadowed import SEASON, released_county


def cut(day):
    """Take every later record out of the register, as it stood then."""
    tables = Register(HERE.register).shard("c1").tables
    known = {
        name: table.filter(pl.col("recorded_on") <= day) if "recorded_on" in table.columns else table
        for name, table in tables.items()
    }
    write_register_shard(HERE.register, "c1", known)
    write_lines(HERE.register, LINES)
    seal(HERE.register, {})


def test_what_would_stop_the_use_is_sealed_and_told_in_both_languages(office, huitou, capsys):
    release = released_county(office)
    cut(release.scores["as_of_date"][0])
    assert huitou("shadow", SEASON) == 0
    path, *lines = capsys.readouterr().out.splitlines()
    sealed = json.loads((office / path).read_text(encoding="utf-8"))
    assert path == f"shadow/{SEASON}.json"
    assert sealed["release"] == release.folder.name
    assert sealed["known_until"] == last_recorded_on(Register(HERE.register)).isoformat()
    assert {"seal", "seal_key_id"} <= set(sealed)
    assert len(lines) == len(sealed["limits"]) + 3
    assert "校准斜率 calibration slope: 0.9 至 1.1 0.9 to 1.1" in "\n".join(lines)


def test_after_the_fact_it_is_refused_as_worthless(office, huitou, capsys):
    released_county(office)
    assert huitou("shadow", SEASON) == 5
    last = last_recorded_on(Register(HERE.register))
    assert capsys.readouterr().err.splitlines()[-1] == (
        f"huitou: {SEASON}: the register, which reaches {last}, knows what became of its households; a "
        "shadow written after the fact is worthless; write one when a season is released"
    )
    assert not (office / "shadow").exists()


def test_a_second_one_is_refused(office, huitou, capsys):
    release = released_county(office)
    cut(release.scores["as_of_date"][0])
    assert huitou("shadow", SEASON) == 0
    before = (office / f"shadow/{SEASON}.json").read_bytes()
    assert huitou("shadow", SEASON) == 5
    assert "found a shadow that was written before" in capsys.readouterr().err
    assert (office / f"shadow/{SEASON}.json").read_bytes() == before


def test_a_list_by_a_published_order_promises_nothing(office, huitou, capsys):
    released_county(office, order=True)
    assert huitou("shadow", SEASON) == 5
    assert "found a list by a published order, or an empty one" in capsys.readouterr().err


def test_a_season_without_a_release_has_no_shadow(office, huitou, capsys):
    assert huitou("shadow", "2030Q1") == 5
    assert "no such release" in capsys.readouterr().err
