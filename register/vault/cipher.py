"""How identities are sealed: AES-SIV, bound to the county or visit they belong to."""

import hmac

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV


def encrypt(key: bytes, belongs_to: str, plain: bytes) -> bytes:
    """Encrypt and authenticate; the same bytes under the same key give the same bytes.

    Parameters
    ----------
    key : bytes
        See `register.keys.key_file.key_in_use`; an encryption key of its own is derived from it.
    belongs_to : str
        Authenticated too: a file renamed to another county does not open.
    plain : bytes

    Returns
    -------
    bytes

    References
    ----------
    RFC 5297. AES-GCM needs a nonce that never repeats; here nothing can repeat, and the
    register's manifest can name the vault it belongs to by its hash.
    """
    return _cipher(key).encrypt(plain, [belongs_to.encode()])


def decrypt(key: bytes, belongs_to: str, sealed: bytes) -> bytes | None:
    """Give back what was encrypted; None if the key is another one or a byte changed."""
    try:
        return _cipher(key).decrypt(sealed, [belongs_to.encode()])
    except InvalidTag:
        return None


def _cipher(key: bytes) -> AESSIV:
    return AESSIV(hmac.digest(key, b"huitou vault", "sha512"))
