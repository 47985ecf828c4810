"""Keep the calendar of the archive in step with what readers can see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from django.db import transaction
from django.db.models import F

from articles.editing.touching import touch
from articles.models import Article, CountedDay, DayCount
from articles.models.days import day_of
from articles.models.mentions import CALENDAR

AT_ONCE = 5_000  # rows written by one statement
FIELDS = ("published", "released", "status")


@transaction.atomic
def count_days(articles: Iterable[int]) -> None:
    """Move articles that were published, withdrawn or given another date to the day that they bear now."""
    wanted = list(articles)
    if not wanted:
        return
    now = {article.pk: day_of(article) for article in Article.objects.filter(pk__in=wanted).only(*FIELDS)}
    was = dict(CountedDay.objects.filter(article__in=now).values_list("article", "day"))
    steps: Counter[date] = Counter()
    moved = {}
    for key, day in now.items():
        if day != was.get(key):
            moved[key] = day
            steps.update([day] if day else [])
            steps.subtract([was[key]] if key in was else [])
    CountedDay.objects.filter(article__in=[key for key, day in moved.items() if day is None]).delete()
    CountedDay.objects.bulk_create(
        [CountedDay(article_id=key, day=day) for key, day in sorted(moved.items()) if day],
        update_conflicts=True,
        unique_fields=["article"],
        update_fields=["day"],
    )
    # In the order of the days, so that no two wait in a ring.
    DayCount.objects.bulk_create((DayCount(day=day) for day in sorted(steps)), ignore_conflicts=True)
    for day, step in sorted(steps.items()):
        DayCount.objects.filter(day=day).update(number=F("number") + step)
    _touch(steps)


@transaction.atomic
def rebuild_days() -> int:
    """Count every day anew, as after the newsroom has moved to another time zone; returns how many days were wrong."""
    before, days = _as_counted(), dict(_days())
    right = Counter(days.values())
    CountedDay.objects.all().delete()
    CountedDay.objects.bulk_create(
        (CountedDay(article_id=key, day=day) for key, day in days.items()), batch_size=AT_ONCE
    )
    DayCount.objects.all().delete()
    DayCount.objects.bulk_create(DayCount(day=day, number=number) for day, number in sorted(right.items()))
    return len(_differing(before, right))


def wrong_days() -> list[date]:
    """The days that the calendar counts otherwise than readers would."""
    return _differing(_as_counted(), Counter(day for _key, day in _days()))


def _days() -> Iterator[tuple[int, date]]:
    for article in Article.objects.published().only(*FIELDS).iterator(chunk_size=AT_ONCE):
        day = day_of(article)
        if day:
            yield article.pk, day


def _touch(steps: Counter[date]) -> None:
    """The pages of these days, months and years go; where a day has its first article or lost its last, others, too."""
    keys = {key for day in steps for key in (f"day:{day}", f"month:{day:%Y-%m}", f"year:{day.year}")}
    counts = DayCount.objects.filter(day__in=steps).values_list("day", "number")
    if any(number in (0, steps[day]) for day, number in counts):
        keys.add(CALENDAR)
    touch(keys)


def _as_counted() -> Counter[date]:
    return Counter(dict(DayCount.objects.filter(number__gt=0).values_list("day", "number")))


def _differing(one: Counter[date], other: Counter[date]) -> list[date]:
    return sorted(day for day in one.keys() | other.keys() if one[day] != other[day])
