"""Give every published article out in a format that others read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.exporting.addresses import Addresses
from articles.exporting.archive import FILED, STREAMED, published_articles

PROGRESS = 1_000


class Command(BaseCommand):
    help = (
        "Write every published article: as ninjs one a line on standard output, or as NewsML-G2 or Markdown, one file "
        "an article, into a folder."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        site = settings.NEWSROOM_URL
        parser.add_argument("--address", default=site, required=not site, help="the site's: https://news.example.org")
        parser.add_argument("--format", choices=[*STREAMED, *FILED], default="ninjs")
        parser.add_argument("--folder", type=Path, help="where files go, for the formats that need one an article")

    def handle(self, *args: Any, **options: Any) -> None:
        at = Addresses(options["address"].rstrip("/"))
        if (options["format"] in FILED) != bool(options["folder"]):
            raise CommandError(f"--folder belongs to {' and '.join(FILED)}, which are a file an article")
        number = 0
        for number, article in enumerate(published_articles(), start=1):
            self.give_out(article, at, options)
            if number % PROGRESS == 0 and options["verbosity"]:
                self.stderr.write(f"{number:,} articles")
        if options["verbosity"]:
            self.stderr.write(f"{number:,} articles in all")

    def give_out(self, article: Any, at: Addresses, options: dict[str, Any]) -> None:
        name = options["format"]
        if name in STREAMED:
            self.stdout.write(STREAMED[name](article, at), ending="")
            return
        suffix, write = FILED[name]
        said = write(article, at)
        options["folder"].mkdir(parents=True, exist_ok=True)
        file = options["folder"] / f"{article.pk}{suffix}"
        file.write_bytes(said if isinstance(said, bytes) else said.encode())
