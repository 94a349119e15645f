"""How often named causes are true where that is known: in the simulated prefecture, dated and cited."""

from pathlib import Path

from register.parameters import Section, parameter
from register.reference.cited import Cited, entries
from watchlists.label_wording import Words

FILE = Path(__file__).with_suffix(".yaml")


class Share(Section):
    """A share with the ends of its 95 % interval, villages drawn again."""

    value: float = parameter("the share", ge=0, le=1)
    low: float = parameter("lower end", ge=0, le=1)
    high: float = parameter("upper end", ge=0, le=1)


class NamingTruth(Cited):
    """What past seasons of the simulated prefecture say of named causes (docs/naming.md)."""

    seasons: tuple[str, ...] = parameter("seasons judged", min_length=1)
    falls: int = parameter("falls within 12 months that some cause was necessary for", ge=1)
    without_cause: int = parameter("falls that no single cause made, not judged", ge=0)
    hits: int = parameter("judged falls of listed households", ge=1)
    right: Share = parameter("named causes that are a first true cause, of the named falls")
    right_hits: Share = parameter("the same, of the named falls of listed households")
    named_falls: Share = parameter("falls with a named cause")
    named_list: Share = parameter("listed households with a named cause")
    named_later: Share = parameter("falls with a named cause, of those whose true cause began later")
    silence: Share = parameter("falls that no first cause was at work for, of those without a name")
    firm: float = parameter("share of firm names that are right", ge=0, le=1)
    likely: float = parameter("share of likely names that are right", ge=0, le=1)
    uncertain: float = parameter("share of uncertain names that are right", ge=0, le=1)

    @property
    def sentences(self) -> tuple[Words, ...]:
        """Tell how often names are true, how often none is named and how true that is, and of each step."""
        return (_right(self), _silent(self), _steps(self))


def naming_truth(path: Path = FILE) -> NamingTruth:
    """Read the newest measurement.

    Examples
    --------
    >>> len(naming_truth().sentences)
    3
    """
    return entries(path, NamingTruth)[-1]


def _right(truth: NamingTruth) -> Words:
    all_falls, hits = _percent(truth.right), _percent(truth.right_hits)
    zh = f"模拟数据（{_seasons(truth)}，返贫{truth.falls:,}户）里，写明的原因{all_falls[0]}是对的；"
    en = f"In simulated data ({_seasons(truth)}, {truth.falls:,} falls) {all_falls[1]} of names are true,"
    return (
        f"{zh}名单上后来确实返贫的户（{truth.hits:,}户）里，{hits[0]}是对的。",
        f"{en} of the listed households that did fall ({truth.hits:,}) {hits[1]}.",
    )


def _silent(truth: NamingTruth) -> Words:
    named, silence = _plain(truth.named_list), _percent(truth.silence)
    zh = f"那里名单上{named}的户写明了原因；没有写明而后来返贫的户，{silence[0]}当时确实还没有起作用的原因。"
    en = f"There {named} of the list have a named cause; of the falls without one {silence[1]} had no cause"
    return zh, f"{en} at work on the day."


def _steps(truth: NamingTruth) -> Words:
    firm, likely, uncertain = (f"{one:.0%}" for one in (truth.firm, truth.likely, truth.uncertain))
    return (
        f"写“把握较大”的，{firm}是对的；写“较可能”的，{likely}；写“说不准”的，{uncertain}。",
        f"Of names called fairly sure {firm} are true, of likely ones {likely}, of unsure ones {uncertain}.",
    )


def _seasons(truth: NamingTruth) -> str:
    return f"{truth.seasons[0]}–{truth.seasons[-1]}"


def _percent(share: Share) -> Words:
    low, high = f"{share.low:.0%}", f"{share.high:.0%}"
    return f"{share.value:.0%}（95%区间{low}至{high}）", f"{share.value:.0%} ({low} to {high})"


def _plain(share: Share) -> str:
    return f"{share.value:.0%}"
