"""What is sealed opens with its key, as it was, or not at all."""

from __future__ import annotations

import io
import random

import pytest

from articles.backups import sealing
from articles.backups.errors import BackupError
from articles.backups.sealing import CHUNK, TAG, Sealing, Unsealing, is_sealed

KEY = "kelp-and-granite-41"
HEAD = len(sealing.MAGIC) + sealing.SALT + sealing.PREFIX


@pytest.fixture(autouse=True)
def cheap_keys(monkeypatch):
    """Nobody guesses the passphrase of a test."""
    monkeypatch.setattr(sealing, "COST", {"n": 2, "r": 8, "p": 1})


def sealed(content, pieces=10_000):
    file = io.BytesIO()
    writer = Sealing(file, KEY)
    for start in range(0, len(content), pieces):
        writer.write(content[start : start + pieces])
    writer.finish()
    return file.getvalue()


def opened(content, key=KEY):
    return Unsealing(io.BytesIO(content), key).read()


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 17])
def test_what_is_sealed_comes_back(size):
    content = random.Random(size).randbytes(size)
    said = sealed(content)
    assert opened(said) == content
    assert is_sealed(io.BytesIO(said))
    assert content[:100] not in said or size < 2


def test_the_same_is_never_sealed_alike():
    assert sealed(b"tide")[HEAD:] != sealed(b"tide")[HEAD:]


def test_another_key_opens_nothing():
    with pytest.raises(BackupError, match="the key is not the one"):
        opened(sealed(b"tide" * 40_000), "kelp-and-granite-42")


def test_no_byte_can_be_changed():
    said = sealed(b"tide" * 40_000)
    for at in [*range(len(sealing.MAGIC), HEAD + 40), *range(HEAD + 40, len(said), 9_973), len(said) - 1]:
        changed = bytearray(said)
        changed[at] ^= 1
        with pytest.raises(BackupError, match="changed"):
            opened(bytes(changed))


@pytest.mark.parametrize("chunks", [2, 3], ids=["a part of a chunk is left", "whole chunks"])
def test_no_end_can_be_cut_off(chunks):
    said = sealed(b"t" * (chunks * CHUNK - (5 if chunks == 2 else 0)))
    for size in (len(said) - 1, HEAD + CHUNK + TAG, HEAD + CHUNK + TAG + 1, HEAD, HEAD - 1, HEAD + 3):
        with pytest.raises(BackupError, match=r"cut short|changed"):
            opened(said[:size])


def test_chunks_cannot_be_swapped_or_left_out():
    said = sealed(bytes(CHUNK) * 4)
    head, rest = said[:HEAD], said[HEAD:]
    chunks = [rest[start : start + CHUNK + TAG] for start in range(0, len(rest), CHUNK + TAG)]
    for order in ([1, 0, 2, 3], [0, 2, 3], [0, 1, 2, 3, 3], [0, 1, 1, 3]):
        with pytest.raises(BackupError, match="changed"):
            opened(head + b"".join(chunks[each] for each in order))
