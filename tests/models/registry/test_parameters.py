"""Every source has a leak bound."""

from models.registry.parameters import LeakBounds


def test_a_source_nobody_named_has_a_leak_bound():
    """A new kind trained and listed, and then promote died with a KeyError."""
    usual, own = {"all": 0.93, "return": 0.85}, {"all": 0.93, "return": 0.93}
    bounds = LeakBounds.of({"default": usual, "by_source": {"simulator": own}}, "leak_bound")
    assert bounds.bound("kenya").written() == usual
    assert bounds.bound("simulator").written() == own
