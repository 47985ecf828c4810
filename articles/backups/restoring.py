"""Bring a backup back into a site with nothing in it, in one transaction."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any, BinaryIO

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from articles.backups.errors import BackupError
from articles.backups.members import END, FORMAT, HEAD, members
from articles.backups.tables import MADE_BY_MIGRATE, columns_of, empty, insert, kept_models
from articles.editing.page_files import remove_all_pages

BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup says of itself once all of it was read and found whole."""

    made: str
    release: str
    database: str
    rows: int
    files: int


def check_backup(path: Path, key: str) -> Backup:
    """Read all of a backup without writing anything.

    Raises:
        BackupError: it cannot be read, is encrypted with another key, or is not as it was written.
    """
    with _open(path) as file:
        return _naming(path, lambda: _checked(file, key))


def restore_backup(path: Path, key: str) -> Backup:
    """Write all rows and pictures of a backup into this site, which has none of its own.

    Raises:
        BackupError: what stands in the way, of the backup or of the site; nothing was changed.
    """
    with _open(path) as file:
        return _naming(path, lambda: _restored(file, key))


def _open(path: Path) -> BinaryIO:
    try:
        return open(path, "rb")
    except OSError as error:
        raise BackupError(f"“{path}” cannot be read: {error.strerror or error}") from error


def _naming(path: Path, do: Callable[[], Backup]) -> Backup:
    try:
        return do()
    except BackupError as error:
        raise BackupError(f"“{path}”: {error}") from error
    except OSError as error:
        raise BackupError(f"“{path}”: {error.strerror or error}") from error


def _checked(file: BinaryIO, key: str) -> Backup:
    head: dict[str, Any] = {}
    end: dict[str, Any] = {}
    for name, content in members(file, key):
        if name == HEAD:
            head = _head(content)
        if name == END:
            end = json.loads(content.read())
    try:
        rows = sum(end["rows"].values())
        return Backup(head["made"], head["release"], head["database"], rows, end["files"])
    except (KeyError, TypeError, AttributeError) as error:
        raise BackupError("it is no backup of a newsroom") from error


def _head(content: IO[bytes]) -> dict[str, Any]:
    head = json.loads(content.read())
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        raise BackupError(f"it is no backup that this release reads (format {FORMAT})")
    return head


def _restored(file: BinaryIO, key: str) -> Backup:
    """All of it is read before the first row is written, and once more as they are."""
    backup = _checked(file, key)
    files: list[str] = []
    try:
        with transaction.atomic():
            _make_room()
            _write(file, key, files)
            _close()
    except BaseException as error:
        for name in files:
            with suppress(OSError):
                default_storage.delete(name)
        if isinstance(error, DatabaseError | ValidationError | ValueError | KeyError | TypeError):
            raise BackupError(f"its rows cannot be written: {error}") from error
        raise
    ContentType.objects.clear_cache()
    remove_all_pages()
    return backup


def _make_room() -> None:
    models = kept_models()
    for model in models:
        if model._meta.label_lower not in MADE_BY_MIGRATE and model._base_manager.exists():
            number = model._base_manager.count()
            raise BackupError(
                f"this site is not empty ({model._meta.verbose_name_plural}: {number}); use a new database"
            )
    for model in models:
        empty(model)


def _write(file: BinaryIO, key: str, files: list[str]) -> None:
    models = {model._meta.label_lower: model for model in kept_models()}
    for name, content in members(file, key):
        folder, _, rest = name.partition("/")
        if name == HEAD:
            _compare_tables(_head(content), models)
        elif folder == "tables":
            insert(models[rest.partition("/")[0]], content.read().decode().split("\n")[:-1])
        elif folder == "media":
            _write_file(rest, content, files)


def _compare_tables(head: dict[str, Any], models: dict[str, type[Model]]) -> None:
    """A backup is read by the release that made it, or by another one with the same tables."""
    own, its = {label: columns_of(model) for label, model in models.items()}, head["tables"]
    if its != own:
        differing = sorted(label for label in own.keys() | its.keys() if own.get(label) != its.get(label))
        last = max((name for name in head["migrations"] if name.startswith("articles.")), default="none")
        raise BackupError(
            f"release {head['release']} made it, with other tables ({', '.join(differing[:3])}; "
            f"last migration {last}): restore it with that release, then upgrade"
        )


def _write_file(name: str, content: IO[bytes], files: list[str]) -> None:
    if ".." in PurePosixPath(name).parts or PurePosixPath(name).is_absolute():
        raise BackupError(f"“{name}” is no name of a picture")
    if default_storage.exists(name):
        if not _is_same(name, content):
            raise BackupError(f"the picture “{name}” is there already, and is another one")
        return
    files.append(name)
    default_storage.save(name, File(content))


def _is_same(name: str, content: IO[bytes]) -> bool:
    with default_storage.open(name) as there:
        while True:
            one, other = there.read(BLOCK), content.read(BLOCK)
            if one != other or not one:
                return bool(one == other)


def _close() -> None:
    """New rows get numbers behind those of the backup, and each row names what is there."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), kept_models()):
            cursor.execute(statement)
    connection.check_constraints()
