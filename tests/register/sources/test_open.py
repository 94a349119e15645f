"""Every kind of source is opened by its name; what cannot be opened so is refused in one line."""

import pytest

from register.errors import ParamsError
from register.sources.eph import EphSource
from register.sources.folder import FolderSource
from register.sources.open import KINDS, open_source, settings_of
from register.sources.panel import PanelSource
from tests.parameters import source_section
from tests.register.sources.panel.folders import wide_trial


@pytest.mark.parametrize(
    ("kind", "opened"), [("eph", EphSource), ("folder", FolderSource), ("simulator", FolderSource)]
)
def test_a_folder_is_read_as_its_kind_says(tmp_path, kind, opened):
    assert type(open_source(source_section(kind=kind, path=tmp_path))) is opened


@pytest.mark.parametrize("kind", [name for name, kind in KINDS.items() if not (kind.mapped or kind.by_own)])
def test_a_mapping_is_refused_where_none_can_be_used(tmp_path, kind):
    with pytest.raises(ParamsError) as refused:
        open_source(source_section(kind=kind, path=tmp_path, mapping="national_exports"))
    assert str(refused.value) == f"source.mapping: not for source.kind {kind}; set it to null"


def test_a_panel_is_opened_with_the_mapping_in_its_folder_and_its_waves_decide_settings(tmp_path):
    wide_trial(tmp_path)
    assert type(open_source(source_section(kind="panel", path=tmp_path))) is PanelSource
    assert settings_of("panel", str(tmp_path), None)["season"] == "2017Q2"
    assert settings_of("folder", str(tmp_path), None) == {}
