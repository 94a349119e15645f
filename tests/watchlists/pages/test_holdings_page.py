"""The page for a household says what is held in the words of the forms, and how to object."""

from datetime import date

from watchlists.pages.holdings_page import holdings_page

NOTHING = dict.fromkeys(("vault", "lookbacks", "off_list", "returned", "handouts", "events", "files"), ())
#: A mother with a name that a page must not run.
MOTHER = {"household_id": "H1", "member_id": "P1", "relation": "head", "birth_date": date(1980, 5, 1)}


def page_of(**held):
    tables = held.pop("tables", {})
    document = {"household": "H1", "person": None, "county": "C1", "made_on": date(2026, 3, 1)}
    return holdings_page({**document, "held": {**NOTHING, "tables": tables, **held}})


def test_records_are_told_in_the_words_of_the_contract():
    text = page_of(tables={"artifacts/register/C1/members.parquet": [MOTHER]})
    for words in ("家庭成员", "出生日期", "1980-05-01", "户主"):
        assert words in text
    assert "artifacts/register" not in text


def test_a_release_tells_risk_and_order_and_its_file_is_named():
    scores = {"releases/.store/2025Q4-0a/scores.parquet": [{"household_id": "H1", "risk": 0.31234}]}
    text = page_of(tables=scores)
    assert "2025Q4-0a：" in text
    assert "0.3123" in text
    assert "scores.parquet" in text


def test_names_visits_and_returned_rows_are_told_and_every_value_is_escaped():
    text = page_of(
        vault=[{"table": "numbers", "number": "0530"}, {"table": "members", "name": "<b>张三"}],
        lookbacks=[{"visited_on": "2026-02-03", "result": "confirmed", "note": "住院"}],
        returned=[{"cells": {"备注": "锁门"}}],
        handouts=[{"at": "2026-01-05T09:00:00+08:00", "to": "李红", "season": "2025Q4", "with_names": True}],
        events=[{"at": "2026-01-06", "account": "li", "what": "explain"}],
    )
    for words in ("0530", "&lt;b&gt;张三", "住院", "锁门", "李红", "含姓名", "explain"):
        assert words in text
    assert "<b>张三" not in text


def test_rights_are_told_whatever_is_held():
    text = page_of()
    assert "可以要求查看、复制" in text
    assert "Erasing ends no help" in text
