"""What a column of a release means: from whatever declares it already, else from `words.yaml`."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from features.declaration import declared_features
from models.evaluation.declaration import declared_metrics
from register.contract import Column, Privacy
from register.contract import Kind as OfRegister
from register.parameters import Section, parameter
from register.reference import Cause, causes
from register.tables import TABLES
from watchlists.contents.meanings import meanings
from watchlists.release.declaration import DataColumn, Kind, Words

FILE = Path(__file__).with_name("words.yaml")
#: Column names that are made of a beginning and a group of features, with unit.
FAMILIES: Mapping[str, tuple[Words, str]] = {
    "phi_": (("对风险的贡献：", "part of the log-odds: "), "log-odds"),
    "fresh_": (("其中近一年变化的：", "part of it that is new within the year: "), "log-odds"),
    "facts_change_": (("与对照季相比情况变化的贡献：", "change by the facts since: "), "log-odds"),
    "forecast_": (
        ("按以往类似户，跌破时的原因：", "what such households were recorded to fall by: "),
        "share",
    ),
    "share_": (("预计跌破中此主因的份额：", "share of the expected with this main cause: "), "share"),
}
#: Endings of a figure's column, and what they add to its meaning.
ENDINGS: Mapping[str, Words] = {
    "_low": ("，95%区间下限", ", lower end of the 95 % interval"),
    "_high": ("，95%区间上限", ", upper end of the 95 % interval"),
    "_worst": ("，并列中未发生者在先", ", those who did not fall first among ties"),
    "_best": ("，并列中发生者在先", ", those who fell first among ties"),
}
#: Kinds of the register's columns as a release holds them.
KINDS: Mapping[OfRegister, Kind] = {
    "id": "id",
    "text": "text",
    "code": "code",
    "codes": "text",
    "date": "date",
    "number": "number",
    "money": "number",
    "integer": "integer",
    "flag": "flag",
}
#: Groups that tell of a person's health.
OF_HEALTH = {"illness", "disability"}
#: Whole tables that tell of places and models: nobody's data.
OF_NOBODY = {"boards", "figures", "metrics", "bins", "shares"}


class OwnWords(Section):
    """An entry of `words.yaml`: a meaning, or the register's column that has it."""

    declared_by: str = parameter("the register's column, TABLE.COLUMN", default="", alias="register")
    kind: Kind = parameter("how its values are held", default="text")
    zh: str = parameter("meaning in Chinese", default="")
    en: str = parameter("meaning in English", default="")
    unit: str = parameter("unit of a number", default="")
    privacy: Literal["", "personal", "sensitive"] = parameter("whom it tells of", default="")


def column(table: str, name: str) -> DataColumn:
    """Declare a column of a table.

    Raises
    ------
    TypeError
        When nothing says what it means.

    Examples
    --------
    >>> column("scores", "phi_illness").en, column("scores", "household_id").privacy
    ('part of the log-odds: illness', 'personal')
    """
    declared = _of_words(table, name) or _of_register(name) or _of_family(name) or _of_feature(name)
    declared = declared or _of_metric(name) or _of_ending(table, name)
    if declared is None:
        raise TypeError(f"table {table}: nothing says what column {name} means: add it to {FILE.name}")
    return replace(declared, privacy="") if table in OF_NOBODY else declared


@cache
def _own_words() -> Mapping[str, OwnWords]:
    entries: dict[str, Any] = yaml.load(FILE.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return {name: OwnWords.of(entry, name) for name, entry in entries.items()}


@cache
def _groups() -> Mapping[str, Cause]:
    return causes()


def _of_words(table: str, name: str) -> DataColumn | None:
    words = _own_words().get(f"{table}.{name}") or _own_words().get(name)
    if words is None:
        return None
    if words.declared_by:
        source, _, of_source = words.declared_by.partition(".")
        return _like(TABLES[source].by_name[of_source], name)
    codes = meanings(table, name)
    return DataColumn(name, words.kind, words.zh, words.en, words.unit, words.privacy, codes)


def _of_register(name: str) -> DataColumn | None:
    of_places = TABLES["households"].by_name | TABLES["villages"].by_name
    return _like(of_places[name], name) if name.endswith("_id") and name in of_places else None


def _like(of_register: Column, name: str) -> DataColumn:
    """Take kind, words, codes and privacy from a column of the register."""
    kind = KINDS[of_register.kind]
    codes = {code: (zh, code.replace("_", " ")) for code, zh in of_register.meanings.items()}
    return DataColumn(
        name, kind, of_register.zh, of_register.en, of_register.unit, of_register.privacy, codes
    )


def _of_family(name: str) -> DataColumn | None:
    for beginning, ((zh, en), unit) in FAMILIES.items():
        group = _groups().get(name.removeprefix(beginning))
        if name.startswith(beginning) and group:
            privacy: Privacy = "sensitive" if group.code in OF_HEALTH else "personal"
            return DataColumn(name, "number", f"{zh}{group.zh}", f"{en}{group.en}", unit, privacy)
    return None


def _of_feature(name: str) -> DataColumn | None:
    for one in declared_features():
        if one.name == name:
            privacy: Privacy = "sensitive" if one.group in OF_HEALTH else "personal"
            return DataColumn(name, "number", one.zh, one.en, one.unit, privacy)
    return None


def _of_metric(name: str) -> DataColumn | None:
    for one in declared_metrics():
        if one.name == name:
            return DataColumn(name, "number", one.zh, one.en)
    return None


def _of_ending(table: str, name: str) -> DataColumn | None:
    for ending, (zh, en) in ENDINGS.items():
        if name.endswith(ending):
            figure = column(table, name.removesuffix(ending))
            return replace(figure, name=name, zh=f"{figure.zh}{zh}", en=f"{figure.en}{en}")
    return None
