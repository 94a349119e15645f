"""What is made from the models: the page of parameters, the comments in the files, schemas, completion."""

import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from pipelines.workspace.parameters.parameters import FILES, Parameters
from register.parameters.allowed import Schema, allowed, at, resolved

HEAD = """\
# 参数 Parameters

本页由 `make docs` 从模型生成。This page is made from the models by `make docs`.

每个参数在一个文件里，可用 `huitou run --set 名=值` 只改一次运行；写错的名字和不允许的值在门口就被拒绝。
Every parameter stands in one file; `huitou run --set name=value` changes it for one run. What is unknown,
missing, of another kind or out of range is refused before anything runs. Sources in brackets and by name:
[docs/domain.md](domain.md).
"""
COLUMNS = "| 参数 name | 值 value | 单位 unit | 允许 allowed | 由谁定 who | 依据 source | 说明 meaning |"
#: A line of a file that gives a parameter its value: indent, name, value.
LINE = re.compile(r"^( *)(\w+): ([^#]*[^#\s])(?: +#.*)?$")
#: Where comments begin, if the value leaves room.
WIDTH = 28


def parameter_page(folder: Path = Path()) -> str:
    """Write the page: every parameter with its value as it stands, unit, range, who decided and source."""
    parts = [HEAD]
    for file, model in FILES.items():
        values, schema = (
            yaml.safe_load((folder / file).read_text(encoding="utf-8")),
            model.model_json_schema(),
        )
        rows = "\n".join(_row(name, one, schema, _value(values, name)) for name, one in leaves(schema))
        parts.append(f"\n## {file}\n\n{model.__doc__}\n\n{COLUMNS}\n{'|---' * 7}|\n{rows}\n")
    return "".join(parts)


def json_schema(file: str) -> str:
    """Write what an editor checks a file by."""
    schema = FILES[file].model_json_schema()
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def commented(file: str, folder: Path = Path()) -> str:
    """Write a file with the comments that the models give; values and headings stay as they are."""
    schema, lines = FILES[file].model_json_schema(), []
    path: list[str] = []
    for line in (folder / file).read_text(encoding="utf-8").splitlines():
        name = re.match(r"^( *)(\w+):", line)
        if name:
            path[len(name[1]) // 2 :] = [name[2]]
        about = at(path[:-1], schema).get("properties", {}).get(path[-1]) if name else None
        setting = LINE.match(line)
        lines.append(f"{_set(setting)}  # {comment(about)}" if setting and about else line)
    return "\n".join(lines) + "\n"


def comment(about: Schema) -> str:
    """Put meaning, unit, who decided and source into one line."""
    who, source, unit = (about.get(key, "") for key in ("who", "source", "unit"))
    meaning, choices = about["description"], " | ".join(about.get("enum", ()))
    meaning = f"{meaning}: {choices}" if choices and "|" not in meaning else meaning
    meaning = meaning if unit in meaning or unit == "ratio" else f"{meaning}, {unit}"
    return f"{meaning}; {', '.join(filter(None, ('' if who == 'project' and source else who, source)))}"


def leaves(schema: Schema, path: str = "", inside: Schema | None = None) -> Iterator[tuple[str, Schema]]:
    """Walk every parameter that is no section, with its dotted name."""
    for name, about in (schema if inside is None else inside).get("properties", {}).items():
        target = resolved(about, schema)
        if "properties" in target:
            yield from leaves(schema, f"{path}{name}.", target)
        else:
            yield f"{path}{name}", about


def completed(incomplete: str) -> list[str]:
    """Complete ``name=value`` of ``--set``: names, and values where there are few."""
    schema = Parameters.model_json_schema()
    name, equals, _ = incomplete.partition("=")
    known = dict(leaves(schema))
    chosen = resolved(known.get(name, {}), schema).get("enum", []) if equals else ()
    offered = [f"{name}={value}" for value in chosen] if equals else [f"{one}=" for one in known]
    return [one for one in offered if one.startswith(incomplete)]


def _row(name: str, about: Schema, schema: Schema, value: str) -> str:
    cells = (
        about.get("unit", ""),
        allowed(about, schema),
        about["who"],
        about["source"],
        about["description"],
    )
    return f"| `{name}` | {value} | {' | '.join(text.replace('|', chr(92) + '|') for text in cells)} |"


def _value(values: Any, name: str) -> str:  # noqa: ANN401 - YAML
    for step in name.split("."):
        values = values.get(step, {}) if isinstance(values, dict) else {}
    text = json.dumps(values, ensure_ascii=False)
    return f"`{text}`" if values != {} else ""


def _set(setting: re.Match[str]) -> str:
    return f"{setting[1]}{setting[2]}: {setting[3]}".ljust(WIDTH - 2)


PAGES: dict[Path, Callable[[], str]] = {
    Path("docs/parameters.md"): parameter_page,
    **{Path(f"docs/{Path(file).stem}.schema.json"): partial(json_schema, file) for file in FILES},
    **{Path(file): partial(commented, file) for file in FILES},
}
