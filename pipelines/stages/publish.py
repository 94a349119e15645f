"""Stage: turn list and evaluation into a release, swapped in as a whole."""

import json
import shutil
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from models.risk.storage import model_facts, stored_calibration
from pipelines.stages.recording import record_run
from pipelines.workspace.champion import DeliveringModel, delivery_of
from pipelines.workspace.earlier_keys import NOTED, noted_key, refuse_other_keys
from pipelines.workspace.parameters import Parameters
from pipelines.workspace.releases import releases_of
from pipelines.workspace.shards import Part, map_shards, parts
from pipelines.workspace.stage import run_stage
from pipelines.workspace.stage_code import recorded_digests
from pipelines.workspace.training_outputs import training_facts
from pipelines.workspace.workspace import Workspace, code_commit
from register.atomic import forget_unfinished, read_parquet, sha256, write_json
from register.reference import causes, checks, measures
from register.seasons import season_end
from watchlists.contents.making import write_contents
from watchlists.contents.tables import IN_FILES
from watchlists.label_wording import UNTESTED, wording_of
from watchlists.ledger.tasks import NOTHING_BACK, tasks
from watchlists.line_words import line_of_county
from watchlists.lookbacks.sheet import mark
from watchlists.pages.board_page import write_board
from watchlists.pages.board_season import visits_made
from watchlists.pages.board_visits import planned_visits
from watchlists.pages.cards import write_cards
from watchlists.reasons.household_view import ReferenceNames, household_view, townships
from watchlists.release.past_lists import Hindsight, read_hindsight
from watchlists.release.paths import (
    board_path,
    card_path,
    county_title,
    off_list_path,
    place_title,
    workbook_path,
)
from watchlists.release.publication import joined, publish
from watchlists.release.store import (
    BOARDS,
    ENDING_HELP,
    EXPLAINED,
    HIGH_OFF_LIST,
    LEFT,
    LISTED,
    MANIFEST,
    SCORES,
    list_id,
)
from watchlists.report.explanations_page import Explained, write_explanations
from watchlists.report.info_sheet import write_info_sheet
from watchlists.report.list_section import Delivered
from watchlists.report.model_card import write_model_card
from watchlists.report.naming import Naming, naming_of
from watchlists.report.page import write_report
from watchlists.report.published_evaluation import PublishedEvaluation, read_published_evaluation
from watchlists.report.unjudged import write_unjudged_report
from watchlists.sheets.off_list_book import SHEET, write_off_list
from watchlists.sheets.workbook import write_workbook
from watchlists.visits.change import left_by_visit
from watchlists.visits.must_visits import must_visits
from watchlists.visits.policy_evaluation import read_visits
from watchlists.visits.season_visits import is_visited


def main(workspace: Workspace, params: Parameters) -> None:
    """Write the release of the season and note where it stands."""
    refuse_other_keys(workspace, params.privacy)
    season, code = params.season, recorded_digests(_made(workspace))
    delivery = delivery_of(workspace, params)
    summary = json.loads((workspace.watchlist / "summary.json").read_text(encoding="utf-8"))
    changes = [] if delivery.order else model_facts(delivery.folder).get("line_changes", [])
    facts = release_facts(workspace, params, delivery) | {
        "code_sha256": code,
        "lines": summary["lines"],
        "line_changes": changes,
    }
    words = {
        "delivered_by": delivery.sentence,
        "by_order": delivery.order,
        "caution": UNTESTED if delivery.is_foreign else None,
        "label_seen_in": training_facts(workspace)["label_seen_in"],
        "line_changes": changes,
    }
    write = partial(write_release, workspace, params, summary | words)
    folder = publish(releases_of(workspace, params), season, write, facts)
    pointer = {"season": season, "path": folder.as_posix(), "manifest_sha256": sha256(folder / MANIFEST)}
    write_json(workspace.release, pointer)


def _made(workspace: Workspace) -> dict[str, Path]:
    """Name the folders a release is made from, by the stage that made them."""
    return {
        "features": workspace.features,
        "train": workspace.model,
        "evaluate": workspace.tables,
        "explain": workspace.explanations,
        "watchlist": workspace.watchlist,
        "hindsight": workspace.hindsight,
    }


