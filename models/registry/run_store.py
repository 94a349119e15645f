"""What was trained, kept for good: one immutable folder a run, sealed, no tracking server needed."""

import hashlib
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from register.atomic import flush, json_text, sha256
from register.errors import SeasonError, StoreError
from register.keys.seals import read_sealed, write_sealed

RECORD, MODEL, SCORES, KIND = "record.json", "model", "scores.parquet", "run"
FIGURES, GROUPS, CANARIES = "metrics.json", "groups.csv", "canaries.json"
BY_SEASON = "calibration_by_season.csv"
BUILDING = ".building"
#: As `models.risk.storage` writes it, which is not imported: LightGBM loads longer than a run is listed.
MANIFEST = "manifest.json"
#: Hex digits of the hash of what a run left behind that name it.
ID_DIGITS = 8
REMEDY = "train that season again (huitou retrain SEASON), which makes the same run"


@dataclass(frozen=True)
class Run:
    """A run that was verified when it was opened.

    Attributes
    ----------
    folder : Path
        Holds ``model/`` as `save_model` wrote it, ``scores.parquet`` (the judged seasons'
        rows, scored out of time) and the evaluation's files.
    record : mapping
        The record: season, task, when, digests, figures, canaries.
    """

    folder: Path
    record: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Season and hash of everything the run left behind: the same training has the same name."""
        return self.folder.name

    @property
    def season(self) -> str:
        """The season it was trained for."""
        season: str = self.record["season"]
        return season

    @property
    def model_digest(self) -> str:
        """Hash of the model's manifest, which hashes every file of the model."""
        digest: str = self.record["files"][f"{MODEL}/{MANIFEST}"]
        return digest


class RunStore:
    """The folder of runs.

    Parameters
    ----------
    folder : Path
        One sub-folder a run.
    key_file : Path
        See `register.keys.seals`.
    """

    def __init__(self, folder: Path, key_file: Path) -> None:
        self.folder, self._key_file = folder, key_file

    def add(
        self, season: str, write: Callable[[Path], None], facts: Mapping[str, Any], recorded_at: str
    ) -> Run:
        """Keep a run; one that is kept already stays as it is.

        It is built aside and renamed when all of it is on the disk: a kill leaves the
        store as it was, and what lies aside goes with the next one.

        Parameters
        ----------
        season : str
            Season trained for.
        write : callable
            Writes the model and whatever else the run left behind into the folder.
        facts : mapping
            What the record says besides.
        recorded_at : str
            When, ISO 8601.
        """
        building = self.folder / BUILDING
        shutil.rmtree(building, ignore_errors=True)
        building.mkdir(mode=0o700, parents=True)
        write(building)
        files = {name: sha256(building / name) for name in _names(building)}
        final = self.folder / f"{season}-{_short(files)}"
        record = {**facts, "season": season, "files": files, "recorded_at": recorded_at}
        write_sealed(building / RECORD, record, self._key_file, KIND)
        self._settle(building, final)
        return self.open(final.name)

    def open(self, name: str) -> Run:
        """Open a run, refusing one that is not as it was recorded.

        Raises
        ------
        SeasonError
            When there is no run of that name.
        StoreError
            When a file of it is missing, changed or was never recorded.
        """
        folder = self.folder / name
        if folder not in self._folders():
            raise SeasonError(f"{folder}: no such run; name one that `huitou runs` shows")
        record = read_sealed(folder / RECORD, self._key_file, REMEDY, KIND)
        digests = {one: sha256(folder / one) for one in _names(folder) if one != RECORD}
        wrong = sorted(
            one for one in digests.keys() | record["files"] if digests.get(one) != record["files"].get(one)
        )
        if wrong:
            raise StoreError(
                f"{folder / wrong[0]}: missing or changed since the run was recorded; remove {folder}, then "
                f"{REMEDY}"
            )
        return Run(folder, record)

    def stored(self) -> Iterator[tuple[str, Run | StoreError]]:
        """Walk the runs by name, with what is wrong with one, if anything."""
        for folder in self._folders():
            try:
                yield folder.name, self.open(folder.name)
            except StoreError as damage:
                yield folder.name, damage

    def _folders(self) -> list[Path]:
        return sorted(path for path in self.folder.glob("[0-9]*Q[1-4]-*") if path.is_dir())

    def _settle(self, building: Path, final: Path) -> None:
        """Give the folder its name, unless the same run stands there whole."""
        try:
            self.open(final.name)
        except SeasonError:
            pass
        except StoreError:
            shutil.rmtree(final)
        else:
            shutil.rmtree(building)
            return
        for path in (*building.rglob("*"), building):
            flush(path)
        building.rename(final)
        flush(self.folder)


def _names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _short(files: Mapping[str, str]) -> str:
    return hashlib.sha256(json_text(files).encode()).hexdigest()[:ID_DIGITS]
