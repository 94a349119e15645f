"""Invented panels in the shapes that researchers have them: a file a wave, one long file, a wide trial."""

from pathlib import Path

import numpy as np
import polars as pl
import pyreadstat
import yaml

UGANDA_LIKE = {
    "waves": {
        "2009": {"when": 2009, "called": ["09"]},
        "2010": {"when": 2010, "called": ["10"]},
        "2011": {"when": 2011, "called": ["11"]},
    },
    "resources": {"kind": "consumption", "period": "week", "per": "household", "currency": "UGX"},
    "equivalents": "column",
    "line": {"percentile": 30, "wave": "2009", "source": "30th percentile of the first wave"},
    "files": [
        {
            "path": "result_{wave}.csv",
            "household": "case_id",
            "area": "ea_id",
            "weight": "wgt{wave}",
            "equivalents": "number_adults",
            "amount": "TOT_consumption",
        },
        {
            "path": "hh_charact{wave}.csv",
            "household": "id_hh",
            "person": "id_ind",
            "tables": {
                "members": {
                    "age": "ind_age",
                    "sex": {"from": "ind_sex", "codes": {"0": "male", "1": "female"}},
                    "relation": {
                        "from": "ind_position",
                        "codes": {"1": "head", "2": "spouse", "3": "child", "*": "other"},
                    },
                }
            },
        },
    ],
}
#: One row a household and wave, three years apart; some households split, codes bear labels.
LONG = {
    "waves": {"Wave 1": 2006, "Wave 2": 2009, "Wave 3": 2012},
    "resources": {"kind": "income", "period": "year", "per": "head"},
    "equivalents": "heads",
    "line": {"amount": 1200, "period": "year", "prices_of": "Wave 3", "source": "invented"},
    "price_index": {"Wave 1": 80, "Wave 2": 90, "Wave 3": 100},
    "no_answer": [-9],
    "files": [
        {
            "path": "panel.dta",
            "wave": "round",
            "household": ["village", "hhno"],
            "origin": ["village", "hhno0"],
            "region": "province",
            "area": "village",
            "size": "hhsize",
            "children": "kids",
            "weight": "weight",
            "amount": "income_pc",
            "head": {
                "age": "headage",
                "sex": {"from": "headsex", "codes": {"Male": "male", "Female": "female"}},
            },
            "tables": {
                "housing": {
                    "rooms": "rooms",
                    "has_toilet": {"from": "toilet", "codes": {"yes": "true", "no": "false"}},
                }
            },
        }
    ],
}
#: A trial: one row a household, baseline and endline as suffixes of columns.
TRIAL = {
    "waves": {
        "baseline": {"when": "2015-03", "called": ["bl"]},
        "endline": {"when": "2017-04-20", "called": ["el"]},
    },
    "resources": {"kind": "consumption", "period": "month", "per": "equivalent"},
    "equivalents": "square_root",
    "line": {"amount": 60, "period": "month"},
    "files": [
        {
            "path": "trial.csv",
            "household": "hhid",
            "area": "village",
            "size": "size_{wave}",
            "amount": ["food_{wave}", "other_{wave}"],
        }
    ],
}


