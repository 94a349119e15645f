"""Names, numbers, phones and addresses, all invented; they end in the vault."""

import numpy as np
import polars as pl

from simulator.population import Population
from simulator.timeline import Ints

FAMILY_NAMES = np.array(list("李王张刘陈杨赵黄周吴徐孙马朱胡郭何高罗和普白沙鲁岩刀"))
GIVEN_NAMES = np.array(list("明华芳丽军平秀英建国红梅玉兰春云海山林峰志强小燕文学成福贵"))
#: No division of the country has a code that begins so, so no number is anybody's.
NOWHERE = "99"
WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
CHECK = np.array(list("10X98765432"))


def people(population: Population, rng: np.random.Generator) -> pl.DataFrame:
    """Invent each member row's name, identity number and phone; a person keeps them for life."""
    n = len(population.owner)
    family = FAMILY_NAMES[rng.integers(0, len(FAMILY_NAMES), population.n_households)][population.owner]
    given_names = [GIVEN_NAMES[rng.integers(0, len(GIVEN_NAMES), n)] for _ in range(2)]
    names = np.char.add(np.char.add(family, given_names[0]), given_names[1])
    numbers = _identity_numbers(population)
    return pl.DataFrame({"name": names, "id_number": numbers, "phone": _phones(n, rng)})[
        population.person.tolist()
    ]


def _identity_numbers(population: Population) -> np.ndarray:
    """Compose 18 characters that pass the check digit: county, birth, order within the day."""
    home = NOWHERE + population.county_id[-4:]
    born = np.char.replace(population.birth.astype(str), "-", "")
    place = np.argsort(np.argsort(population.birth, kind="stable"), kind="stable")
    first = np.searchsorted(np.sort(population.birth), population.birth)
    order = (place - first) % 500 * 2 + ~population.female
    body = np.char.add(np.char.add(home, born), np.char.mod("%03d", order))
    digits = body.astype("U17").view("U1").reshape(len(body), 17).astype(np.int64)
    return np.char.add(body, CHECK[(digits @ WEIGHTS) % 11])


def _phones(n: int, rng: np.random.Generator) -> np.ndarray:
    """Invent mobile numbers of a range that is not given out."""
    return np.char.add("100", np.char.mod("%08d", rng.integers(0, 100_000_000, n)))


def homes(population: Population, rng: np.random.Generator) -> pl.DataFrame:
    """Invent each household's phone and address."""
    n: int = population.n_households
    group: Ints = rng.integers(1, 13, n)
    villages = np.char.mod("模拟村%03d", population.village + 1)
    address = np.char.add(villages, np.char.mod("%d组", group))
    return pl.DataFrame({"phone": _phones(n, rng), "address": address})
