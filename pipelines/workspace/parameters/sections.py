"""Sections that only stages read: history, features reported, machine, lists."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field, WithJsonSchema

from register.errors import ParamsError
from register.parameters import Season, Section, parameter
from watchlists.language import Language
from watchlists.ledger.parameters import LedgerParameters
from watchlists.visits.capacity import CapacityParameters
from watchlists.visits.groups import MinimumCover
from watchlists.visits.must_visits import MustVisitParameters

Multiple = Annotated[float, Field(gt=0)]
#: Counties one after the other, or by processes of this machine; else by a cluster's scheduler.
LOCAL, PROCESSES = "local", "processes"
SCHEDULER = re.compile(rf"{LOCAL}|{PROCESSES}|(tcp|tls)://[\w.-]+:\d{{1,5}}", re.ASCII)


def _scheduler(name: str) -> str:
    if not SCHEDULER.fullmatch(name):
        raise ParamsError(
            "compute.scheduler: found no such scheduler, allowed is local, processes, or the address of a "
            "Dask scheduler such as tcp://127.0.0.1:8786; mend it"
        )
    return name


Scheduler = Annotated[
    str, AfterValidator(_scheduler), WithJsonSchema({"type": "string", "format": "scheduler"})
]


class FeaturesParameters(Section):
    """How far back features are built."""

    first_season: Season = parameter("first as-of date of history; the register needs a year before it")


class FeatureReportParameters(Section):
    """How features are reported on."""

    households: float = parameter(
        "share of households drawn for coverage, drift and redundancy", unit="share", gt=0, le=1
    )
    bins: int = parameter("quantile bins of the population stability index", source="custom", ge=2)
    redundant: float = parameter("|Spearman| from which two features are one family", ge=0, le=1)
    rows: int = parameter(
        "about as many negatives of a season judged, all who fell besides", unit="rows", ge=1
    )
    repeats: int = parameter("draws of a family", ge=1)
    training_rows: int = parameter("about as many negatives to train without a cause", unit="rows", ge=1)
    seed: int = parameter("seed of the draws", ge=0)


class ComputeParameters(Section):
    """What the machine gives; results do not depend on it."""

    scheduler: Scheduler = parameter(
        "who walks the counties: local | processes | tcp://host:port of Dask (docs/scale.md)",
        default=PROCESSES,
        who="analyst",
    )
    processes: int = parameter("counties at a time, each in a process of its own", default=2, ge=1)
    worker_memory: float = parameter(
        "GiB that such a process may take; 0 sets no bound (docs/scale.md)", default=0, unit="GiB", ge=0
    )
    threads: int = parameter(
        "threads of a process: of LightGBM, and tables whose features are built at a time",
        unit="threads",
        ge=1,
    )
    free_disk: float = parameter(
        "GiB that must be free for a run, or as much again as it keeps; the default run keeps 0.5",
        unit="GiB",
        ge=0,
    )


class WatchlistParameters(Section):
    """How many are visited, and what a list says of each."""

    capacity: CapacityParameters = parameter("visits of a season")
    must_visit: MustVisitParameters = parameter("households visited whatever their risk")
    minimum_cover: MinimumCover = parameter(
        "visits each place keeps for a hard group, such as {disabled: 2}; watchlists/visits/groups.py",
        unit="visits",
        who="county office",
    )
    covers_tried: tuple[Annotated[int, Field(ge=0)], ...] = parameter(
        "reserved for the hard group missed most, to show what that would gain and cost",
        unit="visits",
        min_length=1,
    )
    ledger: LedgerParameters = parameter(
        "when visits and help are due, and whose they are", default=LedgerParameters()
    )
    language: Language = parameter(
        "of workbooks and cards, and of the words to choose from; both: those to choose from are Chinese",
        who="county office",
    )
    board_rows: int = parameter(
        "places in a table of the county board, the most expected falls first",
        source="one or two A4 pages",
        ge=1,
    )
    high_risk: float = parameter(
        "risk from which households without a place on the list are named apart, and counted on the board",
        unit="probability",
        who="county office",
        source="60 of the default run were at 0.3 or more",
        gt=0,
        le=1,
    )
    multiples: tuple[Multiple, ...] = parameter(
        "of the visits, to show what more or fewer would find", unit="ratio", min_length=1
    )
    causes_named: int = parameter(
        "official causes named in a reason, at most",
        source="the form has up to five slots, DOMAIN 2.1",
        ge=1,
        le=5,
    )
    least_multiplier: float = parameter(
        "of the odds; a cause below it is not named, as none could see it at a visit", unit="ratio", ge=1
    )
    facts_per_cause: int = parameter("facts behind each named cause, at most", ge=1)
