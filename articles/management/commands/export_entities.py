"""Give every person, organisation and place that readers see out as entities of FollowTheMoney."""

from __future__ import annotations

from itertools import chain
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from articles.exporting.addresses import Addresses
from articles.exporting.archive import entity_lines, mention_lines
from articles.exporting.followthemoney import as_line

PROGRESS = 10_000


class Command(BaseCommand):
    help = (
        "Write people, organisations, places and the offices that articles print, one entity of FollowTheMoney a line, "
        "on standard output."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        site = settings.NEWSROOM_URL
        parser.add_argument("--address", default=site, required=not site, help="the site's: https://news.example.org")
        parser.add_argument("--articles", action="store_true", help="the articles, too, and whom and what each names")

    def handle(self, *args: Any, **options: Any) -> None:
        at = Addresses(options["address"].rstrip("/"))
        number = 0
        lines = chain(entity_lines(at), mention_lines(at) if options["articles"] else ())
        for number, entity in enumerate(lines, start=1):
            self.stdout.write(as_line(entity), ending="")
            if number % PROGRESS == 0 and options["verbosity"]:
                self.stderr.write(f"{number:,} entities")
        if options["verbosity"]:
            self.stderr.write(f"{number:,} entities in all")
