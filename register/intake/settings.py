"""What the parameters decide about an ingest, and under which keys it works."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator

from register.keys.key_file import PUBLISHED_ID, key_in_use
from register.keys.published import PUBLISHED_KEY, is_invented
from register.keys.settings import PrivacyParameters
from register.parameters import Section, parameter
from register.store import made_under
from register.tables import TABLES
from register.vault.place import VaultPlace

#: Every column that any table has for ids.
ID_COLUMNS = tuple(
    dict.fromkeys(one.name for table in TABLES.values() for one in table.columns if one.kind == "id")
)


class Signature(Section):
    """Who answers for an exception from a rule, and why; both are kept."""

    by: str = parameter("who signs", min_length=1, pattern=r"\S")
    why: str = parameter("what it rests on", min_length=1, pattern=r"\S")


def _of_ids(signed: dict[str, Signature]) -> dict[str, Signature]:
    stray = next((name for name in signed if name not in ID_COLUMNS), None)
    if stray:
        raise ValueError(f"found {stray!r}, allowed are {', '.join(ID_COLUMNS)}; mend it")
    return signed


class IngestParameters(Section):
    """What a delivery may be like."""

    max_quarantined_share: float = parameter(
        "share of rows of a table; above it the run stops",
        unit="share",
        source="RELIABILITY case 8",
        ge=0,
        le=1,
    )
    delivered_on: date | Literal["today"] | None = parameter(
        "no record may be recorded later: a day, today, or null (unchecked)", who="analyst"
    )
    max_row_change: float | None = parameter(
        "share by which a table may grow or shrink against the register in use, or null",
        unit="share",
        source="RELIABILITY case 8",
        ge=0,
        le=1000,
    )
    unrounded_ids: Annotated[dict[str, Signature], AfterValidator(_of_ids)] = parameter(
        "id columns whose ids end in zeros by themselves, such as {household_id: {by: NAME, why: REASON}}",
        who="county office",
        source="RELIABILITY M14",
    )


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
    unrounded_ids : mapping of str to Signature
        Id columns whose zeros at the end somebody has signed for.
    """

    source_kind: str
    max_quarantined_share: float
    key_file: Path | None
    vault: VaultPlace | None = None
    delivered_on: date | None = None
    max_row_change: float | None = None
    made_under: frozenset[str] = frozenset()
    given_up: frozenset[str] = frozenset()
    unrounded_ids: Mapping[str, Signature] = field(default_factory=dict)

    @classmethod
    def of(
        cls, source_kind: str, ingest: IngestParameters, privacy: PrivacyParameters, today: date
    ) -> "Settings":
        """Take the settings from the parameters of a run on the day `today`."""
        return cls(
            source_kind,
            ingest.max_quarantined_share,
            Path(privacy.key_file) if privacy.pseudonymise else None,
            VaultPlace.of(privacy) if privacy.vault else None,
            today if ingest.delivered_on == "today" else ingest.delivered_on,
            ingest.max_row_change,
            given_up=frozenset(privacy.given_up_keys),
            unrounded_ids=ingest.unrounded_ids,
        )

    def pseudonym_key(self, root: Path) -> bytes | None:
        """Give the key of the ids: the one that the register in use was made under, or that of invented data.

        Raises
        ------
        StoreError
            When it is missing or another one.
        """
        if self.key_file is None:
            return None
        if is_invented(self.source_kind):
            return PUBLISHED_KEY
        noted = (made_under(root, "pseudonym_key_id") - {PUBLISHED_ID}) or self.made_under
        return key_in_use(self.key_file, noted, self.given_up, "give every household another id")

    def vault_key(self, root: Path) -> bytes:
        """Give the key of the vault, likewise."""
        if self.vault is None:
            raise ValueError("settings without a vault have no key of it")
        noted = made_under(root, "vault", "key_id")
        return key_in_use(self.vault.key_file, noted, self.given_up, "leave the vault sealed under it behind")
