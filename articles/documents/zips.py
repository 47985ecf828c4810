"""Zip archives, which may be hostile: nothing is unpacked whose size nobody knows."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from typing import IO

from articles.documents.errors import BrokenDocument, DocumentError, DocumentTooLarge

# All that the standard library raises on an archive that was cut off, overwritten, or packed by a later program.
DAMAGES = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    ValueError,
)
# Text packs to a tenth, markup to a thirtieth; a bomb to a thousandth. What is small does no harm.
MOST_TIMES = 200
SMALL = 1_000_000
ENCRYPTED = 0x1


def open_zip(file: IO[bytes], source: str, *, label: str) -> zipfile.ZipFile:
    """Open a zip archive and look at what its directory says of its members' sizes.

    Args:
        label: what the file is called in errors: "Word document".

    Raises:
        BrokenDocument: it is damaged.
        DocumentTooLarge: it is a bomb: it unpacks to many times its size.
    """
    try:
        size = file.seek(0, 2)
        archive = zipfile.ZipFile(file)
    except DAMAGES as error:
        raise damaged(source, label, error) from error
    unpacked = sum(member.file_size for member in archive.infolist())
    if is_bomb(size, unpacked):
        raise DocumentTooLarge(
            source,
            f"this {label} ({size:,} bytes) unpacks to {unpacked:,}; expected at most {MOST_TIMES} times its size",
        )
    return archive


def is_bomb(packed: int, unpacked: int) -> bool:
    return unpacked > SMALL and unpacked > MOST_TIMES * packed


def read_member(archive: zipfile.ZipFile, name: str, source: str, *, label: str, max_bytes: int) -> bytes:
    """Unpack one member.

    Raises:
        BrokenDocument: it is missing, damaged or encrypted.
        DocumentTooLarge: it has more than `max_bytes`.
    """
    try:
        member = archive.getinfo(name)
    except KeyError as error:
        raise BrokenDocument(source, f"this {label} lacks its part {name!r}") from error
    if member.flag_bits & ENCRYPTED:
        raise BrokenDocument(source, f"the part {name!r} of this {label} needs a password; expected none")
    if member.file_size > max_bytes:
        raise DocumentTooLarge(
            source, f"the part {name!r} has {member.file_size:,} bytes; expected at most {max_bytes:,} bytes"
        )
    try:
        return archive.read(member)
    except DAMAGES as error:
        raise damaged(source, label, error) from error


def damaged(source: str, label: str, error: Exception) -> DocumentError:
    said = " ".join(str(error).split())[:120] or type(error).__name__
    return BrokenDocument(source, f"this {label} is damaged ({said}); expected a whole one")
