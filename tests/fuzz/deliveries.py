"""Small clean deliveries of every kind that is read, to be spoilt."""

import hashlib
import json
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

import polars as pl

from register.errors import HuitouError
from register.sources.files import read_sheet
from tests.households import household, village_tables
from tests.register import exports

#: Suffix of the tables, or the shipped mapping they are read through.
KINDS = ("csv", "xlsx", "parquet", "national_exports")


def write_delivery(folder, kind):
    """Write the clean delivery of a kind; it is a county C1 or 元谋县."""
    for name, raw in _delivery(kind).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(raw)


@cache
def _delivery(kind):
    with tempfile.TemporaryDirectory() as folder:
        _make_delivery(Path(folder), kind)
        files = sorted(path for path in Path(folder).rglob("*") if path.is_file())
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def _make_delivery(folder, kind):
    if kind == "national_exports":
        mother = exports.wang(人编号="53232800010002", 与户主关系="之母", 证件号码="532328195001010024")
        rows = {
            "行政村信息": [exports.VILLAGE, {**exports.VILLAGE, "行政村": "二村"}],
            "户信息": [exports.wang(b2养殖=5000), mother],
        }
        exports.write_exports(folder, **rows, 监测对象信息=[exports.MONITORED], 已外出务工=[exports.WORK])
        return
    (folder / "C1").mkdir(parents=True)
    for name, frame in register_tables().items():
        write_table(folder / "C1" / f"{name}.{kind}", frame)


def write_counties(folder, delivery, kind):
    """Write whole counties (county -> table -> frame), one file a table."""
    for county, tables in delivery.items():
        (folder / county).mkdir(parents=True)
        for name, frame in tables.items():
            write_table(folder / county / f"{name}.{kind}", frame)


PLACE = {"region_id": "530000"}


def register_tables():
    """The Wang family of two in 星火村, with ids of 18 digits as real ones have."""
    ids = {"wang": "530622199001011237", "li": "530622198511030024"}
    tables = village_tables(
        household("wang", members=2, income=200.5, first="2023-01", last="2023-06"),
        household("li", income=90, first="2023-01", last="2023-06"),
        villages=[{"name": "星火村", **PLACE}, {"village_id": "V2", "name": "二村", **PLACE}],
    )
    long = pl.col("household_id").replace(ids)
    return {
        name: frame.with_columns(long) if "household_id" in frame.columns else frame
        for name, frame in tables.items()
    }


def write_table(path, frame):
    """Write a table in the format of the path's suffix."""
    if path.suffix == ".csv":
        frame.cast(pl.String).write_csv(path)
    elif path.suffix == ".xlsx":
        exports.workbook(path, frame.to_dicts())
    else:
        frame.write_parquet(path)


def write_control(folder):
    """Write what the sender says was sent, of the files as they are now, if all can be read."""
    files = [path for path in folder.rglob("*") if path.suffix in (".csv", ".xlsx", ".parquet")]
    with suppress(HuitouError):
        _write_control(folder, files)


def _write_control(folder, files):
    told = {
        path.relative_to(folder).as_posix(): {
            "rows": len(read_sheet(path, path.read_bytes()).frame),
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        }
        for path in files
    }
    (folder / "control.json").write_text(json.dumps(told), encoding="utf-8")
