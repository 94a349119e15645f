"""Two households in two waves, and a mapping that says how their amounts are meant."""

from datetime import date

import polars as pl

from register.sources.panel.layout import PanelLayout


def layout(**sections):
    return PanelLayout.of(
        {
            "waves": {"1": 2009, "2": 2010},
            "resources": {"kind": "consumption", "period": "month"},
            "line": {"amount": 12, "period": "year"},
            "files": [{"path": "a.csv", "wave": "w", "household": "h", "amount": "x"}],
            **sections,
        },
        "panel.yaml:",
    )


def homes(**columns):
    plain = {"wave": ["1", "1", "2"], "household": ["a", "b", "a"], "amount.other": [100.0, 50.0, 0.0]}
    return pl.DataFrame(plain | columns)


def persons(*ages):
    """Household a has people of these ages in both waves, b one of 30."""
    rows = [
        (wave, "a", date(year - age, 1, 1), date(year, 12, 31))
        for wave, year in (("1", 2009), ("2", 2010))
        for age in ages
    ]
    rows.append(("1", "b", date(1979, 1, 1), date(2009, 12, 31)))
    return pl.DataFrame(rows, schema=["wave", "household", "birth_date", "day"], orient="row")
