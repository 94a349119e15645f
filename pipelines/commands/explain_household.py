"""`huitou explain`: explain one household from a release, for the terminal, a program or a reader."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pipelines.workspace.earlier_keys import key_of
from pipelines.workspace.events import keep_event
from pipelines.workspace.own_numbers import kept_id
from pipelines.workspace.parameters import Parameters, load_params
from pipelines.workspace.releases import releases_of
from pipelines.workspace.workspace import HERE
from register.atomic import write_text
from register.reference import causes, levers, measures
from watchlists.pages.explanation_page import explanation_page, explanation_text
from watchlists.reasons.explanation import Reference, explanation
from watchlists.reasons.household_view import ReferenceNames
from watchlists.release.store import Release, open_release
from watchlists.visits.must_visits import released_must_visits

Format = Literal["text", "json", "html"]


def explain_household(
    household: str, season: str = "current", form: Format = "text", output: Path | None = None
) -> str:
    """Say in Chinese and English what a released model attributes a household's risk to.

    The records behind a household that was not listed are no part of a release; they are
    gathered where the data it was made from are still at hand.

    Parameters
    ----------
    household : str
        Its id of the list, or its own number as it was delivered; it need not be listed.
    season : str
        A released season, or ``current``.
    form : str
        ``text``; ``json`` (docs/explanation.schema.json); ``html``, a page to print.
    output : Path, optional
        File to write; without it the explanation is returned.

    Returns
    -------
    str
        The explanation, or where it was written.

    Raises
    ------
    SeasonError
        When the season was never released.
    StoreError
        When the release is damaged, the key that an own number needs is not at hand, or the
        file cannot be written.
    SourceError
        When the household was not in that season's cohort.
    """
    params = load_params()
    release = open_release(releases_of(HERE, params), season)
    household_id = kept_id(household, key_of(release.manifest), params.privacy)
    gathered = _gathered(release, household_id, params)
    document = explanation(release, household_id, reference_of(release), gathered)
    keep_event(HERE, params, "explain", release=release.folder.name, household=household_id)
    if form == "json":
        text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    else:
        text = explanation_page(document) if form == "html" else explanation_text(document)
    if output is None:
        return text
    write_text(output, text)
    return f"{output}\n"


def reference_of(release: Release) -> Reference:
    """Give the labels, measures and levers that a release is explained with."""
    rules = released_must_visits(release.manifest["parameters"])
    return Reference(ReferenceNames(causes(), rules, measures(), {}), levers())


def _gathered(release: Release, household_id: str, params: Parameters) -> Mapping[str, Any] | None:
    if (release.list["household_id"] == household_id).any():
        return None
    from pipelines.commands.records_on_demand import gathered  # slow to import, and the listed need none

    return gathered(release, household_id, params)