def write_release(
    workspace: Workspace, params: Parameters, summary: Mapping[str, Any], folder: Path
) -> dict[str, int | None]:
    """Write every file of a release but its manifest, and count the rows of each."""
    listed, gone = (
        read_parquet(workspace.watchlist / "watchlist.parquet"),
        read_parquet(workspace.watchlist / LEFT),
    )
    rows: dict[str, int | None] = {LEFT: len(gone)}
    off_list = read_parquet(workspace.watchlist / HIGH_OFF_LIST)
    for name in (SCORES, LISTED, "watchlist.csv", LEFT, EXPLAINED, HIGH_OFF_LIST):
        shutil.copyfile(workspace.watchlist / name, folder / name)
    ended = read_parquet(workspace.ending_help)
    shutil.copyfile(workspace.ending_help, folder / ENDING_HELP)
    rows |= {
        ENDING_HELP: len(ended),
        "scores.parquet": summary["households"],
        "watchlist.parquet": len(listed),
        "watchlist.csv": len(listed),
        EXPLAINED: len(listed),
        HIGH_OFF_LIST: len(off_list),
    }
    townships_written = _write_townships(folder, listed, gone, summary, params)
    counties_written = _write_off_lists(folder, off_list, summary, params)
    boards_written = _write_boards(workspace, folder, params, listed, gone, summary)
    hindsight = read_hindsight(workspace.hindsight)
    forget_unfinished(folder)
    is_attributed = not summary["by_order"]
    naming = _naming(folder, listed, hindsight, params) if is_attributed else None
    delivered = Delivered(summary, gone, read_visits(workspace.watchlist), hindsight, naming, ended)
    is_judged = bool(training_facts(workspace)["origins"])
    label = params.label.written()
    evaluation = read_published_evaluation(workspace.evaluation, label) if is_judged else None
    pages = _write_pages(workspace, folder, delivered, evaluation, params)
    data = _write_data(folder, listed, evaluation, params)
    return joined(rows, dict.fromkeys(pages), townships_written, counties_written, boards_written, data)


def _write_data(
    folder: Path, listed: pl.DataFrame, evaluation: PublishedEvaluation | None, params: Parameters
) -> dict[str, int | None]:
    """Write the release as data, of what stands in its folder already."""
    files = {name: read_parquet(folder / name) for name in IN_FILES}
    planned = _plan(listed, list_id(folder / LISTED), params)
    return write_contents(folder, files, planned, evaluation.tables if evaluation else {})


def _plan(listed: pl.DataFrame, of_list: str, params: Parameters) -> pl.DataFrame:
    """Give the tasks of households as the list is published, before anybody went."""
    season, rules = params.season, params.watchlist.ledger
    return tasks(listed, season, of_list, NOTHING_BACK, rules, season_end(season))


def _write_pages(
    workspace: Workspace,
    folder: Path,
    delivered: Delivered,
    evaluation: PublishedEvaluation | None,
    params: Parameters,
) -> Sequence[str]:
    """Write what is told of the model, or of the order; name the pages."""
    training, pages = training_facts(workspace), ["report.html", "model_card.md"]
    if evaluation:
        write_report(folder / "report.html", evaluation, delivered, params)
        write_model_card(folder / "model_card.md", evaluation, delivered, params)
        write_info_sheet(folder / "model_info_sheet.md", evaluation, training, delivered.naming, params)
        pages.append("model_info_sheet.md")
    else:
        write_unjudged_report(folder / "report.html", delivered, params)
        write_model_card(folder / "model_card.md", None, delivered, params)
    if delivered.naming:
        _write_explanations(workspace, folder, delivered, delivered.naming, params)
        pages.append("explanations.html")
    return pages


def release_facts(workspace: Workspace, params: Parameters, delivery: DeliveringModel) -> dict[str, Any]:
    """Collect what a release was made from: code, environment, data, model, parameters."""
    digests = {"lock": workspace.lock_file, "register": workspace.register / MANIFEST}
    hashes = {f"{name}_sha256": sha256(path) if path.is_file() else None for name, path in digests.items()}
    parameters = {
        name: value for name, value in params.written().items() if name not in ("compute", "profiles")
    }
    is_trained = bool(training_facts(workspace)["origins"])
    trained_run = record_run(workspace, params).name if is_trained else None
    delivered = {**delivery.facts, "trained_run": trained_run}
    return {
        "code_commit": code_commit(),
        NOTED: noted_key(workspace),
        "parameters": parameters,
        "calibration": None if delivery.order else stored_calibration(delivery.folder).map.to_dict(),
        # a champion keeps the code that trained it
        "model_code_sha256": None if delivery.order else model_facts(delivery.folder).get("code_sha256"),
        **hashes,
        **delivered,
    }


def _naming(folder: Path, listed: pl.DataFrame, hindsight: Hindsight, params: Parameters) -> Naming:
    scores = read_parquet(folder / SCORES)
    return naming_of(scores, listed, hindsight, wording_of(params.label.written()))


def _write_explanations(
    workspace: Workspace, folder: Path, delivered: Delivered, naming: Naming, params: Parameters
) -> None:
    stability = json.loads((workspace.explanations / "stability.json").read_text(encoding="utf-8"))
    scores, listed, explained = (read_parquet(folder / name) for name in (SCORES, LISTED, EXPLAINED))
    release = Explained(scores, listed, explained, stability, naming, delivered.visits["missed"])
    simulated, wording = params.source.kind == "simulator", wording_of(params.label.written())
    write_explanations(folder / "explanations.html", release, params.season, wording, simulated=simulated)


