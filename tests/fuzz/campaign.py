"""Spoilt deliveries through the real ingest: nothing crashes, hangs, is lost or changed in silence.

``python -m tests.fuzz.campaign COUNT [SEED]`` prints the seed and what came of each kind of damage.
"""

import json
import random
import signal
import sys
import tempfile
import traceback
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

from register.errors import HuitouError
from register.faults import SeveralFaults
from register.intake.ingest import Settings, ingest
from register.sources.open import open_source
from register.store import Register
from register.vault.place import VaultPlace
from tests.fuzz.deliveries import KINDS, write_control, write_counties, write_delivery
from tests.fuzz.meanings import MEANINGS, counties
from tests.fuzz.mutations import IDENTICAL, MUTATIONS, OTHER, QUARANTINED, REFUSED
from tests.parameters import source_section

FOUND = "found"
#: Every fourth delivery looks valid and is spoilt in what it means.
MEANT = 4
#: Seconds of work after which a run counts as hanging.
LIMIT = 10


@dataclass(frozen=True)
class Case:
    """One spoilt delivery; its number under the seed makes it again.

    `shown` says whether a control file shows that the file was changed on its way.
    """

    seed: int
    number: int
    mutation: str
    kind: str
    shown: bool
    outcome: str
    fault: str = ""


def campaign(count, seed):
    """Run `count` cases, each way of damage in turn."""
    for number in range(count):
        yield run_case(seed, number)


