"""Encrypt a stream in chunks, so that not one byte of it is believed before it is known to be the writer's.

The file begins with `MAGIC`, a salt and half a nonce. Chunks of 64 KiB follow, each sealed with AES-256-GCM under a key
that scrypt makes of the passphrase. A chunk's nonce counts, and says which chunk is the last: chunks that are missing,
cut, swapped or of another file do not open (the construction is STREAM, https://eprint.iacr.org/2015/189).
"""

from __future__ import annotations

import io
import os
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from articles.backups.errors import BackupError

MAGIC = b"Newsroom backup, sealed: 1\n"
SALT, PREFIX, TAG, CHUNK = 16, 7, 16, 65_536
# Half a second and 64 MB for each guess at a passphrase.
COST = {"n": 2**16, "r": 8, "p": 1}


class Sealing(io.RawIOBase):
    """What is written to it stands sealed in `file` once `finish` was called; without that it does not open."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        self.file, self.waiting, self.number = file, bytearray(), 0
        salt, self.prefix = os.urandom(SALT), os.urandom(PREFIX)
        self.head = MAGIC + salt + self.prefix
        self.cipher = _cipher(passphrase, salt)
        file.write(self.head)

    def writable(self) -> bool:
        return True

    def write(self, some: bytes) -> int:  # type: ignore[override]  # any buffer
        self.waiting += some
        while len(self.waiting) > CHUNK:
            self._seal(is_last=False)
        return len(some)

    def finish(self) -> None:
        self._seal(is_last=True)

    def _seal(self, *, is_last: bool) -> None:
        chunk = bytes(self.waiting[:CHUNK])
        del self.waiting[:CHUNK]
        self.file.write(self.cipher.encrypt(_nonce(self.prefix, self.number, is_last), chunk, self.head))
        self.number += 1


class Unsealing(io.RawIOBase):
    """Reads what `Sealing` wrote to `file`, from its first byte.

    Raises:
        BackupError: the passphrase is another, or the file is not as it was written.
    """

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        self.file, self.opened, self.number, self.is_over = file, b"", 0, False
        self.head = file.read(len(MAGIC) + SALT + PREFIX)
        if len(self.head) < len(MAGIC) + SALT + PREFIX:
            raise BackupError("it is cut short")
        self.prefix = self.head[-PREFIX:]
        self.cipher = _cipher(passphrase, self.head[len(MAGIC) : -PREFIX])
        self.next = file.read(CHUNK + TAG)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]  # any buffer
        while not self.opened and not self.is_over:
            self._open()
        size = min(len(buffer), len(self.opened))
        buffer[:size] = self.opened[:size]
        self.opened = self.opened[size:]
        return size

    def _open(self) -> None:
        chunk, self.next = self.next, self.file.read(CHUNK + TAG)
        self.is_over = not self.next
        try:
            self.opened = self.cipher.decrypt(_nonce(self.prefix, self.number, self.is_over), chunk, self.head)
        except InvalidTag as error:
            if self.number:
                raise BackupError("it was changed, or cut short, since it was written") from error
            raise BackupError(
                "the key is not the one it was written with, or it was changed or cut short since"
            ) from error
        self.number += 1


def is_sealed(file: BinaryIO) -> bool:
    """Whether `file`, which stands at its first byte and is left there, is encrypted."""
    beginning = file.read(len(MAGIC))
    file.seek(0)
    return beginning == MAGIC


def _nonce(prefix: bytes, number: int, is_last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([is_last])


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, **COST).derive(passphrase.encode()))
