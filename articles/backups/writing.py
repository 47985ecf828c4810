"""Write a backup, read it once more, and only then give it its name."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO

from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from articles.backups.errors import BackupError
from articles.backups.members import END, FORMAT, HEAD, Writer, members, writing
from articles.backups.snapshot import snapshot
from articles.backups.tables import columns_of, kept_models, rows_of
from articles.models import Picture

# Rows are written in members of about this size.
PORTION = 4 << 20
PICTURES = "pictures"


@dataclass(frozen=True, slots=True)
class Written:
    """What a backup holds; `missing` are pictures on record whose files are not in the storage."""

    rows: int
    files: int
    size: int
    missing: list[str]


def write_backup(path: Path, key: str) -> Written:
    """Write the newsroom as it is now to `path`, which is there whole and read again, or not at all.

    Raises:
        BackupError: it cannot be written, or does not read as it was written; nothing is left behind.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        # Accounts and drafts are in it: nobody else on the machine reads it.
        with open(os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as file:
            counts, total = _write(file, key)
            file.flush()
            os.fsync(file.fileno())
            _read_again(file, key, total)
        part.replace(path)
    except OSError as error:
        raise BackupError(f"“{path}” cannot be written: {error.strerror or error}") from error
    except DatabaseError as error:
        raise BackupError(f"the database cannot be read: {error}") from error
    finally:
        part.unlink(missing_ok=True)
    return Written(sum(counts["rows"].values()), counts["files"], path.stat().st_size, counts["missing"])


def _write(file: BinaryIO, key: str) -> tuple[dict[str, Any], str]:
    """Returns what was counted, and the sum of all members."""
    with snapshot(), writing(file, key) as writer:
        writer.add(HEAD, json.dumps(_head()).encode())
        rows = {model._meta.label_lower: _write_rows(writer, model) for model in kept_models()}
        named = set(Picture.objects.values_list("file", flat=True))
        names = set(_names(PICTURES))
        for name in sorted(names):
            _write_file(writer, name)
        counts = {"rows": rows, "files": len(names), "missing": sorted(named - names)}
        writer.add_end(counts)
        return counts, writer.sum.hexdigest()


def _head() -> dict[str, Any]:
    applied = sorted(MigrationRecorder(connection).applied_migrations())
    return {
        "format": FORMAT,
        "release": version("newsroom"),
        "made": timezone.now().isoformat(),
        "database": connection.vendor,
        "migrations": [f"{app}.{name}" for app, name in applied],
        "tables": {model._meta.label_lower: columns_of(model) for model in kept_models()},
    }


def _write_rows(writer: Writer, model: Any) -> int:
    label, total = model._meta.label_lower, 0
    for number, lines in enumerate(_portions(rows_of(model)), start=1):
        writer.add(f"tables/{label}/{number:06}.jsonl", "".join(lines).encode())
        total += len(lines)
    return total


def _portions(lines: Iterator[str]) -> Iterator[list[str]]:
    waiting, size = [], 0
    for line in lines:
        size += len(line)
        waiting.append(line)
        if size >= PORTION:
            yield waiting
            waiting, size = [], 0
    if waiting:
        yield waiting


def _names(folder: str) -> Iterator[str]:
    """Every file of the storage below a folder."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}" for name in files)
    for each in folders:
        yield from _names(f"{folder}/{each}")


def _write_file(writer: Writer, name: str) -> None:
    with default_storage.open(name) as file:
        writer.add_file(f"media/{name}", file, default_storage.size(name))


def _read_again(file: BinaryIO, key: str, total: str) -> None:
    """What the disk gives back is what was written."""
    for name, content in members(file, key):
        if name == END and json.loads(content.read())["sum"] != total:
            raise BackupError("what was written does not read as it was written; look at the disk")
