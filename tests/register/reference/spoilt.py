"""Reference data with one entry spoilt."""

import yaml

from register.reference.cited import FOLDER
from register.tables.monitoring import CAUSES_FILE


def spoilt(tmp_path, name, number, **changes):
    """Copy a file with one entry changed; what becomes None is dropped."""
    source = CAUSES_FILE if name == CAUSES_FILE.name else FOLDER / name
    rows = yaml.safe_load(source.read_text(encoding="utf-8"))
    rows[number] = {key: value for key, value in {**rows[number], **changes}.items() if value is not None}
    path = tmp_path / name
    path.write_text(yaml.safe_dump(rows, allow_unicode=True), encoding="utf-8")
    return path
