"""The falls that no record will show, known in the simulated prefecture alone: dated and cited."""

from pathlib import Path

from models.evaluation.disclosure import rounded
from register.parameters import Section, parameter
from register.reference.cited import Cited, entries
from watchlists.label_wording import Words

FILE = Path(__file__).with_suffix(".yaml")


class Reached(Section):
    """Shares of falls to expect that stand on the delivered list."""

    recorded: float = parameter("of those the record will show", ge=0, le=1)
    coming: float = parameter("of all that come", ge=0, le=1)


class HiddenPoor(Cited):
    """Falls that the record will show against those that come, of the simulated seasons judged."""

    seasons: tuple[str, ...] = parameter("seasons judged", min_length=1)
    recorded: int = parameter("falls to expect that the record will show", ge=1)
    coming: int = parameter("falls to expect, recorded or not", ge=1)
    reached: Reached = parameter("shares of both on the delivered list")

    @property
    def sentence(self) -> Words:
        """Say how many falls no record shows, and how few of them the list reaches."""
        span = f"{self.seasons[0]}–{self.seasons[-1]}"
        coming, recorded = f"{rounded(self.coming):,}", f"{rounded(self.recorded):,}"
        ratio, listed = f"{self.coming / self.recorded:.1f}", self.reached
        zh = (
            f"隐性贫困：默认的模拟地区里（{span}）按真实风险应有{coming}户次跌破，登记只会显示{recorded}户次"
            f"（{ratio} : 1）；名单够到登记会显示的{listed.recorded:.1%}，够到真实的{listed.coming:.1%}。"
            "本页其余数字只算登记显示的，其余的只有入户才看得见。"
        )
        en = (
            f"The hidden poor: in the default simulated prefecture ({span}) {coming} falls are to come by "
            f"the true risk, and the record will show {recorded} of them ({ratio} : 1); the list reaches "
            f"{listed.recorded:.1%} of the recorded and {listed.coming:.1%} of the true ones. "
            "All other figures of this page count what is recorded; the rest only a visit finds."
        )
        return zh, en


def hidden_poor(path: Path = FILE) -> HiddenPoor:
    """Read the newest measurement.

    Examples
    --------
    >>> hidden_poor().coming > hidden_poor().recorded
    True
    """
    return entries(path, HiddenPoor)[-1]