def _write_boards(
    workspace: Workspace,
    folder: Path,
    params: Parameters,
    listed: pl.DataFrame,
    gone: pl.DataFrame,
    summary: Mapping[str, Any],
) -> dict[str, int | None]:
    areas, visit_counts = (
        read_parquet(workspace.watchlist / BOARDS),
        read_visits(workspace.watchlist)["found"],
    )
    facts = {
        "season": params.season,
        "as_of_date": str(listed["as_of_date"].max()),
        "rows": params.watchlist.board_rows,
        "high_risk": params.watchlist.high_risk,
        "came_out": summary["came_out"],
        "simulated": params.source.kind == "simulator",
    }
    shutil.copyfile(workspace.watchlist / BOARDS, folder / BOARDS)
    shared = _Released(folder.absolute(), summary, params)
    of_county = parts(areas, areas["county_id"].unique().sort())
    visited = listed.filter(is_visited())
    made = {
        county: visits_made(visited.filter(county_id=county).height, left_by_visit(gone, county))
        for county in areas["county_id"].unique()
    }
    common = (shared, visit_counts, facts, made)
    rows = map_shards(_write_board, of_county, "boards", params.compute, common)
    return joined({BOARDS: len(areas)}, *rows)


class _Released(NamedTuple):
    """The release that is being written, and what is told in all of its files."""

    folder: Path
    summary: Mapping[str, Any]
    params: Parameters

    @property
    def names(self) -> ReferenceNames:
        rules = must_visits(self.params.watchlist.must_visit)
        by_code = {rule.code: rule for rule in rules}
        return ReferenceNames(causes(), by_code, measures(), {one.code: one for one in checks()})

    def line(self, county: str) -> tuple[str, str]:
        return line_of_county(self.summary["lines"], county, self.summary["caution"])

    def plan(self, county: str) -> pl.DataFrame:
        """Give the tasks of a county."""
        listed = read_parquet(self.folder / LISTED).filter(county_id=county)
        return _plan(listed, list_id(self.folder / LISTED), self.params)


def _write_board(
    part: Part, shared: tuple[_Released, pl.DataFrame, Mapping[str, Any], Mapping[str, Mapping[str, Any]]]
) -> dict[str, int | None]:
    (release, visit_counts, facts, made), county = shared, part.county_id
    path, own_counts = board_path(county), visit_counts.filter(county_id=county)
    words = {
        "line": release.line(county),
        "visits": planned_visits(release.plan(county), release.params.season),
        "made": made[county],
    }
    wording, own_facts = wording_of(release.params.label.written()), {**facts, **words}
    write_board(release.folder / path, part.rows, own_counts, causes(), wording, own_facts)
    return {path: len(part.rows)}


def _write_townships(
    folder: Path, listed: pl.DataFrame, gone: pl.DataFrame, summary: Mapping[str, Any], params: Parameters
) -> dict[str, int | None]:
    shared = _Released(folder.absolute(), summary, params), gone
    of_county = parts(listed, listed["county_id"].unique().sort())
    return joined(*map_shards(_write_county, of_county, "publish", params.compute, shared))


def _write_county(part: Part, shared: tuple[_Released, pl.DataFrame]) -> dict[str, int | None]:
    """Write the workbooks and cards of a county's townships, and count the households of each."""
    (release, gone), rows = shared, []
    names, line, language = release.names, release.line(part.county_id), release.params.watchlist.language
    for township, listed in townships(part.rows):
        households = [household_view(row, names, language) for row in listed.iter_rows(named=True)]
        left = left_by_visit(gone, part.county_id, township)
        rows.append(_write_township(release.folder, households, left, line, release.params))
    return joined(*rows)


def _write_off_lists(
    folder: Path, off_list: pl.DataFrame, summary: Mapping[str, Any], params: Parameters
) -> dict[str, int | None]:
    """Write for every county that has any the households of high risk that found no place."""
    release, language = _Released(folder.absolute(), summary, params), params.watchlist.language
    wording, rows = wording_of(params.label.written()), dict[str, int | None]()
    for county, part in off_list.group_by("county_id", maintain_order=True):
        path = off_list_path(str(county[0]))
        households = [household_view(row, release.names, language) for row in part.iter_rows(named=True)]
        title = f"{county_title(households[0])} {params.season} {SHEET}"
        line, high_risk = release.line(str(county[0])), params.watchlist.high_risk
        write_off_list(folder / path, households, title, high_risk, wording, line, language)
        rows[path] = len(households)
    return rows


def _write_township(
    folder: Path,
    households: list[dict[str, Any]],
    left: int,
    line: tuple[str, str],
    params: Parameters,
) -> dict[str, int | None]:
    season, simulated = params.season, params.source.kind == "simulator"
    place = households[0]["county_id"], households[0]["township_id"]
    book, card = workbook_path(*place), card_path(*place)
    of_list, wording = mark(season, list_id(folder / LISTED)), wording_of(params.label.written())
    title, language = f"{place_title(households[0])} {season}", params.watchlist.language
    write_workbook(folder / book, households, title, of_list, wording, line, language, gone=left)
    write_cards(folder / card, households, season, of_list, wording, line, language, simulated=simulated)
    return {book: len(households), card: len(households)}


if __name__ == "__main__":
    run_stage(main)
