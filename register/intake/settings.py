"""What the parameters decide about an ingest, and under which keys it works."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from register.errors import ParamsError
from register.keys.key_file import key_in_use
from register.store import made_under
from register.vault.place import VaultPlace


@dataclass(frozen=True)
class Settings:
    """What the parameters decide about an ingest.

    Attributes
    ----------
    source_kind : str
        Told in the manifest.
    max_quarantined_share : float
        Share of a table's rows above which nothing is replaced.
    key_file : Path or None
        Pseudonym key; None leaves ids as they are (public data).
    vault : VaultPlace or None
        Where names, phones, addresses and identity numbers go; None refuses them.
    delivered_on : date or None
        No record may be recorded later; None leaves it unchecked.
    max_row_change : float or None
        Share by which a table may grow or shrink against the register it replaces; None
        leaves it unchecked.
    made_under : frozenset of str
        Key ids of whatever else exists, asked where the register notes none
        (`register.keys.key_file.key_in_use`).
    given_up : frozenset of str
        Key ids that a person has given up, so that another key may take their place.
    """

    source_kind: str
    max_quarantined_share: float
    key_file: Path | None
    vault: VaultPlace | None = None
    delivered_on: date | None = None
    max_row_change: float | None = None
    made_under: frozenset[str] = frozenset()
    given_up: frozenset[str] = frozenset()

    @classmethod
    def of(cls, params: Mapping[str, Any], today: date) -> "Settings":
        """Take the settings from the parameters of a run on the day `today`.

        Raises
        ------
        ParamsError
            When a share or the day of delivery is none.
        """
        told, privacy = params["ingest"], params["privacy"]
        change = told["max_row_change"]
        return cls(
            params["source"]["kind"],
            _share("max_quarantined_share", told["max_quarantined_share"], 1),
            Path(privacy["key_file"]) if privacy["pseudonymise"] else None,
            VaultPlace.of(privacy) if privacy["vault"] else None,
            _delivery(told["delivered_on"], today),
            None if change is None else _share("max_row_change", change, 1000),
            given_up=frozenset(map(str, privacy.get("given_up_keys") or ())),
        )

    def pseudonym_key(self, root: Path) -> bytes | None:
        """Give the key of the ids, which is the one that the register in use was made under.

        Raises
        ------
        StoreError
            When it is missing or another one.
        """
        if self.key_file is None:
            return None
        noted = made_under(root, "pseudonym_key_id") or self.made_under
        return key_in_use(self.key_file, noted, self.given_up, "give every household another id")

    def vault_key(self, root: Path) -> bytes:
        """Give the key of the vault, likewise."""
        if self.vault is None:
            raise ValueError("settings without a vault have no key of it")
        noted = made_under(root, "vault", "key_id")
        return key_in_use(self.vault.key_file, noted, self.given_up, "leave the vault sealed under it behind")


def _share(name: str, found: object, most: int) -> float:
    if isinstance(found, bool) or not isinstance(found, int | float) or not 0 <= found <= most:
        raise ParamsError(f"ingest.{name}: found {found!r}, allowed is 0 to {most}; mend params.yaml")
    return float(found)


def _delivery(found: object, today: date) -> date | None:
    if found is None or isinstance(found, date):
        return found
    if found == "today":
        return today
    raise ParamsError(
        f"ingest.delivered_on: found {found!r}, allowed is a day such as 2026-01-31, today or null; "
        "mend params.yaml"
    )
