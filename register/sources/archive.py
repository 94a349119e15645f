"""Look at the table of contents of a zipped file before a byte of it is unpacked."""

import io
import zipfile
from pathlib import Path, PurePosixPath

from register.errors import SourceError

#: Ordinary exports expand 5 to 40 times; 1.2 MB that became 962 MB did so 800 times (RELIABILITY M17).
MAX_RATIO = 100
MAX_EXPANDED = 512 * 1024**2
MAX_MEMBERS = 1_000
#: Below it a ratio says nothing: a megabyte of styles may be one rule repeated.
SMALL = 1024**2
#: The part that tells the form a workbook is saved in.
WORKBOOK = "xl/workbook.xml"
STRICT = b"http://purl.oclc.org/ooxml/"
#: Strict namespaces and the transitional ones of the same things, the longer first.
NAMESPACES = (
    (STRICT + b"spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (STRICT + b"drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (STRICT + b"officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
)


def open_archive(path: Path, raw: bytes) -> zipfile.ZipFile:
    """Open a zipped file whose contents keep to the limits.

    A size that the table of contents understates is caught by `zipfile` itself: it stops
    at the stated size and its checksum fails.

    Raises
    ------
    SourceError
        When it is no zip file, is encrypted, expands beyond reason, or has a member with a
        name that leads out of it or occurs twice.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, IndexError) as fault:
        raise SourceError(
            f"{path}: not a whole .xlsx workbook; save it as .xlsx (without password) or ask for it again"
        ) from fault
    names = [_slashed(member) for member in members]
    if any(_leads_out(name) for name in names) or len(set(names)) < len(names):
        raise SourceError(
            f"{path}: holds members with doubled names or names that lead out of it; ask for it again"
        )
    if any(member.flag_bits & 1 for member in members):
        raise SourceError(f"{path}: protected by a password; save it without one")
    _check_size(path, members)
    return archive


def as_expected(archive: zipfile.ZipFile, raw: bytes) -> bytes:
    """Give the zipped file with members named and written as readers look for them.

    Some programs of Windows part the names with backslashes, against the ZIP standard
    (APPNOTE 4.4.17.1); "Strict Open XML" (ISO/IEC 29500-1) has other namespaces than the
    transitional form that readers know. Excel, WPS and LibreOffice open both all the same.

    Parameters
    ----------
    archive : ZipFile
        As `open_archive` opened it.
    raw : bytes
        The whole file, given back as it is where nothing is such.
    """
    strict = any(STRICT in archive.read(one) for one in archive.infolist() if _slashed(one) == WORKBOOK)
    if not strict and not any("\\" in member.filename for member in archive.infolist()):
        return raw
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as written:
        for member in archive.infolist():
            content = archive.read(member)
            written.writestr(_slashed(member), _transitional(content) if strict else content)
    return made.getvalue()


def _transitional(content: bytes) -> bytes:
    for strict, transitional in NAMESPACES:
        content = content.replace(strict, transitional)
    return content


def _slashed(member: zipfile.ZipInfo) -> str:
    return member.filename.replace("\\", "/")


def _check_size(path: Path, members: list[zipfile.ZipInfo]) -> None:
    expanded = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if len(members) > MAX_MEMBERS or expanded > MAX_EXPANDED or expanded > max(SMALL, MAX_RATIO * packed):
        raise SourceError(
            f"{path}: {len(members)} parts expand from {packed} to {expanded} bytes, allowed are "
            f"{MAX_MEMBERS} parts, {MAX_EXPANDED} bytes and {MAX_RATIO} times; "
            "clear empty rows and formats, or save as CSV"
        )


def _leads_out(name: str) -> bool:
    return name.startswith("/") or ".." in PurePosixPath(name).parts
