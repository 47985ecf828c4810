"""What `import_article` and `import_archive` may be asked for alike."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import connection

from articles.documents.formats import FORMATS
from articles.importing.options import ImportOptions
from articles.models import Article


def add_import_arguments(parser: CommandParser) -> None:
    parser.add_argument("--format", choices=sorted(FORMATS), help="read every document as this, whatever its name")
    parser.add_argument("--publish", action="store_true", help="publish what is imported")
    parser.add_argument("--tag", action="append", default=[], metavar="NAME", help="give every story this tag")
    parser.add_argument("--source", default="", metavar="NAME", help="whose stories they are, where they do not say")
    parser.add_argument("--date", type=_date, metavar="YYYY-MM-DD", help="the date of stories that bear none")
    parser.add_argument(
        "--with-decisions",
        action="store_true",
        help="take over all that stands in lines of export_articles --format jsonl: names, decisions, status",
    )
    existing = parser.add_mutually_exclusive_group()
    existing.add_argument(
        "--update",
        dest="existing",
        action="store_const",
        const="update",
        default="update",
        help="bring articles in line with newer versions of their stories (as without an option)",
    )
    existing.add_argument(
        "--skip-existing",
        dest="existing",
        action="store_const",
        const="skip",
        help="leave articles alone whose stories were imported before",
    )


def import_options(options: dict[str, Any], *, dry_run: bool = False) -> ImportOptions:
    return ImportOptions(
        format=options["format"],
        dry_run=dry_run,
        publish=options["publish"],
        tags=tuple(options["tag"]),
        publisher=options["source"],
        date=options["date"],
        existing=options["existing"],
        decisions=options["with_decisions"],
        archive=has_archive(is_needed=not dry_run),
    )


def has_archive(*, is_needed: bool) -> bool:
    if Article._meta.db_table in connection.introspection.table_names():
        return True
    if is_needed:
        raise CommandError("the database has no tables yet; run “manage.py migrate” first")
    return False


def positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number above 0")
    return int(text)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; expected one like 2026-03-14") from None