def uganda_like(folder: Path, n: int = 300, seed: int = 1) -> Path:
    """Write three waves of consumption and persons, one file a wave, NA for what is missing."""
    draw = np.random.default_rng(seed)
    base, areas = draw.normal(10.6, 0.5, n), draw.integers(1, max(2, n // 10), n)
    sizes, ages = draw.integers(1, 9, n), draw.integers(20, 70, n)
    for place, year in enumerate((2009, 2010, 2011)):
        weekly = np.exp(base + draw.normal(0, 0.4, n)) * sizes**0.7
        totals = [f"{one:.4f}" if draw.random() > 0.03 else "NA" for one in weekly]
        result = {
            "case_id": 1000 + np.arange(n),
            "ea_id": areas,
            f"wgt{year % 100:02d}": np.round(draw.uniform(500, 5000, n), 3),
            "TOT_consumption": totals,
            "number_adults": np.round(sizes * 0.8 + 0.2, 1),
        }
        kept = draw.random(n) > 0.05 * place
        pl.DataFrame(result).filter(pl.Series(kept)).write_csv(folder / f"result_{year}.csv")
        people = [
            (1000 + home, (1000 + home) * 100 + one, one % 2, min(one, 4), _age(int(ages[home]), one, place))
            for home in range(n)
            for one in range(1, sizes[home] + 1)
        ]
        names = ["id_hh", "id_ind", "ind_sex", "ind_position", "ind_age"]
        pl.DataFrame(people, schema=names, orient="row").write_csv(
            folder / f"hh_charact{year}.csv", null_value="NA"
        )
    return with_mapping(folder, UGANDA_LIKE)


def _age(head: int, number: int, years: int) -> int:
    return years + (head if number <= 2 else max(1, head - 20 - 2 * number))


def long_dta(folder: Path, n: int = 240, seed: int = 2) -> Path:
    """Write one Stata file, a row a household and wave; in wave 2 every twelfth household is two."""
    draw = np.random.default_rng(seed)
    rows = []
    base = draw.normal(7.2, 0.5, n)
    for wave, prices in ((1, 0.8), (2, 0.9), (3, 1.0)):
        for home in range(n):
            parts = 2 if wave > 1 and home % 12 == 0 else 1
            for part in range(parts):
                if draw.random() < 0.06 * (wave - 1):
                    continue
                income = float(np.exp(base[home] + draw.normal(0, 0.35)) * prices)
                before = home * 10 + (part if wave == 3 else 0)
                rows.append(
                    (
                        wave,
                        home % 17,
                        home * 10 + part,
                        before,
                        home % 2,
                        income if draw.random() > 0.02 else -9.0,
                        4.0 - 2 * part,
                        1.0 - part,
                        40.0 + 3 * wave,
                        home % 3 // 2,
                        float(home % 4 + 1),
                        home % 2,
                        1.5,
                    )
                )
    names = [
        "round",
        "village",
        "hhno",
        "hhno0",
        "province",
        "income_pc",
        "hhsize",
        "kids",
        "headage",
        "headsex",
    ]
    frame = pl.DataFrame(rows, schema=[*names, "rooms", "toilet", "weight"], orient="row")
    labels = {
        "round": {1: "Wave 1", 2: "Wave 2", 3: "Wave 3"},
        "province": {0: "North Hills", 1: "South"},
        "headsex": {0: "Male", 1: "Female"},
        "toilet": {0: "no", 1: "yes"},
    }
    pyreadstat.write_dta(frame, folder / "panel.dta", variable_value_labels=labels)
    return with_mapping(folder, LONG)


def wide_trial(folder: Path, n: int = 200, seed: int = 3) -> Path:
    """Write one CSV, a row a household; some were not there at the endline."""
    draw = np.random.default_rng(seed)
    base = draw.normal(3.8, 0.4, n)
    columns = {
        "hhid": [f"H{one}" for one in range(n)],
        "village": draw.integers(1, 12, n),
        "treated": draw.integers(0, 2, n),
    }
    for wave in ("bl", "el"):
        is_there = np.ones(n, bool) if wave == "bl" else draw.random(n) > 0.1
        values = {
            "size": draw.integers(1, 8, n),
            "food": np.exp(base + draw.normal(0, 0.3, n)),
            "other": draw.uniform(1, 20, n),
        }
        columns |= {
            f"{name}_{wave}": [float(v) if ok else None for v, ok in zip(one, is_there, strict=True)]
            for name, one in values.items()
        }
    pl.DataFrame(columns).write_csv(folder / "trial.csv")
    return with_mapping(folder, TRIAL)


def with_mapping(folder: Path, mapping: dict) -> Path:
    """Write a mapping beside the files."""
    (folder / "panel.yaml").write_text(yaml.safe_dump(mapping, sort_keys=False), encoding="utf-8")
    return folder
