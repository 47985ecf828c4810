"""The members of a backup, written and read in order: a description, rows, pictures, and what all of them add up to.

Without a key a backup is a `.tar.gz` like any other.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, BinaryIO, cast

from articles.backups.errors import BackupError
from articles.backups.sealing import Sealing, Unsealing, is_sealed

HEAD, END = "newsroom.json", "end.json"
FORMAT = 1
BLOCK = 1 << 20
IN_MEMORY = 8 << 20
BROKEN = (tarfile.TarError, zlib.error, EOFError, gzip.BadGzipFile, UnicodeDecodeError, json.JSONDecodeError, KeyError)


class Writer:
    """Adds members to a backup, and keeps the sum that is written at its end."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self.tar, self.sum = tar, hashlib.sha256()

    def add(self, name: str, content: bytes) -> None:
        self.add_file(name, io.BytesIO(content), len(content))

    def add_file(self, name: str, file: IO[bytes], size: int) -> None:
        info = tarfile.TarInfo(name)
        info.size = size
        hashed = _Hashed(file)
        try:
            self.tar.addfile(info, cast("IO[bytes]", hashed))
        except OSError as error:
            if error.args == ("unexpected end of data",):
                raise BackupError(f"“{name}” became shorter while it was read") from error
            raise
        _count(self.sum, name, hashed.digest)

    def add_end(self, counts: dict[str, Any]) -> None:
        content = json.dumps({**counts, "sum": self.sum.hexdigest()}).encode()
        info = tarfile.TarInfo(END)
        info.size = len(content)
        self.tar.addfile(info, io.BytesIO(content))


class _Hashed:
    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        some = self.file.read(size)
        self.digest.update(some)
        return some


@contextmanager
def writing(file: BinaryIO, key: str) -> Iterator[Writer]:
    sealed = Sealing(file, key) if key else None
    into = cast("BinaryIO", sealed or file)
    with (
        gzip.GzipFile(fileobj=into, mode="wb", filename="", mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
    ):
        yield Writer(tar)
    if sealed:
        sealed.finish()


def members(file: BinaryIO, key: str) -> Iterator[tuple[str, IO[bytes]]]:
    """The name and the content of each member, the description first, the end last.

    Raises:
        BackupError: it is no backup, is encrypted with another key, or is not as it was written. What was read until
            then may be all that there is: only the last member says that nothing is missing.
    """
    file.seek(0)
    total, name = hashlib.sha256(), ""
    try:
        with gzip.GzipFile(fileobj=_opened(file, key)) as packed, tarfile.open(fileobj=packed, mode="r|") as tar:
            for info in tar:
                if name == END or (name == "") != (info.name == HEAD) or not info.isfile():
                    raise BackupError("it is no backup of a newsroom")
                name = info.name
                with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as content:
                    digest = _copy(cast("IO[bytes]", tar.extractfile(info)), cast("IO[bytes]", content))
                    if name == END:
                        _compare(json.loads(content.read()), total.hexdigest())
                        content.seek(0)
                    else:
                        _count(total, name, digest)
                    yield name, cast("IO[bytes]", content)
            while packed.read(BLOCK):
                pass  # the checksum stands behind it
    except BROKEN as error:
        what = "it was changed, or cut short, since it was written" if name else "it is no backup of a newsroom"
        raise BackupError(what) from error
    if name != END:
        raise BackupError("it is cut short" if name else "it is no backup of a newsroom")


def _opened(file: BinaryIO, key: str) -> BinaryIO:
    """The compressed stream within a backup."""
    if is_sealed(file):
        if not key:
            raise BackupError("it is encrypted; set NEWSROOM_BACKUP_KEY, or give --key-file")
        return cast("BinaryIO", io.BufferedReader(Unsealing(file, key), BLOCK))
    if key and file.read(2) == b"\x1f\x8b":
        # Somebody without the key may have put it there.
        raise BackupError("it is not encrypted, although a key is set; take the key away to read it all the same")
    file.seek(0)
    return file


def _copy(content: IO[bytes], to: IO[bytes]) -> hashlib._Hash:
    digest = hashlib.sha256()
    while some := content.read(BLOCK):
        digest.update(some)
        to.write(some)
    to.seek(0)
    return digest


def _count(total: hashlib._Hash, name: str, digest: hashlib._Hash) -> None:
    total.update(name.encode() + b"\0" + digest.digest())


def _compare(end: dict[str, Any], found: str) -> None:
    if end["sum"] != found:
        raise BackupError("it was changed since it was written")
