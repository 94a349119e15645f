"""Every value that the parameters name runs to a list."""

import pytest

from pipelines.workspace.parameters import Parameters
from register.parameters.allowed import resolved

SCHEMA = Parameters.model_json_schema()
#: Studies are run by their own commands; sources need data of their own (tests/register/sources).
ELSEWHERE = {"protocol", "tune", "feature_report", "simulator", "source"}
RUNS = (
    {
        "model.kind": "trained",
        "model.survey_weights": "ignored",
        "model.class_lines.by": "none",
        "cohort.learns_from": "cohort",
        "label.outcome": "enters_monitoring",
        "label.line_rise": "observed",
        "label.resources": "income",
        "watchlist.language": "en",
        "evaluate.cluster": "household",
        "watchlist.capacity.per": "county",
        "watchlist.must_visit.visits": "own",
        "ending_help.withheld": False,
        "privacy.pseudonymise": False,
    },
    {
        "model.kind": "auto",
        "model.survey_weights": "used",
        "model.class_lines.by": "size_and_age",
        "model.class_lines.part": 0.5,
        "label.outcome": "relapse",
        "label.reading": "window",
        "label.line_rise": "carried",
        "watchlist.language": "zh",
        "evaluate.cluster": "village",
        "watchlist.capacity.per": "township",
        "watchlist.capacity.share": "need",
        "watchlist.must_visit.visits": "shared",
        "ending_help.withheld": True,
        "privacy.pseudonymise": True,
    },
    {
        "label.outcome": "falls_below_line",
        "label.reading": "next_observation",
        "label.resources": "consumption",
        "watchlist.language": "both",
        "cohort.learns_from": "also_below",
        "model.second_set.part": 0.5,
        "model.second_set.least": 20,
        "label.line_rise": "observed",
        "watchlist.capacity.per": "village",
        "watchlist.capacity.share": "flat",
    },
    {"model.kind": "rules"},
    {"model.kind": "income"},
)


def named(schema, path=()):
    """Walk every value that a parameter of a run names: codes, and true and false."""
    schema = resolved(schema, SCHEMA)
    values = schema.get("enum", [True, False] if schema.get("type") == "boolean" else [])
    yield from ((".".join(path), value) for value in values)
    for name, inner in schema.get("properties", {}).items():
        if (*path, name)[0] not in ELSEWHERE:
            yield from named(inner, (*path, name))


def test_every_named_value_stands_in_some_run():
    tried = {(name, value) for run in RUNS for name, value in run.items()}
    assert sorted({*named(SCHEMA)} - tried, key=str) == []


@pytest.mark.parametrize("run", RUNS, ids=lambda run: str(next(iter(run.values()))))
def test_every_named_value_runs(workspace, tmp_path, run):
    office = workspace.copied(tmp_path / "huitou")
    settings = [f"--set={name}={value}" for name, value in run.items()]
    done = office.huitou("run", *settings)
    assert done.returncode == 0, done.stderr
    assert (office.release() / "watchlist.parquet").is_file()
