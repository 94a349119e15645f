"""Proposed settings as a fragment of params.yaml and method.yaml, each with its reason."""

from collections import defaultdict
from collections.abc import Sequence

from register.proposal.settings import Setting

TITLE = (
    "# 由 huitou start 提出，请核对；并入 params.yaml、method.yaml，或逐项用 --set",
    "# Proposed by huitou start, please confirm; put it into params.yaml and method.yaml, or use --set",
)
#: Texts that YAML would take for a number or a day.
QUOTED = ("source.region", "source.exported_on")


def settings_text(settings: Sequence[Setting]) -> str:
    """Write settings by their sections.

    Examples
    --------
    >>> print(settings_text([Setting("label.months", 12, "一年", "a year")]).splitlines()[2:])
    ['label:', '  months: 12  # 一年 / a year']
    """
    sections: dict[str, list[str]] = defaultdict(list)
    for one in settings:
        section, _, name = one.name.rpartition(".")
        value = f'"{one.text}"' if one.name in QUOTED else one.text
        sections[section].append(f"{name}: {value}  # {one.zh} / {one.en}")
    lines = [line for section, entries in sections.items() for line in _section(section, entries)]
    return "\n".join([*TITLE, *lines]) + "\n"


def _section(section: str, entries: Sequence[str]) -> list[str]:
    names = [name for name in section.split(".") if name]
    heads = [f"{'  ' * depth}{name}:" for depth, name in enumerate(names)]
    return [*heads, *(f"{'  ' * len(names)}{entry}" for entry in entries)]
