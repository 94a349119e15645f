"""Invented households as evaluate judges them: two origins, four villages, two townships."""

from datetime import date

import numpy as np
import polars as pl

DAYS = {"2024Q1": date(2024, 3, 31), "2024Q2": date(2024, 6, 30)}


def judged(n=300, seed=0):
    generator = np.random.default_rng(seed)
    margin, half = generator.normal(-1, 1.2, n), n // 2
    fell = generator.random(n) < 1 / (1 + np.exp(-margin))
    origin = ["2024Q1"] * half + ["2024Q2"] * (n - half)
    return pl.DataFrame(
        {
            "household_id": [f"H{i % half:04d}" for i in range(n)],
            "as_of_date": [DAYS[one] for one in origin],
            "origin": origin,
            "is_return": [i % 3 == 0 for i in range(n)],
            "label": fell,
            "cluster": [f"V{i % half % 30}" for i in range(n)],
            "place": [f"T{i % half % 2}" for i in range(n)],
            "visits": [12] * n,
            "gap": np.where(fell, generator.random(n), 0),
            "lead_months": np.where(fell, generator.integers(1, 13, n), np.nan),
            "risk_model": 1 / (1 + np.exp(-margin)),
            "risk_came": 1 / (1 + np.exp(-margin - 0.05)),
            "income_over_line": -generator.normal(size=n),
            "logistic": margin.round(1),
            "base_rate": [0.3] * n,
            "alerts": (generator.random(n) < 0.2).astype(float),
        }
    ).with_columns(pl.col("lead_months").fill_nan(None))
