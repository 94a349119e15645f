"""`huitou shadow`: writes what would stop the use of a season's model, before anybody knows what happens."""

import sys
from collections.abc import Iterator

import polars as pl

from pipelines.stages.evaluation_rows import CLUSTERS
from pipelines.stages.past_outcomes import with_outcomes
from pipelines.stages.seasons import last_recorded_on
from pipelines.workspace.lock import one_at_a_time
from pipelines.workspace.parameters import Parameters, load_params
from pipelines.workspace.releases import releases_of
from pipelines.workspace.shadows import keep_shadow, refuse_second, shadow_path
from pipelines.workspace.workspace import HERE, today
from register.errors import SeasonError
from register.store import Register
from watchlists.release.shadow import Shadow, shadow_of
from watchlists.release.store import Release, open_release
from watchlists.report.shadow_section import allowed, line_words


def write_shadow(season: str) -> None:
    """Seal what a season's release promises and what would stop its use; tell it.

    Parameters
    ----------
    season : str
        Of a release.

    Raises
    ------
    SeasonError
        When there is no such release, it gives no risks, the season has a shadow, or the register
        knows what became of its households already.
    """
    with one_at_a_time("shadow"):
        params, path = load_params(), shadow_path(HERE, season)
        refuse_second(path)
        release = open_release(releases_of(HERE, params), season)
        _refuse_without_risks(release)
        known_until = last_recorded_on(Register(HERE.register))
        _refuse_after_the_fact(release, params)
        shadow = shadow_of(release, params.hindsight.shadow, params.promotion, today(), known_until)
        keep_shadow(HERE, params, shadow)
    sys.stdout.writelines(f"{line}\n" for line in (str(path), *_promises(shadow)))


def _refuse_without_risks(release: Release) -> None:
    if release.scores["risk"].null_count() or not len(release.list):
        raise SeasonError(
            f"{release.season}: found a list by a published order, or an empty one: it promises nothing; a "
            "shadow needs a list with risks"
        )


def _refuse_after_the_fact(release: Release, params: Parameters) -> None:
    register = Register(HERE.register)
    known_on, cluster = last_recorded_on(register), CLUSTERS[params.evaluate.cluster]
    outcomes = with_outcomes(HERE, [release], cluster, known_on, params.compute)
    if outcomes.select(pl.col("label").is_not_null().any()).item():
        raise SeasonError(
            f"{release.season}: the register, which reaches {known_on}, knows what became of its households; "
            "a shadow written after the fact is worthless; write one when a season is released"
        )


def _promises(shadow: Shadow) -> Iterator[str]:
    promised = shadow.promised
    low, high = (f"{100 * promised[f'precision_{end}']:.1f}" for end in ("low", "high"))
    precision = f"{100 * promised['precision']:.1f}% [{low}, {high}]"
    yield f"{shadow.season} 名单承诺 the list promises: 命中率 precision {precision}"
    yield f"结果 {shadow.closes_on} 到齐，以后的报告逐条评判。Outcomes close then; the next report judges:"
    for line, (least, most) in shadow.limits.items():
        zh, en = line_words(line)
        yield f"  {zh} {en}: {' '.join(allowed(line, least, most))}"
    yield "任何一条未守住，就停用并查明原因。Any of these broken, stop using the model and find out why."
