"""Where a run keeps its things: paths; and how far it is."""

import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

Step = TypeVar("Step")


@dataclass(frozen=True)
class Workspace:
    """A folder with parameters in which seasons are made, and where each thing lies in it.

    Attributes
    ----------
    folder : Path
        The folder itself; by default the one a command is called in.

    Examples
    --------
    >>> Workspace(Path("office")).register.as_posix()
    'office/artifacts/register'
    """

    folder: Path = Path()

    @property
    def artifacts(self) -> Path:
        """Whatever can be made again."""
        return self.folder / "artifacts"

    @property
    def simulated(self) -> Path:
        """What the simulated prefecture delivers."""
        return self.artifacts / "simulated"

    @property
    def truth(self) -> Path:
        """What nobody in the simulated prefecture knows."""
        return self.artifacts / "truth"

    @property
    def register(self) -> Path:
        """Everything known, by county."""
        return self.artifacts / "register"

    @property
    def features(self) -> Path:
        """One file a county."""
        return self.artifacts / "features"

    @property
    def model(self) -> Path:
        """The season's training: cohort, models, facts."""
        return self.artifacts / "model"

    @property
    def cohort(self) -> Path:
        """Every household-season that can be listed, with its label as known by now."""
        return self.model / "cohort.parquet"

    @property
    def final(self) -> Path:
        """The season's own model."""
        return self.model / "final"

    @property
    def origins(self) -> Path:
        """The models of the seasons to judge by, a folder each."""
        return self.model / "origins"

    @property
    def training(self) -> Path:
        """What train said of itself."""
        return self.model / "training.json"

    @property
    def canaries(self) -> Path:
        """What the canaries of the training found."""
        return self.model / "canaries.json"

    @property
    def evaluation(self) -> Path:
        """Figures, and in `tables` what they are made of."""
        return self.artifacts / "evaluation"

    @property
    def tables(self) -> Path:
        """What the figures are made of, one file a table."""
        return self.evaluation / "tables"

    @property
    def worth(self) -> Path:
        """Whether the judged model may list: all of the figures that other stages go by."""
        return self.evaluation / "worth.json"

    @property
    def explanations(self) -> Path:
        """Every household's risk split by cause, one file a county."""
        return self.artifacts / "explanations"

    @property
    def ending_help(self) -> Path:
        """What the model would say if help ended, of every household under help."""
        return self.explanations / "ending_help" / "households.parquet"

    @property
    def watchlist(self) -> Path:
        """The season's list and all that is released with it."""
        return self.artifacts / "watchlist"

    @property
    def hindsight(self) -> Path:
        """Past lists judged by what became of them."""
        return self.artifacts / "hindsight"

    @property
    def tracking(self) -> Path:
        """MLflow's local store."""
        return self.artifacts / "mlflow"

    @property
    def failure(self) -> Path:
        """Code and line of the stage that failed last."""
        return self.artifacts / "failure.json"

    @property
    def release(self) -> Path:
        """Which release the last run made."""
        return self.artifacts / "release.json"

    @property
    def releases(self) -> Path:
        """Every release, kept for good."""
        return self.folder / "releases"

    @property
    def earlier(self) -> Path:
        """Which releases are earlier than the season of the run; stages depend on it."""
        return self.releases / "earlier"

    @property
    def lookbacks(self) -> Path:
        """What visits found; kept for good, so neither an artifact nor a release."""
        return self.folder / "lookbacks"

    @property
    def shadows(self) -> Path:
        """What was written beforehand that would stop the use of a model; kept for good."""
        return self.folder / "shadow"

    @property
    def events(self) -> Path:
        """What people did with what is known of households; kept for good."""
        return self.folder / "events"

    @property
    def runs(self) -> Path:
        """Every training, who promoted which, and the champions; kept for good as well."""
        return self.folder / "runs"

    @property
    def lock_file(self) -> Path:
        """The versions of all libraries."""
        return self.folder / "requirements.lock"


#: Where a command is called.
HERE = Workspace()


def today() -> date:
    """Give the day an officer here would write: the machine's own, not Greenwich's."""
    return datetime.now().astimezone().date()


def walked(counties: Iterable[str], title: str) -> Iterable[str]:
    """Show how far counties are that no other process can take: an open delivery's, or those with names."""
    return progress(counties, title, "county")


def progress(steps: Iterable[Step], title: str, unit: str, total: int | None = None) -> Iterable[Step]:
    """Take the steps of a walk, known before it begins or `total` of them, and show how far it is."""
    from tqdm import tqdm  # here, so that a command's help need not wait for it

    known = list(steps) if total is None else steps
    return tqdm(known, desc=title, unit=unit, ascii=" =", leave=True, total=total)


def code_commit(git: Callable[..., Any] = subprocess.run) -> str | None:
    """Name the commit the code stands at; None outside a repository."""
    try:
        output = git(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return None
    return output.stdout.strip() or None
