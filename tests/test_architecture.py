"""Imports run one way; a reader finds each line in the room its name promises."""

import ast
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = ROOT / "articles"

# Each room and the rooms of this program that it may import from.
ROOMS = {
    "text": set(),
    "documents": {"text"},
    "extraction": {"text", "documents"},
    "drawing": set(),
    "models": set(),
    "searching": {"text", "models"},
    "editing": {"text", "documents", "drawing", "models", "searching"},
    "importing": {"text", "documents", "extraction", "models", "searching", "editing"},
    "exporting": {"text", "documents", "models", "editing"},
    "backups": {"models", "editing"},
    "admin": {"text", "documents", "extraction", "models", "searching", "editing", "importing"},
    "site": {
        *("text", "documents", "drawing", "extraction", "models", "searching", "editing", "importing", "exporting"),
    },
    "templatetags": {"text", "models", "searching", "site"},
    "demo": {"text", "models", "editing", "importing"},
    "management": {
        *("text", "documents", "extraction", "models", "searching", "editing", "importing", "exporting", "demo"),
        "backups",
    },
}
# What runs without Django, and "text" and "drawing" without any library at all.
PLAIN = ("text", "documents", "drawing", "extraction")


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield node.module


def modules(room):
    return sorted((ARTICLES / room).rglob("*.py"))


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_from_the_rooms_below_it(room):
    allowed = ROOMS[room] | {room}
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(room)
        for name in imported(path)
        if name.startswith("articles.") and name.split(".")[1] not in allowed
    ]
    assert wrong == []


def test_every_room_is_known():
    rooms = {path.name for path in ARTICLES.iterdir() if path.is_dir() and any(path.rglob("*.py"))}
    assert rooms - {"migrations", "__pycache__"} == set(ROOMS)


@pytest.mark.parametrize("room", PLAIN)
def test_reading_and_extraction_know_no_django(room):
    assert [path for path in modules(room) for name in imported(path) if name.split(".")[0] == "django"] == []


@pytest.mark.parametrize("room", ["text", "drawing"])
def test_text_and_drawing_need_the_standard_library_alone(room):
    import sys

    # What builds the data of a room runs on a developer's machine.
    running = [path for path in modules(room) if not path.name.startswith("build_")]
    others = {name.split(".")[0] for path in running for name in imported(path)}
    assert others - set(sys.stdlib_module_names) == {"articles"}


def test_no_file_is_too_long():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in sorted(ARTICLES.rglob("*.py"))
        if "migrations" not in path.parts and (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
