"""Back the whole newsroom up, database and pictures, while it runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from articles.backups.errors import BackupError
from articles.backups.keys import key_from
from articles.backups.writing import write_backup

NAME = "newsroom-{:%Y%m%d-%H%M%S}.backup"


class Command(BaseCommand):
    help = "Write the database and all pictures to one file, encrypted if a key is set, and read it once more."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", nargs="?", type=Path, help="a file or a folder; var/backups/ where none is given")
        parser.add_argument("--key-file", type=Path, help="holds the key, instead of NEWSROOM_BACKUP_KEY")
        parser.add_argument("--keep", type=int, metavar="N", help="remove all but the N newest backups of the folder")

    def handle(self, *args: Any, **options: Any) -> None:
        path = options["path"] or settings.VAR_DIR / "backups"
        is_folder = options["path"] is None or path.is_dir()
        if options["keep"] is not None and (options["keep"] < 1 or not is_folder):
            raise CommandError("--keep is a number from 1 on, for a folder")
        try:
            key = key_from(options["key_file"])
            if options["path"] is None:
                path.mkdir(mode=0o700, exist_ok=True)
            file = path / NAME.format(timezone.now()) if is_folder else path
            written = write_backup(file, key)
        except BackupError as error:
            raise CommandError(str(error)) from error
        for name in written.missing:
            self.stderr.write(f"picture without a file: {name}")
        if options["keep"]:
            self.remove_older(path, options["keep"])
        how = "encrypted" if key else "not encrypted"
        size = filesizeformat(written.size).replace("\xa0", " ")
        self.stdout.write(self.style.SUCCESS(f"{file}: {written.rows:,} rows, {written.files:,} files, {size}, {how}"))

    def remove_older(self, folder: Path, number: int) -> None:
        for old in sorted(folder.glob("newsroom-*.backup"))[:-number]:
            old.unlink()
