"""Compare the records and articles of a whole archive; imports and editors compare what they touch by themselves."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from articles.editing.duplicates import PORTION, suggest_duplicates, without_keys, write_keys
from articles.editing.same_story import suggest_same, without_bands
from articles.models import Article, DuplicatePair, Entity, StoryPair


class Command(BaseCommand):
    help = "Find records that may be one, and articles that may tell one story, and put them before editors."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="compare those, too, that were compared before")

    def handle(self, *args: Any, **options: Any) -> None:
        self.compare_records(everything=options["all"])
        self.compare_articles(everything=options["all"])

    def compare_records(self, *, everything: bool) -> None:
        records = Entity.objects.current() if everything else without_keys()
        numbers = list(records.order_by("pk").values_list("pk", flat=True))
        portions = [numbers[i : i + PORTION] for i in range(0, len(numbers), PORTION)]
        # All keys first: a record finds another only where both have theirs.
        for portion in portions:
            write_keys(portion)
        new = sum(suggest_duplicates(portion) for portion in portions)
        waiting = DuplicatePair.objects.queue().count()
        self.stdout.write(f"{len(numbers)} records compared, {new} new pairs; {waiting} wait in the queue.")

    def compare_articles(self, *, everything: bool) -> None:
        articles = Article.objects.all() if everything else without_bands()
        numbers = list(articles.order_by("pk").values_list("pk", flat=True))
        new = suggest_same(numbers)
        waiting = StoryPair.objects.waiting().count()
        self.stdout.write(f"{len(numbers)} articles compared, {new} new pairs; {waiting} wait.")
