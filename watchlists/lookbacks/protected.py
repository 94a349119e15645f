"""A workbook with a password: locked before it is handed out, opened when it comes back."""

import io
from collections.abc import Sequence

from msoffcrypto.exceptions import InvalidKeyError
from msoffcrypto.format.ooxml import OOXMLFile
from olefile import OleFileIO

#: How the workbook was encrypted stands here, as XML: none that declares anything is parsed.
INFO, DECLARATION = "EncryptionInfo", b"<!"


def locked(raw: bytes, password: str) -> bytes:
    """Encrypt a workbook as Excel does today (MS-OFFCRYPTO 2.3.4.10, agile: AES-256, SHA-512).

    Parameters
    ----------
    raw : bytes
        An .xlsx.
    password : str

    Returns
    -------
    bytes
        Never the same twice: its keys are drawn anew.
    """
    made = io.BytesIO()
    OOXMLFile(io.BytesIO(raw)).encrypt(password, made)
    return made.getvalue()


class WrongPasswordError(ValueError):
    """None of the passwords opens it."""


def opened(raw: bytes, passwords: Sequence[str]) -> bytes:
    """Decrypt a workbook with the first password that fits.

    Parameters
    ----------
    raw : bytes
        The whole file, an old container with the encrypted workbook inside (MS-OFFCRYPTO 2.3.4).
    passwords : sequence of str

    Returns
    -------
    bytes
        The .xlsx, not looked at yet.

    Raises
    ------
    WrongPasswordError
    Exception
        Of whatever the library stumbles over in a damaged file.
    """
    with OleFileIO(io.BytesIO(raw)) as container, container.openstream(INFO) as info:
        if DECLARATION in info.read():
            raise ValueError("declares entities")
    for password in passwords:
        made = io.BytesIO()
        book = OOXMLFile(io.BytesIO(raw))
        try:
            book.load_key(password=password, verify_password=True)
        except InvalidKeyError:
            continue
        book.decrypt(made)
        return made.getvalue()
    raise WrongPasswordError("no password fits")
