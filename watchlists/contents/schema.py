"""What a release holds, for programs (`release.schema.json`) and for people (docs/release_schema.md)."""

from typing import Any

from register.atomic import json_text
from register.dictionary import PRIVACY
from watchlists.contents.tables import VERSION, tables
from watchlists.release.database import DATABASE
from watchlists.release.declaration import DataColumn, DataTable, Kind

SCHEMA_FILE = "release.schema.json"
NAME = "huitou.release"
#: How a value stands in the database.
HELD: dict[Kind, str] = {
    "id": "string",
    "text": "string",
    "code": "string",
    "texts": "array",
    "codes": "array",
    "number": "number",
    "integer": "integer",
    "flag": "boolean",
    "date": "date",
}
_HEAD = f"""# 发布的数据 / The release as data

由声明自动生成（`make docs`），请勿手改。Generated from the declarations by `make docs`; do not edit.

每个发布有 `{DATABASE}`（一个只读的 SQLite 文件，和其他文件一起封存）和 `{SCHEMA_FILE}`（下表，供程序读）。
版本 {VERSION}，即 `PRAGMA user_version`。旧发布由 `watchlists.contents.reading.opened` 读成同样的表。
文件权限和发布的其他文件一样（0400）；没有姓名，数据不多于发布里的 Parquet 文件和报告。
Every release holds `{DATABASE}` (one SQLite file, read only, sealed with the others) and `{SCHEMA_FILE}`
(the tables below, for programs). Version {VERSION}, as `PRAGMA user_version` says. Older releases are read
as the same tables by `watchlists.contents.reading.opened`. File modes are the release's own (0400); nobody
is named, and no table holds more than the release's Parquet files and its report do.

- 日期写作 2025-01-31；是/否为 1/0；array 为 JSON 数组；空缺为 NULL，与零不同。
  Dates are 2025-01-31; boolean is 1 or 0; array is a JSON array; what is missing is NULL, which is not zero.
- 必有：该列从不空缺。always: the column is never missing.
- 隐私：personal 个人信息，sensitive 敏感个人信息（个人信息保护法第二十八条），空白为地点、模型或登记信息。
  Privacy: sensitive as in article 28 of the Personal Information Protection Law; blank tells of a place, a
  model or the record-keeping.
- 打开 to open: `sqlite3 'file:releases/current/{DATABASE}?mode=ro&immutable=1'`
"""


def schema_text() -> str:
    """Write the schema as JSON, in the manner of a Frictionless data package."""
    return json_text(release_schema())


def release_schema() -> dict[str, Any]:
    """Describe every table and column.

    Returns
    -------
    dict
        ``name, version, database`` and ``resources``, one a table: ``path`` is the Parquet file that
        holds the same rows, None where the database alone does.

    Examples
    --------
    >>> listed = release_schema()["resources"][0]
    >>> listed["name"], listed["path"], listed["schema"]["fields"][0]["name"]
    ('listed', 'watchlist.parquet', 'household_id')
    """
    resources = [_resource(one) for one in tables().values()]
    return {"name": NAME, "version": VERSION, "database": DATABASE, "resources": resources}


def schema_page() -> str:
    """Write the schema as Markdown in both languages."""
    return _HEAD + "".join(_section(one) for one in tables().values())


def _resource(table: DataTable) -> dict[str, Any]:
    fields = [_field(one, table) for one in table.columns]
    indexes = [list(index) for index in table.indexes]
    schema = {"fields": fields, "order": list(table.key), "indexes": indexes}
    return {"name": table.name, "path": table.file, "zh": table.zh, "en": table.en, "schema": schema}


def _field(column: DataColumn, table: DataTable) -> dict[str, Any]:
    return {
        "name": column.name,
        "type": HELD[column.kind],
        "unit": column.unit,
        "nullable": column.name not in table.required,
        "privacy": column.privacy,
        "zh": column.zh,
        "en": column.en,
        "values": {code: {"zh": zh, "en": en} for code, (zh, en) in column.meanings.items()},
    }


def _section(table: DataTable) -> str:
    held = f"`{table.file}`" if table.file else "—"
    head = (
        f"\n## {table.name}\n\n{table.zh}。One row is {table.en}.\n\n"
        f"Parquet: {held}；次序 order: {', '.join(table.key)}\n\n"
        "| 列 column | 含义 | meaning | 类型 type | 单位 unit | 必有 always | 隐私 privacy | 取值 values |\n"
        "|---|---|---|---|---|---|---|---|\n"
    )
    return head + "".join(_row(one, table) for one in table.columns)


def _row(column: DataColumn, table: DataTable) -> str:
    codes = "；".join(f"`{code}` {zh} {en}" for code, (zh, en) in column.meanings.items())
    always = "✓" if column.name in table.required else ""
    cells = (f"`{column.name}`", column.zh, column.en, HELD[column.kind], column.unit, always)
    return f"| {' | '.join((*cells, PRIVACY[column.privacy], codes))} |\n"
