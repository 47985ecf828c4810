"""Give articles out: the published ones in a format that others read, or all of them with all that is known of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.exporting.addresses import Addresses
from articles.exporting.archive import FILED, STREAMED, WHOLE, all_articles, published_articles, written_whole

PROGRESS = 1_000


class Command(BaseCommand):
    help = (
        "Write every published article: as ninjs one a line on standard output, or as NewsML-G2 or Markdown, one file "
        "an article, into a folder. As jsonl every article there is, with its names, decisions and status, for "
        "import_article --with-decisions."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        site = settings.NEWSROOM_URL
        parser.add_argument("--address", default=site, help="the site's: https://news.example.org")
        parser.add_argument("--format", choices=[*STREAMED, *FILED, WHOLE], default="ninjs")
        parser.add_argument("--folder", type=Path, help="where files go, for the formats that need one an article")

    def handle(self, *args: Any, **options: Any) -> None:
        name, at = options["format"], Addresses(options["address"].rstrip("/"))
        if name != WHOLE and not options["address"]:
            raise CommandError("expected --address, the site's; articles have theirs in this format")
        if (name in FILED) != bool(options["folder"]):
            raise CommandError(f"--folder belongs to {' and '.join(FILED)}, which are a file an article")
        self.written = STREAMED.get(name) or written_whole()
        number = 0
        for number, article in enumerate(all_articles() if name == WHOLE else published_articles(), start=1):
            self.give_out(article, at, options)
            if number % PROGRESS == 0 and options["verbosity"]:
                self.stderr.write(f"{number:,} articles")
        if options["verbosity"]:
            self.stderr.write(f"{number:,} articles in all")

    def give_out(self, article: Any, at: Addresses, options: dict[str, Any]) -> None:
        if options["format"] not in FILED:
            self.stdout.write(self.written(article, at), ending="")
            return
        suffix, write = FILED[options["format"]]
        said = write(article, at)
        options["folder"].mkdir(parents=True, exist_ok=True)
        file = options["folder"] / f"{article.pk}{suffix}"
        file.write_bytes(said if isinstance(said, bytes) else said.encode())
