"""Settings are written as the parameter files hold them."""

import yaml

from register.proposal.settings import Setting
from register.proposal.settings_text import settings_text


def test_the_fragment_is_yaml_with_reasons():
    made = [
        Setting("season", "2011Q4", "季度", "season"),
        Setting("source.region", "520000", "省", "province"),
        Setting("watchlist.capacity.visits", 3, "户", "visits"),
        Setting("cohort.categories", ["ordinary"], "类", "kinds"),
    ]
    text = settings_text(made)
    assert yaml.safe_load(text) == {
        "season": "2011Q4",
        "source": {"region": "520000"},
        "watchlist": {"capacity": {"visits": 3}},
        "cohort": {"categories": ["ordinary"]},
    }
    assert "    visits: 3  # 户 / visits" in text
