"""Is the program alive, may it be sent readers, and which release is it? Asked by machines, every few seconds."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from importlib.metadata import version as version_of
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from newsroom.watch.metrics import metrics

RELEASE = version_of("newsroom")
Answer = Callable[[HttpRequest], HttpResponse]


def alive(request: HttpRequest) -> HttpResponse:
    """It answers; nothing else is asked, so that a database that is away has no program started anew."""
    return _said({"alive": True})


def ready(request: HttpRequest) -> HttpResponse:
    """Status 200 where readers may be sent here, 503 with what is missing where they may not."""
    problems = dict(_problems())
    parts = {part: problems.get(part, "ok") for part in ("database", "migrations", "disk")}
    return _said({"ready": not problems, **parts}, status=503 if problems else 200)


def version(request: HttpRequest) -> HttpResponse:
    return _said({"name": "Newsroom", "version": RELEASE})


PROBES: dict[str, Answer] = {"healthz": alive, "readyz": ready, "version": version, "metrics": metrics}


def _problems() -> Iterator[tuple[str, str]]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if waiting := _waiting_migrations():
            yield "migrations", f"{waiting} not applied: run manage.py migrate"
    except (DatabaseError, OSError) as error:
        yield "database", f"cannot be asked ({type(error).__name__})"
        yield "migrations", "unknown"
    for folder in _written_to():
        if problem := _cannot_write(folder):
            yield "disk", f"{folder.name}/ {problem}"
            return


# A process that has once seen every migration of its own release applied need not look again.
_migrated_databases: set[str] = set()


def _waiting_migrations() -> int:
    name = str(connection.settings_dict["NAME"])
    if name in _migrated_databases:
        return 0
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if not waiting:
        _migrated_databases.add(name)
    return waiting


def _written_to() -> list[Path]:
    folders = [settings.VAR_DIR, settings.MEDIA_ROOT, settings.NEWSROOM_PAGE_FILES]
    return [Path(folder) for folder in dict.fromkeys(map(str, folders)) if folder]


def _cannot_write(folder: Path) -> str:
    """Why nothing can be written there; empty where it can."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"\0" * 4096)
    except OSError as error:
        return f"cannot be written to ({error.strerror})"
    return ""


def _said(parts: dict[str, object], *, status: int = 200) -> HttpResponse:
    return JsonResponse(parts, status=status, headers={"Cache-Control": "no-store"})
