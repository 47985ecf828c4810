"""Files with documents in them: zip, tar, and what gzip packed. Nothing of them is ever written under its own name.

Members are read in their order. As in folders, hidden ones are passed over, and those that neither a suffix nor their
content shows to be documents. What is wrong with one member is told in its place.
"""

from __future__ import annotations

import gzip
import re
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import IO
from zipfile import ZipFile, ZipInfo

from articles.documents.errors import BrokenDocument, DocumentError, DocumentTooLarge, NoStory, UnknownFormat
from articles.documents.formats import docx
from articles.documents.formats.format import START, Format
from articles.documents.story import Story
from articles.documents.zips import DAMAGES, ENCRYPTED, MOST_TIMES, damaged, is_bomb, open_zip

ZIP, TAR, GZIP = "zip archive", "tar archive", "gzip archive"
# An archive in an archive is a habit of senders, one more is a trap.
DEEPEST = 2
# All members of an archive and of those in it, unpacked.
LARGEST = 8_000_000_000
IN_MEMORY = 10_000_000
PIECE = 1_000_000
ARCHIVES = frozenset({"zip", "tar", "gzip"})
LINK, KINDS = 0o120000, 0o170000
LEADS_OUT = re.compile(r"[/\\]|[A-Za-z]:|(?:.*[/\\])?\.\.(?:[/\\]|$)")


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its path there, its bytes unpacked, how to open it, and why it is not to be read."""

    name: str
    size: int
    open: Callable[[], IO[bytes]]
    problem: str = ""


@dataclass
class Budget:
    """How many bytes may yet be unpacked."""

    left: int = LARGEST


def is_zip(start: bytes) -> bool:
    """Whether a file is a zip archive that is nothing more special: no Word document, no OpenDocument, no EPUB."""
    is_special = start[30:38] == b"mimetype" or docx.is_docx(start)
    return start.startswith((b"PK\x03\x04", b"PK\x05\x06")) and not is_special


def is_tar(start: bytes) -> bool:
    return start[257:262] == b"ustar"


def is_gzip(start: bytes) -> bool:
    return start.startswith(b"\x1f\x8b\x08")


def read_zip(file: IO[bytes], source: str, max_bytes: int) -> Iterator[Story | DocumentError]:
    """Read the stories of the documents in a zip archive.

    Raises:
        BrokenDocument: it is damaged.
        DocumentTooLarge: it is a bomb.
        UnknownFormat: it is an Office document of another kind than text.
        NoStory: there is no document in it.
    """
    yield from read_bundle(file, source, max_bytes, "zip", depth=1, budget=Budget())


def read_tar(file: IO[bytes], source: str, max_bytes: int) -> Iterator[Story | DocumentError]:
    """The same for a tar archive."""
    yield from read_bundle(file, source, max_bytes, "tar", depth=1, budget=Budget())


def read_gzip(file: IO[bytes], source: str, max_bytes: int) -> Iterator[Story | DocumentError]:
    """The same for a tar archive that gzip packed, or for a single document."""
    yield from read_bundle(file, source, max_bytes, "gzip", depth=1, budget=Budget())


def read_bundle(
    file: IO[bytes], source: str, max_bytes: int, kind: str, *, depth: int, budget: Budget
) -> Iterator[Story | DocumentError]:
    """Read a file of one of `ARCHIVES`; `depth` is 1 for one that is in no other."""
    number = read = 0
    for member in _members(file, source, kind, budget):
        number += 1
        for story in _member(member, f"{source}/{member.name}", max_bytes, depth, budget):
            read += 1
            yield story
    if not read:
        raise NoStory(source, f"none of the {number} files in this {kind} archive is a document that is read")


def _member(member: Member, source: str, max_bytes: int, depth: int, budget: Budget) -> Iterator[Story | DocumentError]:
    if any(part.startswith(".") or part == "__MACOSX" for part in PurePosixPath(member.name).parts if part != ".."):
        return
    if LEADS_OUT.match(member.name):
        yield BrokenDocument(source, "this member of the archive has a path that leads out of it; left out")
    elif member.problem:
        yield BrokenDocument(source, f"this member of the archive {member.problem}")
    else:
        try:
            with member.open() as file:
                yield from _document(file, member, source, max_bytes, depth, budget)
        except (*DAMAGES, tarfile.TarError) as error:
            yield damaged(source, "member of the archive", error)
        except DocumentError as error:
            yield error


def _document(
    file: IO[bytes], member: Member, source: str, max_bytes: int, depth: int, budget: Budget
) -> Iterator[Story | DocumentError]:
    """Read a member that is a document; of what is none nothing but its beginning is unpacked."""
    from articles.documents.formats import FORMATS  # here, because both name this module
    from articles.documents.reading import read_file

    start = file.read(START)
    name = _told(start, member.name)
    if not name:
        return
    form = FORMATS[name]
    if isinstance(form, Format) and member.size > max_bytes:
        raise DocumentTooLarge(source, f"the file has {member.size:,} bytes; expected at most {max_bytes:,} bytes")
    if name in ARCHIVES and depth >= DEEPEST:
        raise BrokenDocument(source, f"archives are nested more than {DEEPEST} deep; left out")
    with SpooledTemporaryFile(IN_MEMORY) as copy:
        copy.write(start)
        _copy(file, copy, source, budget)
        if name in ARCHIVES:
            yield from read_bundle(copy, source, max_bytes, name, depth=depth + 1, budget=budget)
        else:
            yield from read_file(copy, source=source, max_bytes=max_bytes, format=name)


def _told(start: bytes, name: str) -> str:
    """The format of a member; empty for what is no document, by its suffix and by its content."""
    from articles.documents.formats import SUFFIXES
    from articles.documents.telling import find_format

    is_named = PurePosixPath(name).suffix.lower() in SUFFIXES
    try:
        told = find_format(start, source=name) if start.strip() else "text"
    except UnknownFormat:
        if is_named:
            raise
        return ""
    return told if is_named or told != "text" else ""


def _copy(file: IO[bytes], copy: IO[bytes], source: str, budget: Budget) -> None:
    while piece := file.read(PIECE):
        budget.left -= len(piece)
        if budget.left < 0:
            raise DocumentTooLarge(
                source, f"the archive unpacks to more than {LARGEST:,} bytes; what is left is not read"
            )
        copy.write(piece)
    copy.seek(0)


def _members(file: IO[bytes], source: str, kind: str, budget: Budget) -> Iterator[Member]:
    if kind == "zip":
        with open_zip(file, source, label=ZIP) as archive:
            yield from _zip_members(archive, source)
    elif kind == "tar":
        yield from _tar_members(file, source)
    else:
        with SpooledTemporaryFile(IN_MEMORY) as unpacked:
            yield from _gzip_members(file, unpacked, source, budget)


def _gzip_members(file: IO[bytes], unpacked: IO[bytes], source: str, budget: Budget) -> Iterator[Member]:
    size = _unpack(file, unpacked, source, budget)
    start = unpacked.read(START)
    unpacked.seek(0)
    name = PurePosixPath(source).name
    if is_tar(start) or name.lower().endswith((".tar.gz", ".tgz")):
        yield from _tar_members(unpacked, source)
    else:
        yield Member(re.sub(r"\.gz$", "", name, flags=re.IGNORECASE), size, lambda: unpacked)


def _zip_members(archive: ZipFile, source: str) -> Iterator[Member]:
    if "[Content_Types].xml" in archive.namelist():
        raise UnknownFormat(source, "this is an Office document with no text in it (a workbook, slides?)")
    for info in archive.infolist():
        if info.filename and not info.is_dir():
            yield Member(_name(info), info.file_size, _opener(archive, info), _problem(info))


def _opener(archive: ZipFile, info: ZipInfo) -> Callable[[], IO[bytes]]:
    return lambda: archive.open(info)


def _name(info: ZipInfo) -> str:
    """The path of a member; macOS writes UTF-8 and does not say so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _problem(info: ZipInfo) -> str:
    if info.flag_bits & ENCRYPTED:
        return "needs a password; expected none"
    if (info.external_attr >> 16) & KINDS == LINK:
        return "is a link; expected a file"
    if is_bomb(info.compress_size, info.file_size):
        return f"unpacks to {info.file_size:,} bytes; expected {MOST_TIMES} times its size at most"
    return ""


