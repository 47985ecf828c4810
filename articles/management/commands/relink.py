"""Link the names of articles again, once the archive knows more; what a person decided stays."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.importing.relinking import relink
from articles.models import Article


class Command(BaseCommand):
    help = "Link the undecided names of articles to the archive's records again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slugs", nargs="*", metavar="SLUG", help="the end of an article's address")
        parser.add_argument("--all", action="store_true", help="every article")
        parser.add_argument("--dry-run", action="store_true", help="say what would change and change nothing")

    def handle(self, *args: Any, slugs: list[str], **options: Any) -> None:
        if bool(slugs) == options["all"]:
            raise CommandError("Name articles by their slugs, or ask for --all.")
        articles = Article.objects.all() if options["all"] else Article.objects.filter(slug__in=slugs)
        missing = sorted(set(slugs) - set(articles.values_list("slug", flat=True)))
        if missing:
            raise CommandError(f"No article has the slug {', '.join(missing)}.")
        number = 0
        for article in articles.order_by("pk").iterator(chunk_size=100):
            changes = relink(article, dry_run=options["dry_run"])
            number += len(changes)
            for change in changes:
                if options["verbosity"]:
                    self.stdout.write(str(change))
        would = "would change" if options["dry_run"] else "changed"
        self.stdout.write(self.style.SUCCESS(f"{number} {'name' if number == 1 else 'names'} {would}."))
