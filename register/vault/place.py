"""Where the vault and its key lie."""

from dataclasses import dataclass
from pathlib import Path

from register.keys.settings import PrivacyParameters


@dataclass(frozen=True)
class VaultPlace:
    """Folder of the encrypted identities and the file of their key.

    Attributes
    ----------
    folder : Path
        One file a county.
    key_file : Path
        Beside the pseudonym key, so outside the data tree.
    """

    folder: Path
    key_file: Path

    @classmethod
    def of(cls, privacy: PrivacyParameters) -> "VaultPlace":
        """Take the place from the parameters' section ``privacy``."""
        return cls(Path(privacy.vault or "").expanduser(), cls.key_of(privacy))

    @staticmethod
    def key_of(privacy: PrivacyParameters) -> Path:
        """Say where the vault's key lies, whether there is a vault or not."""
        return Path(privacy.key_file).expanduser().with_name("vault.key")