def _tar_members(file: IO[bytes], source: str) -> Iterator[Member]:
    try:
        with tarfile.open(fileobj=file, mode="r:") as archive:
            while info := archive.next():
                archive.members = []  # type: ignore[attr-defined]  # they would all be kept
                if not info.isdir():
                    is_file = info.isreg() and not info.issparse()
                    problem = "" if is_file else "is a link or a device; expected a file"
                    yield Member(info.name.removeprefix("./"), info.size, _tar_opener(archive, info), problem)
    except (*DAMAGES, tarfile.TarError) as error:
        raise damaged(source, TAR, error) from error


def _tar_opener(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Callable[[], IO[bytes]]:
    def opened() -> IO[bytes]:
        file = archive.extractfile(info)
        assert file is not None
        return file

    return opened


def _unpack(file: IO[bytes], unpacked: IO[bytes], source: str, budget: Budget) -> int:
    """Unpack what gzip packed, to a file that can be rewound; how many bytes it has."""
    packed = file.seek(0, 2)
    file.seek(0)
    size = 0
    try:
        with gzip.GzipFile(fileobj=file, mode="rb") as stream:
            while piece := stream.read(PIECE):
                size += len(piece)
                budget.left -= len(piece)
                if is_bomb(packed, size) or budget.left < 0:
                    raise DocumentTooLarge(
                        source, f"this {GZIP} ({packed:,} bytes) unpacks to more than {size:,}; expected a document"
                    )
                unpacked.write(piece)
    except DAMAGES as error:
        raise damaged(source, GZIP, error) from error
    unpacked.seek(0)
    return size
