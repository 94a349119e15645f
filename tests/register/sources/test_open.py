"""Every kind of source is opened by its name; what cannot be opened so is refused in one line."""

import pytest

from register.errors import ParamsError
from register.sources.eph import EphSource
from register.sources.folder import FolderSource
from register.sources.open import KINDS, open_source
from tests.parameters import source_section


@pytest.mark.parametrize(
    ("kind", "opened"), [("eph", EphSource), ("folder", FolderSource), ("simulator", FolderSource)]
)
def test_a_folder_is_read_as_its_kind_says(tmp_path, kind, opened):
    assert type(open_source(source_section(kind=kind, path=tmp_path))) is opened


@pytest.mark.parametrize("kind", [name for name, kind in KINDS.items() if kind.mapped is None])
def test_a_mapping_is_refused_where_none_can_be_used(tmp_path, kind):
    with pytest.raises(ParamsError) as refused:
        open_source(source_section(kind=kind, path=tmp_path, mapping="national_exports"))
    assert str(refused.value) == f"source.mapping: not for source.kind {kind}; set it to null"
