"""Keep the counts that pages show in step with what readers can see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db.models import Model

from articles.editing.coverage import PORTION, Owners, differences, owners_in, refresh_coverage
from articles.editing.days import rebuild_days, wrong_days
from articles.editing.touching import touch_arrivals
from articles.models import (
    Appearance,
    Article,
    Coverage,
    Entity,
    Quote,
    Role,
    Saying,
    Tag,
    TagCoverage,
    TaggedArticle,
    TaggedQuote,
)
from articles.models.letters import file_all, wrong_entries
from articles.searching.index import follow_entities, follow_tags


def refresh_counts_of(articles: Iterable[Article | int]) -> None:
    """Bring in step what follows from the rows of `articles`: lists, and the counts of whoever is in them."""
    count_again(refresh_coverage(article if isinstance(article, int) else article.pk for article in articles))


def refresh_counts_of_records(records: Iterable[int]) -> None:
    """The same of every article that the records are in, or were."""
    keys = list(records)
    articles: set[int] = set()
    for rows, name in (
        (Appearance.objects, "entity"),
        (Quote.objects, "speaker"),
        (Coverage.objects, "entity"),
        (Saying.objects, "speaker"),
    ):
        articles.update(rows.filter(**{f"{name}__in": keys}).order_by().values_list("article_id", flat=True))
    count_again(refresh_coverage(articles) | Owners(entities=set(keys)))


def refresh_counts_of_tags(tags: Iterable[int]) -> None:
    """The same of every article that is under one of the tags, or was."""
    keys = list(tags)
    articles = set(TagCoverage.objects.filter(tag__in=keys).values_list("article_id", flat=True))
    articles.update(TaggedArticle.objects.filter(tag__in=keys).values_list("content_object_id", flat=True))
    quoted = TaggedQuote.objects.filter(tag__in=keys)
    articles.update(quoted.values_list("content_object__article_id", flat=True))
    count_again(refresh_coverage(articles) | Owners(tags=set(keys)))


@contextmanager
def counted(records: Iterable[Model]) -> Iterator[None]:
    """Rows that somebody types in a form of their own are changed or deleted within: what follows from them is, too."""
    articles: set[int] = set()
    for record in records:
        match record:
            case Article():
                articles.add(record.pk)
            case Appearance() | Quote() | Role():
                articles.add(record.article_id)
    owners = owners_in(articles)  # what is deleted takes its lines of the lists along
    yield
    refresh_counts_of(articles)
    count_again(owners)


def count_again(owners: Owners) -> None:
    """Count for the records and tags, in the order of their numbers so that no two wait in a ring."""
    records, tags = sorted(owners.entities), sorted(owners.tags)
    was, bore = _public(Entity, records), _public(Tag, tags)
    write_counts(Entity, records)
    write_counts(Tag, tags)
    follow_entities(records)
    follow_tags(tags)
    touch_arrivals(was ^ _public(Entity, records), bore ^ _public(Tag, tags))


def write_counts(model: type[Any], numbers: Sequence[int]) -> None:
    """Count for these rows and nothing else: neither the search nor a page hears of it."""
    for start in range(0, len(numbers), PORTION):
        model.objects.filter(pk__in=numbers[start : start + PORTION]).refresh_counts()


def _public(model: type[Any], numbers: list[int]) -> set[int]:
    found: set[int] = set()
    for start in range(0, len(numbers), PORTION):
        portion = model.objects.public().filter(pk__in=numbers[start : start + PORTION])
        found.update(portion.values_list("pk", flat=True))
    return found


def rebuild() -> None:
    """Bring every article in step and count everything again."""
    for portion in portions_of_archive():
        refresh_coverage(portion)
    entities = Entity.objects.with_wrong_counts().values_list("pk", flat=True)
    tags = Tag.objects.with_wrong_counts().values_list("pk", flat=True)
    count_again(Owners(set(entities), set(tags)))
    rebuild_days()
    file_all()


def problems_of_counts() -> Iterator[str]:
    """What is out of step, a line each; nothing is changed."""
    for portion in portions_of_archive():
        for model, gone, missing in differences(portion):
            for said in gone.values():
                yield f"article {said[0]}: {model._meta.verbose_name} {said[1:-1]} should not be there"
            for said in missing:
                yield f"article {said[0]}: {model._meta.verbose_name} {said[1:-1]} is missing"
    for entity in Entity.objects.with_wrong_counts().iterator():
        yield (
            f"{entity.kind} {entity.pk}: counts {entity.article_count} articles and {entity.quote_count} quotations, "
            f"not {entity.right_article_count} and {entity.right_quote_count}"  # type: ignore[attr-defined]
        )
    for tag in Tag.objects.with_wrong_counts():
        yield f"tag {tag.pk}: counts {tag.article_count} articles, not {tag.right_article_count}"
    yield from (f"{day:%d %B %Y}: the calendar counts other articles than stand on it" for day in wrong_days())
    yield from (f"record {key}: the index of names has it otherwise than its page" for key in wrong_entries())


def portions_of_archive() -> Iterator[list[int]]:
    """The numbers of all articles, some at a time."""
    last = 0
    while portion := list(Article.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:PORTION]):
        yield portion
        last = portion[-1]
