import polars as pl

from register.quarantine import REASONS, leading, reason_lines, without_duplicates
from register.tables import TABLES
from tests.households import tables_of

TEN = {"household_id": "zhou", "occurred_on": "2024-01-31", "amount": 10.0, "recorded_on": "2024-02-01"}


def split(*rows):
    frame = tables_of(income=rows)["income"].with_columns(
        file=pl.lit("f"), row=pl.int_range(2, len(rows) + 2)
    )
    return without_duplicates(frame.cast({"row": pl.UInt32}), TABLES["income"])


def test_a_repeated_record_enters_once():
    """Zhou's January wage was exported three times."""
    kept, dropped, reasons = split(TEN, TEN, TEN)
    assert (kept["row"].to_list(), sorted(dropped["row"]), len(reasons)) == ([2], [3, 4], 0)


def test_records_that_contradict_each_other_are_both_set_aside():
    kept, dropped, reasons = split(TEN, {**TEN, "amount": 11.0}, {**TEN, "occurred_on": "2024-02-29"})
    assert (kept["row"].to_list(), len(dropped)) == ([4], 0)
    assert reasons.select("row", "column").rows() == [(2, "amount ≠ row 3"), (3, "amount ≠ row 2")]
    assert set(reasons["reason"]) == {
        "同一记录同日录入但内容不一 / records of one key entered on one day differ"
    }


def test_a_correction_recorded_later_is_no_contradiction():
    kept, _, reasons = split(TEN, {**TEN, "amount": 11.0, "recorded_on": "2024-05-01"})
    assert (kept["row"].to_list(), len(reasons)) == ([2, 3], 0)


def test_what_goes_to_the_vault_is_no_contradiction():
    """Two members of Zhou's wrote the address in two ways: 12,871 households were set aside for it."""
    row = {"household_id": "zhou", "recorded_on": "2024-02-01"}
    rows = tables_of(households=[{**row, "address": "一组"}, {**row, "address": "1组"}])["households"]
    rows = rows.with_columns(pl.lit("f").alias("file"), pl.int_range(2, 4).cast(pl.UInt32).alias("row"))
    kept, dropped, reasons = without_duplicates(rows, TABLES["households"])
    assert (kept["address"].to_list(), dropped["row"].to_list(), len(reasons)) == (["一组"], [3], 0)


def reasons(*rows):
    every = [{"file": f, "row": n, "column": c, "reason": r, "next_step": s} for f, n, c, r, s in rows]
    return pl.DataFrame(every, schema=REASONS)


def test_what_is_to_be_mended_stands_before_what_follows_from_it():
    """One bad village takes two households along."""
    follows = ("该村自己的行被隔离 / the village's own row was set aside", "先改村 / mend the village first")
    listed = reasons(
        ("C1/households.csv", 2, "village_id", *follows),
        ("C1/households.csv", 3, "village_id", *follows),
        ("C1/villages.csv", 2, "name", "空 / empty", "补录 / enter it"),
    )
    assert reason_lines(listed, "quarantine.csv") == [
        "       1  隔离 空 / empty (C1/villages.csv row 2, name)\n          → 补录 / enter it",
        f"       2  隔离 {follows[0]} (C1/households.csv row 2, village_id)\n          → {follows[1]}",
    ]
    assert leading(listed).startswith("most often (n=1, first C1/villages.csv row 2): 空 / empty")


def test_of_many_reasons_some_are_said_and_where_the_others_stand():
    listed = reasons(*(("f.csv", n, "amount", f"reason {n}", "mend") for n in range(2, 10)))
    assert reason_lines(listed, "quarantine.csv")[-1] == "          … (+3: quarantine.csv)"
    assert reason_lines(listed.clear(), "quarantine.csv") == []
