"""How a county's identities are sealed: AES-SIV, bound to the county they belong to."""

import hmac

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV


def encrypt(key: bytes, county_id: str, plain: bytes) -> bytes:
    """Encrypt and authenticate; the same bytes under the same key give the same bytes.

    Parameters
    ----------
    key : bytes
        See `register.keys.key_file.key_in_use`; an encryption key of its own is derived from it.
    county_id : str
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
    return _cipher(key).encrypt(plain, [county_id.encode()])


def decrypt(key: bytes, county_id: str, sealed: bytes) -> bytes | None:
    """Give back what was encrypted; None if the key is another one or a byte changed."""
    try:
        return _cipher(key).decrypt(sealed, [county_id.encode()])
    except InvalidTag:
        return None


def _cipher(key: bytes) -> AESSIV:
    return AESSIV(hmac.digest(key, b"huitou vault", "sha512"))