def run_case(seed, number):
    """Spoil one delivery and take it in: what it means, or how one file of it is written."""
    rng = random.Random(f"{seed} {number}")
    if number % MEANT == MEANT - 1:
        return run_meaning(seed, number, rng)
    mutation = MUTATIONS[(number - number // MEANT) % len(MUTATIONS)]
    kind = rng.choice([kind for kind in KINDS if suffix_of(kind) in mutation.kinds])
    has_control = rng.random() < 0.5
    with tempfile.TemporaryDirectory() as folder:
        sent = Path(folder) / "sent"
        write_delivery(sent, kind)
        if has_control and not mutation.by_sender:
            write_control(sent)
        path = rng.choice(sorted(sent.glob(f"*/*.{suffix_of(kind)}")))
        spoilt = mutation.spoil(path.read_bytes(), rng)
        changed = spoilt != path.read_bytes()
        path.write_bytes(spoilt)
        if has_control and mutation.by_sender:
            write_control(sent)
        outcome, fault = outcome_of(sent, kind, Path(folder) / "register")
    shown = has_control and changed and not mutation.by_sender
    allowed = (REFUSED,) if shown else mutation.allowed if changed else (IDENTICAL,)
    fault = fault or ("" if outcome in allowed else f"{outcome}, allowed is {allowed}")
    return Case(seed, number, mutation.name, kind, shown, outcome, fault)


def run_meaning(seed, number, rng):
    """Spoil what two counties mean; ask for a finding, a quarantined row or a refusal."""
    meaning = MEANINGS[number // MEANT % len(MEANINGS)]
    kind = rng.choice(meaning.kinds)
    with tempfile.TemporaryDirectory() as folder:
        delivery = counties()
        meaning.spoil(delivery, rng)
        write_counties(Path(folder) / "sent", delivery, kind)
        root = Path(folder) / "register"
        outcome, fault = outcome_of(Path(folder) / "sent", kind, root, lambda: clean_counties()[0])
        if outcome == OTHER and found_in(root) & set(meaning.codes):
            outcome = FOUND
        if meaning.exact and outcome == QUARANTINED and strange_rows(root):
            outcome = OTHER
    allowed = (FOUND, QUARANTINED, REFUSED, *([IDENTICAL] if meaning.may_be_read else []))
    fault = fault or ("" if outcome in allowed else f"{outcome}, allowed is {allowed}")
    return Case(seed, number, meaning.name, kind, False, outcome, fault)


def found_in(root):
    """Name the checks that found something, but for what the clean counties trip too."""
    return set(pl.read_parquet(root / "findings.parquet")["code"]) - clean_counties()[1]


def strange_rows(root):
    """Count the rows that went in and that the clean counties do not have."""
    unspoilt = clean_counties()[0]
    return sum(
        row not in json.loads(unspoilt.get(place, "[]"))
        for place, rows in content(root).items()
        for row in json.loads(rows)
    )


@cache
def clean_counties():
    """What the register holds of the two counties when nothing is spoilt, and what is found there."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "register"
        write_counties(Path(folder) / "sent", counties(), "csv")
        take(Path(folder) / "sent", "csv", root)
        return content(root), frozenset(pl.read_parquet(root / "findings.parquet")["code"])


def suffix_of(kind):
    return "xlsx" if kind == "national_exports" else kind


def outcome_of(sent, kind, root, unspoilt=None):
    """Take a delivery in; say what came of it, and what must never come of any."""
    try:
        with limited():
            ledger = take(sent, kind, root)
    except HuitouError as error:
        every = error.faults if isinstance(error, SeveralFaults) else [error]
        long = [one for one in map(str, every) if "\n" in one or len(one) >= 2000]
        return REFUSED, f"not one line a fault: {long[0][:200]!r}" if long else ""
    except TimeoutError:
        return "hang", f"longer than {LIMIT} s"
    except Exception:  # noqa: BLE001 - this is what the campaign looks for
        return "traceback", traceback.format_exc()
    return judged(ledger, content(root), unspoilt() if unspoilt else clean(kind))


def take(sent, kind, root):
    mapping = kind if kind == "national_exports" else None
    vault = VaultPlace(root.with_name("vault"), root.with_name("keys") / "vault.key")
    # All may be quarantined: the campaign looks at single rows, not at the share of bad ones.
    settings = Settings("folder", 1.0, None, vault)
    section = source_section(kind="folder", path=sent, mapping=mapping, region="530000")
    return ingest(open_source(section), root, settings)


def judged(ledger, found, unspoilt):
    sums = ledger.select(pl.sum("rows_in", "accepted", "quarantined", "duplicates")).row(0)
    unbalanced = ledger.filter(
        pl.col("rows_in") != pl.col("accepted") + pl.col("quarantined") + pl.col("duplicates")
    )
    fault = f"ledger out of balance: {unbalanced.to_dicts()}" if len(unbalanced) else ""
    if sums[2]:
        return QUARANTINED, fault
    return IDENTICAL if found == unspoilt else OTHER, fault


@cache
def clean(kind):
    """What the register holds when nothing is spoilt."""
    with tempfile.TemporaryDirectory() as folder:
        write_delivery(Path(folder) / "sent", kind)
        take(Path(folder) / "sent", kind, Path(folder) / "register")
        return content(Path(folder) / "register")


def content(root):
    register = Register(root)
    return {
        (county, name): frame.write_json()
        for county in register.counties
        for name, frame in register.shard(county).tables.items()
    }


@contextmanager
def limited():
    """Raise TimeoutError when the block works too long; on a busy machine waiting is no work."""

    def stop(*_):
        raise TimeoutError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, LIMIT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def table_of(cases):
    """Lay out what came of each kind of damage."""
    outcomes = [IDENTICAL, FOUND, QUARANTINED, REFUSED, OTHER, "hang", "traceback"]
    counted = Counter((case.mutation, case.outcome) for case in cases)
    names = list(dict.fromkeys(case.mutation for case in cases))
    rows = [[name, *(counted[name, outcome] for outcome in outcomes)] for name in names]
    total = ["all", *(sum(row[place] for row in rows) for place in range(1, len(outcomes) + 1))]
    lines = [["damage", *outcomes], *rows, total]
    return "\n".join(f"{line[0]:<42}" + "".join(f"{cell:>12}" for cell in line[1:]) for line in lines)


def main():
    count = int(sys.argv[1])
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.SystemRandom().randrange(10**6)
    sys.stdout.write(f"seed {seed}, {count} cases\n")
    cases = list(campaign(count, seed))
    sys.stdout.write(table_of(cases) + "\n")
    controlled = [case for case in cases if case.shown]
    silent = [case for case in controlled if case.outcome == OTHER]
    sys.stdout.write(
        f"{len(controlled)} changed after the control file was written, {len(silent)} of them in silence\n"
    )
    meant = [case for case in cases if case.number % MEANT == MEANT - 1]
    passed = [case for case in meant if case.fault]
    sys.stdout.write(f"{len(meant)} spoilt in what they mean, {len(passed)} of them in silence\n")
    faults = [case for case in cases if case.fault]
    for case in faults:
        sys.stdout.write(f"FAULT {case}\n")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
