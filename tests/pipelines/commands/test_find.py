"""`huitou find`: where a household stands, by id, own number or name; names only where asked for."""

import pytest

from pipelines.workspace.earlier_keys import noted_key
from pipelines.workspace.events import kept_events
from pipelines.workspace.parameters import load_params
from pipelines.workspace.workspace import HERE
from register.lookback_store import LookbackStore
from register.off_list_store import off_list_store
from tests.parameters import write_parameters
from tests.pipelines.commands.offices import (
    ADDRESS,
    HEADS,
    LISTED,
    OTHER,
    PHONE,
    TWIN,
    WATCHED,
    county_office,
)
from tests.register.test_lookback_store import visit, visits
from tests.watchlists.explaining import kept, released, scored


@pytest.fixture
def ids(office):
    """Ouyang is listed, one Wang scored with a lower risk, A-yi monitored and so not scored."""
    by_number = county_office(office)
    released(
        office,
        [scored(by_number[LISTED], rank=3, rules=["dangerous_house"])],
        [kept(by_number[LISTED])],
        [scored(by_number[OTHER], risk=0.05, rank_in_county=44)],
        hidden_under=noted_key(HERE),
    )
    return by_number


def told(huitou, capsys, *arguments):
    capsys.readouterr()
    assert huitou("find", *arguments) == 0
    return capsys.readouterr().out


def test_a_listed_household_is_told_with_its_order_and_why(ids, huitou, capsys):
    said = told(huitou, capsys, LISTED)
    assert f"户编号 {ids[LISTED]}" in said
    assert "C1 T1 大河村" in said
    assert "已列入走访名单，走访顺序第3" in said
    assert "On the list, visit number 3" in said
    assert "住房鉴定为C级或D级危房。" in said
    assert "Why now: " in said
    assert "没有读回的走访" in said


def test_an_unlisted_one_is_told_its_rank_and_the_last_listed_risk_of_its_place(ids, huitou, capsys):
    said = told(huitou, capsys, ids[OTHER])
    assert "没有列入走访名单：风险在县内排第44；本乡镇按风险入列的最后一户是31.0%" in said
    assert "Not on the list: by risk number 44 in the county" in said
    assert "5.0%" not in said


def test_a_monitored_one_is_told_since_when_and_as_what(ids, huitou, capsys):
    said = told(huitou, capsys, WATCHED)
    assert "不在2025Q4的评估范围" in said
    assert "已是监测对象：自2024-05-10，脱贫不稳定户、因病。" in said
    assert "Monitored already: since 2024-05-10, unstable, illness." in said


def test_visits_to_the_list_and_off_it_are_told_the_newest_first_without_their_notes(
    ids, office, huitou, capsys
):
    key_file = office / "keys" / "seal.key"
    LookbackStore(HERE.lookbacks, key_file).append(
        visits(visit(ids[OTHER], season="2025Q3", role="village_cadre", note="电话13912345678")), []
    )
    off = visit(ids[OTHER], day=9, season="2025Q4", result="not_confirmed")
    off_list_store(HERE.lookbacks, key_file).append(visits(off), [])
    said = told(huitou, capsys, OTHER).splitlines()
    assert said[-4:] == [
        "2026-02-09走访：未发现风险，2025Q4名单外。",
        "    Visited 2026-02-09: not confirmed, off the list of 2025Q4.",
        "2026-02-01走访：风险属实（村干部），2025Q3名单。",
        "    Visited 2026-02-01: confirmed (village cadre), list of 2025Q3.",
    ]


def test_a_householders_name_finds_the_household_and_shows_no_name(ids, huitou, capsys):
    said = told(huitou, capsys, "欧阳 金丝雀")
    assert f"户编号 {ids[LISTED]}" in said
    for hidden in (HEADS[LISTED], LISTED, PHONE, ADDRESS):
        assert hidden not in said


def test_with_names_the_vault_is_told(ids, huitou, capsys):
    said = told(huitou, capsys, ids[LISTED], "--with-names")
    for shown in (f"户主 {HEADS[LISTED]}", f"系统户编号 {LISTED}", f"电话 {PHONE}", f"住址 {ADDRESS}"):
        assert shown in said


def test_of_several_of_a_name_all_are_listed_with_village_and_the_name_masked(ids, huitou, capsys):
    said = told(huitou, capsys, "王桂花")
    assert "2户的户主叫这个名字" in said
    assert sorted(line.split()[0] for line in said.splitlines() if "大河村" in line) == sorted(
        [ids[OTHER], ids[TWIN]]
    )
    assert "王**" in said
    assert "王桂花" not in said
    assert told(huitou, capsys, "王桂花", "--with-names").count("王桂花") == 2


def test_whoever_is_not_on_record_is_one_line_that_repeats_no_name(ids, huitou, capsys):
    capsys.readouterr()
    assert huitou("find", "张查无") == 3
    (said,) = capsys.readouterr().err.splitlines()
    assert "no household of the register has such an id, own number or householder's name" in said
    assert "张查无" not in said


def test_in_chinese_it_is_one_line_too(ids, huitou, capsys, monkeypatch):
    monkeypatch.setenv("HUITOU_LANG", "zh")
    capsys.readouterr()
    assert huitou("find", "张查无") == 3
    (said,) = capsys.readouterr().err.splitlines()
    assert "登记册里没有这个编号、系统户编号或户主姓名的户" in said
    assert "张查无" not in said


def test_without_the_key_an_own_number_finds_nobody_and_id_and_name_still_do(ids, office, huitou, capsys):
    (office / "keys/pseudonym.key").unlink()
    assert huitou("find", OTHER) == 3
    assert f"户编号 {ids[LISTED]}" in told(huitou, capsys, HEADS[LISTED])
    assert f"户编号 {ids[OTHER]}" in told(huitou, capsys, ids[OTHER])


def test_where_no_names_are_kept_none_can_be_asked_for(ids, office, huitou, capsys):
    write_parameters(office, {"privacy.vault": None})
    assert huitou("find", ids[OTHER], "--with-names") == 2
    assert "privacy.vault: empty" in capsys.readouterr().err


def test_an_own_number_explains_the_household_and_lists_its_visits(ids, office, huitou, capsys):
    store = LookbackStore(HERE.lookbacks, office / "keys/seal.key")
    store.append(visits(visit(ids[LISTED], season="2025Q4")), [])
    assert huitou("explain", LISTED) == 0
    assert huitou("visits", "list", "--household", LISTED) == 0
    assert ids[LISTED] in capsys.readouterr().out


def events():
    return [one for one in kept_events(HERE, load_params()) if one["what"] == "find"]


def test_a_look_at_names_is_noted_by_id_and_one_without_is_not(ids, huitou, capsys):
    told(huitou, capsys, HEADS[LISTED])
    assert events() == []
    told(huitou, capsys, HEADS[LISTED], "--with-names")
    (event,) = events()
    assert event["household"] == ids[LISTED]
    assert HEADS[LISTED] not in str(event)


def test_a_look_that_cannot_be_noted_shows_nobody(ids, huitou, capsys):
    told(huitou, capsys, HEADS[LISTED], "--with-names")
    path = next(HERE.events.glob("*.json"))
    path.write_text(path.read_text("utf-8").replace("find", "fnid"), "utf-8")
    assert huitou("find", LISTED, "--with-names") == 6
    assert HEADS[LISTED] not in capsys.readouterr().out
