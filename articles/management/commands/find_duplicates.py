"""Compare the records of a whole archive; imports and editors' changes compare what they touch by themselves."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from articles.editing.duplicates import PORTION, suggest_duplicates, without_keys, write_keys
from articles.models import DuplicatePair, Entity


class Command(BaseCommand):
    help = "Find records that may be one and put them into the editors’ queue of likely duplicates."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="compare those, too, that were compared before")

    def handle(self, *args: Any, **options: Any) -> None:
        records = Entity.objects.current() if options["all"] else without_keys()
        numbers = list(records.order_by("pk").values_list("pk", flat=True))
        portions = [numbers[i : i + PORTION] for i in range(0, len(numbers), PORTION)]
        # All keys first: a record finds another only where both have theirs.
        for portion in portions:
            write_keys(portion)
        new = sum(suggest_duplicates(portion) for portion in portions)
        waiting = DuplicatePair.objects.queue().count()
        self.stdout.write(f"{len(numbers)} records compared, {new} new pairs; {waiting} wait in the queue.")
