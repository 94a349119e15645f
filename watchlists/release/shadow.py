"""A shadow: what a release says beforehand would stop the use of its model, to be judged afterwards."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from math import sqrt
from statistics import NormalDist
from typing import Any

import polars as pl

from models.evaluation.shadow import Limits
from models.registry.parameters import PromotionParameters
from register.atomic import sha256
from register.seasons import months_later, season_end
from watchlists.release.parameters import ShadowParameters
from watchlists.release.store import MANIFEST, Release


@dataclass(frozen=True)
class Shadow:
    """What was written of a release before any outcome was known.

    Attributes
    ----------
    season, release, manifest_sha256, source_kind, label
        Which list, and whose outcomes it foresees.
    model_sha256, code_commit
        What made it.
    written_on, known_until, closes_on : str
        ISO days: when, the last record the register then held, when all outcomes will be known.
    promised : mapping
        ``households, listed``; ``mean_risk`` of everybody; ``precision`` of the list with
        ``precision_low`` and ``precision_high``; ``named``, the share of the list with a named cause.
    limits : mapping of str to (least, most)
        By line of `models.evaluation.shadow.LINES`; a missing end is open.
    min_group_positives : int
        Groups of which fewer fell are not compared.
    """

    season: str
    release: str
    manifest_sha256: str
    source_kind: str
    label: Mapping[str, Any]
    model_sha256: str | None
    code_commit: str | None
    written_on: str
    known_until: str
    closes_on: str
    promised: Mapping[str, Any]
    limits: Limits
    min_group_positives: int

    def written(self) -> dict[str, Any]:
        """Give it as JSON holds it."""
        return asdict(self)


def shadow_of(
    release: Release, own: ShadowParameters, gates: PromotionParameters, written_on: date, known_until: date
) -> Shadow:
    """Take from a release what it promises and from the parameters what would stop its use.

    Parameters
    ----------
    release : Release
        With a risk for every household.
    own, gates : ShadowParameters, PromotionParameters
        The limits.
    written_on, known_until : date
        The day, and that of the register's last record.

    Returns
    -------
    Shadow
    """
    promised, label = promises(release.scores, release.list), release.manifest["parameters"]["label"]
    return Shadow(
        season=release.season,
        release=release.folder.name,
        manifest_sha256=sha256(release.folder / MANIFEST),
        source_kind=release.source_kind,
        label=label,
        model_sha256=release.manifest["model_sha256"],
        code_commit=release.manifest.get("code_commit"),
        written_on=written_on.isoformat(),
        known_until=known_until.isoformat(),
        closes_on=months_later(
            season_end(release.season), label["months"] + label["settle_months"]
        ).isoformat(),
        promised=promised,
        limits={
            "calibration": (-own.relative_bias, own.relative_bias),
            "slope": gates.slope,
            "groups": (None, gates.group_gap),
            "precision": (promised["precision_low"], None),
            "alerts": (own.over_alerts, None),
            "causes": (own.causes_confirmed, None),
        },
        min_group_positives=gates.min_group_positives,
    )


def promises(scores: pl.DataFrame, listed: pl.DataFrame) -> dict[str, Any]:
    """Add up what the risks of a release promise.

    Parameters
    ----------
    scores, listed : DataFrame
        Of a release: ``risk`` of everybody; ``risk`` and ``main_cause`` of the list, which holds somebody.

    Returns
    -------
    dict
        As `Shadow.promised`. The interval of the precision is that of so many independent falls at
        just these risks: what a model that is right would leave in 19 seasons of 20.

    Examples
    --------
    >>> one = pl.DataFrame({"risk": [0.5] * 4, "main_cause": ["illness", None, None, None]})
    >>> told = promises(one, one)
    >>> told["precision"], round(told["precision_low"], 2), told["named"]
    (0.5, 0.01, 0.25)
    """
    risks = listed["risk"].to_numpy()
    mean, error = float(risks.mean()), sqrt(float((risks * (1 - risks)).sum())) / len(risks)
    reach = NormalDist().inv_cdf(0.975) * error
    return {
        "households": len(scores),
        "listed": len(listed),
        "mean_risk": round(float(scores["risk"].to_numpy().mean()), 6),
        "precision": round(mean, 6),
        "precision_low": round(max(mean - reach, 0.0), 6),
        "precision_high": round(min(mean + reach, 1.0), 6),
        "named": round(listed["main_cause"].count() / len(listed), 6),
    }
