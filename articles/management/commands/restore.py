"""Bring a backup back into a newsroom with nothing in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.backups.errors import BackupError
from articles.backups.keys import key_from
from articles.backups.restoring import check_backup, restore_backup
from articles.searching.asking import SearchUnavailable
from articles.searching.index import rebuild
from articles.searching.spelling import count_words


class Command(BaseCommand):
    help = "Write all of a backup into a new, migrated database and its pictures into the storage."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--key-file", type=Path, help="holds the key, instead of NEWSROOM_BACKUP_KEY")
        parser.add_argument("--check", action="store_true", help="read all of it and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        do = check_backup if options["check"] else restore_backup
        try:
            backup = do(options["file"], key_from(options["key_file"]))
        except BackupError as error:
            raise CommandError(f"{error}. Nothing was changed.") from error
        made = f"made {backup.made[:19].replace('T', ' ')} UTC by release {backup.release} on {backup.database}"
        held = f"{backup.rows:,} rows, {backup.files:,} files"
        if options["check"]:
            self.stdout.write(self.style.SUCCESS(f"The backup is whole: {held}, {made}"))
            return
        self.stdout.write(f"restored: {held}, {made}")
        self.rebuild_search()

    def rebuild_search(self) -> None:
        try:
            self.stdout.write(self.style.SUCCESS(f"{rebuild():,} records are in the search."))
            count_words()
        except SearchUnavailable as error:
            raise CommandError(f"All is restored but the search: {error}; then run rebuild_search") from error
