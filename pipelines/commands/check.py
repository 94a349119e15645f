"""`huitou check`: contracts and consistency of a delivery alone, and the list to clean it by."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from pipelines.commands.check_lines import lines_by_region
from pipelines.workspace.settings import parameters
from pipelines.workspace.workspace import today, walked
from register.consistency import CHECKS, SEVERITIES, counted, unchecked, write_findings
from register.faults import Faults
from register.intake.building import LISTS, begin, swap
from register.intake.ingest import Settings
from register.intake.ledger import COUNTS, refuse_too_many, write_ledger
from register.intake.overruling import let_pass, signature_lines
from register.intake.review import Reviewed, review
from register.quarantine import reason_lines
from register.sources.open import open_source
from watchlists.sheets.cleaning import write_cleaning_books
from watchlists.sheets.spreadsheet import write_csv

QUARANTINE = "quarantine.csv"
NOTHING = "没有疑点。Nothing in doubt."
PARTLY = (
    "一致性检查只看采纳的行，隔离的行改好后请再查。"
    "Only the rows that were accepted were held against one another; check again once the others are mended."
)


def check_delivery(folder: Path, assignments: Sequence[str], output: Path) -> None:
    """Look through a delivery, write the cleaning list, and say what was found.

    Parameters
    ----------
    folder : Path
        The delivery; read as ``source.kind=folder`` unless `assignments` say otherwise.
    assignments : sequence of str
        ``name=value`` pairs for this check only.
    output : Path
        Replaced whole by the lists of this check; no register is touched.

    Raises
    ------
    HuitouError
        What ingest would refuse; the lists are written first where the files can be read.
    """
    params = parameters(["source.kind=folder", f"source.path={json.dumps(str(folder))}", *assignments])
    settings = Settings.of(params.source.kind, params.ingest, params.privacy, today())
    source = open_source(params.source.model_copy(update={"path": str(folder)}))
    LISTS.refuse_foreign(output)
    reviewed = review(source, settings, walk=walked)
    ledger, findings = _write(reviewed, output)
    control = bool(getattr(source, "has_control_totals", False))
    facts = [
        *getattr(source, "figures", ()),
        *signature_lines(let_pass(reviewed.overruled, settings.unrounded_ids)),
        *lines_by_region(reviewed.regions, reviewed.lines, params.season),
    ]
    sys.stdout.write(_summary(reviewed, ledger, findings, facts, control=control) + _where(output))
    Faults(reviewed.refusals).refuse()
    refuse_too_many(ledger, reviewed.quarantined, settings.max_quarantined_share, output / QUARANTINE)


def _write(reviewed: Reviewed, output: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    building = begin(output, LISTS)
    building.chmod(0o700)  # ids as they were delivered, so that people can find the household
    ledger, _ = write_ledger(building, reviewed.admitted)
    findings = write_findings(building, reviewed.examined)
    write_csv(building / "findings.csv", findings)
    write_csv(building / QUARANTINE, reviewed.quarantined)
    write_cleaning_books(building / "workbooks", findings, reviewed.quarantined)
    swap(building, output, LISTS)
    return ledger, findings


def _summary(
    reviewed: Reviewed, ledger: pl.DataFrame, findings: pl.DataFrame, facts: Sequence[str], *, control: bool
) -> str:
    totals = ledger.group_by("table", maintain_order=True).agg(pl.col(COUNTS).sum())
    lines = [
        "",
        "校验总数 control totals: " + ("有 honoured" if control else "无 none: a cut file can not be told"),
        f"{'表 table':<16}" + "".join(f"{name:>14}" for name in COUNTS),
        *(f"{name:<16}" + "".join(f"{count:>14,}" for count in row) for name, *row in totals.iter_rows()),
        "",
        *facts,
        "",
        *_set_aside(reviewed.quarantined),
        *_by_code(findings, is_whole=reviewed.quarantined.is_empty()),
    ]
    silent = unchecked(reviewed.examined)
    if silent:
        lines += ["", f"未检查（缺少相应列） not checked, columns not delivered: {', '.join(silent)}"]
    return "\n".join(lines) + "\n"


def _where(output: Path) -> str:
    return (
        f"\n清单 lists: {output.absolute()}\n"
        f"  workbooks/<county>/<township>.xlsx  findings.csv  {QUARANTINE}\n"
        "疑点须核实，不是结论。A doubt is to be verified, it is no finding of fault.\n"
    )


def _set_aside(reasons: pl.DataFrame) -> list[str]:
    """Give the reasons with one row of each: what to mend first."""
    lines = reason_lines(reasons, QUARANTINE)
    return [*lines, ""] if lines else []


def _by_code(findings: pl.DataFrame, *, is_whole: bool) -> list[str]:
    counts = counted(findings)
    codes = sorted(counts, key=lambda code: (list(SEVERITIES).index(CHECKS[code].severity), -counts[code]))
    if not codes:
        return [NOTHING if is_whole else PARTLY]
    return [
        f"{counts[one.code]:>8,}  {SEVERITIES[one.severity][0]} {' / '.join(one.words)} ({one.code})"
        for one in (CHECKS[code] for code in codes)
    ]
