"""The section ``source`` of the parameters: whose data, and where they are."""

from typing import Literal

from register.parameters import Section, parameter


class SourceParameters(Section):
    """Whose data a run reads."""

    kind: Literal["simulator", "folder", "sql", "eph"] = parameter("whose data are read", who="analyst")
    path: str = parameter(
        "folder to read; for sql the file that holds the URL (docs/sources.md)", who="analyst", min_length=1
    )
    mapping: str | None = parameter(
        "column mapping, a YAML file or national_exports; null: the register's own names", who="analyst"
    )
    exported_on: str | None = parameter(
        'day the delivery was exported, "YYYY-MM-DD"; for sql change it to read anew', who="analyst"
    )
