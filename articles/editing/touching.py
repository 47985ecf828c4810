"""Say what changed, so that the search knows it and no page goes on showing what it was.

A page knows the keys of what it shows. “entity:5” is everything about a record, which its own page lists; “name:5” is
its name, which every page shows that links to it. An article touches the records, tags, authors, section and series
that it belongs to, for their lists are others now.

What changed is written down in the transaction that changes it. The pages go once it is committed, before the editor's
request is answered; if the program ends between the two, whoever comes next takes them away.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Max, Model, Q, QuerySet
from django.utils import timezone

from articles.editing.neighbours import neighbours_of
from articles.editing.page_files import remove_pages
from articles.models import (
    Appearance,
    Article,
    ContentChange,
    Entity,
    Feed,
    HubNews,
    NamePart,
    PageKey,
    PageLock,
    Quote,
    Role,
    Section,
    StoredPage,
    StoryPair,
    Tag,
    TaggedEntity,
)
from articles.models.mentions import LATEST, LAYOUT
from articles.searching.index import follow_articles, follow_entities, follow_tags

SEEN = (Article.Status.PUBLISHED, Article.Status.WITHDRAWN)
PORTION = 500  # keys or paths named in one statement
# Changes are kept for longer than any page takes to be rendered: they tell that it was rendered from what was before.
REMEMBERED = timedelta(hours=1)


def touch(keys: Iterable[str]) -> None:
    """Let the pages go that show any of the keys, at the end of the transaction."""
    wanted = sorted(set(keys))
    if wanted and settings.NEWSROOM_WEBSUB_HUB:
        HubNews.objects.create(keys=wanted)
    if wanted and _keeps_pages():
        ContentChange.objects.create(keys=wanted)
        transaction.on_commit(settle)


def settle() -> int:
    """Take away the pages that show what has changed; returns how many."""
    with transaction.atomic():
        lock()
        changes = list(ContentChange.objects.filter(is_done=False))
        paths = sorted(_paths_showing({key for change in changes for key in change.keys}))
        remove_pages(paths)
        for some in _portions(paths):
            _drop(StoredPage.objects.filter(path__in=some))
        ContentChange.objects.filter(pk__in=[change.pk for change in changes]).update(is_done=True)
        ContentChange.objects.filter(is_done=True, made__lt=timezone.now() - REMEMBERED).delete()
    return len(paths)


def drop_expired(now: datetime | None = None) -> int:
    """Take away pages whose time is over: of news that is no longer breaking, say."""
    expired = StoredPage.objects.filter(expires__lte=now or timezone.now())
    with transaction.atomic():
        paths = list(expired.values_list("path", flat=True))
        _drop(expired)
    remove_pages(paths)
    return len(paths)


def _drop(pages: QuerySet[StoredPage]) -> None:
    """Held first: whoever writes down anew what one of them shows is waited for."""
    held = list(pages.select_for_update().order_by("pk").values_list("pk", flat=True))
    StoredPage.objects.filter(pk__in=held).delete()


def lock() -> None:
    """Hold the pages until the transaction ends: nobody else writes or removes one."""
    if not PageLock.objects.select_for_update().filter(pk=1).exists():
        PageLock.objects.get_or_create(pk=1)
        PageLock.objects.select_for_update().get(pk=1)


def version() -> tuple[int, int | None]:
    """What tells two states of the content apart: how many changes are known, and the last."""
    known = ContentChange.objects.aggregate(number=Count("pk"), last=Max("pk"))
    return known["number"], known["last"]


def _keeps_pages() -> bool:
    return bool(settings.NEWSROOM_PAGE_FILES) or settings.NEWSROOM_KEEP_PARTS


def _paths_showing(keys: set[str]) -> Iterator[str]:
    for some in _portions(sorted(keys)):
        pages = PageKey.objects.filter(key__in=some).values("page")
        yield from StoredPage.objects.filter(pk__in=pages).values_list("path", flat=True)


def _portions(values: list[str]) -> Iterator[list[str]]:
    return (values[start : start + PORTION] for start in range(0, len(values), PORTION))


# What changes, and whatever shows it.


def touch_articles(articles: Iterable[Article]) -> None:
    """Articles changed; pages follow those that readers see, or saw until now."""
    articles = list(articles)
    follow_articles(article.pk for article in articles)
    if _keeps_pages() or settings.NEWSROOM_WEBSUB_HUB:
        touch(key for article in articles if article.status in SEEN for key in keys_of_article(article))


def keys_of_article(article: Article) -> set[str]:
    """The article itself, and every page that lists it or may list it from now on."""
    keys = {f"article:{article.pk}", LATEST}
    keys |= {f"entity:{number}" for number in article.entity_numbers()}
    # A place's page lists what is part of it, and what is named for it.
    around = Appearance.objects.filter(article=article).values_list("entity__location__part_of", flat=True)
    keys |= {f"entity:{number}" for number in around if number}
    parts = NamePart.objects.filter(appearance__article=article).exclude(entity=None)
    keys |= {f"entity:{number}" for number in parts.values_list("entity_id", flat=True)}
    keys |= {f"tag:{number}" for number in article.tagged_items.values_list("tag_id", flat=True)}
    keys |= {f"author:{number}" for number in article.bylines.values_list("author_id", flat=True) if number}
    keys |= {f"quote:{number}" for number in article.quotes.values_list("pk", flat=True)}
    if article.section_id:
        keys.add(f"section:{article.section_id}")
        # The masthead names the sections in which there is something to read.
        if Article.objects.published().filter(section=article.section_id)[:2].count() < 2:
            keys.add(LAYOUT)
    if article.series_id:
        keys.add(f"series:{article.series_id}")
    return keys


def touch_entities(numbers: Iterable[int]) -> None:
    """Records changed: their own pages, and all that name them or should now."""
    keys = set(numbers)
    follow_entities(keys)
    touch(key for number in keys for key in (f"entity:{number}", f"name:{number}", LATEST))
    touch_neighbours(keys)


def touch_neighbours(numbers: Collection[int]) -> None:
    """Records are called otherwise, or came or went: the pages that name them although no article does."""
    if numbers and _keeps_pages():
        touch(f"entity:{number}" for number in neighbours_of(numbers))


def touch_arrivals(records: Collection[int], tags: Collection[int]) -> None:
    """Records and tags have a page since, or none any more: what leads to them, where they bear or speak, follows."""
    touch_neighbours(records)
    if not (records or tags) or not _keeps_pages():
        return
    touch(f"name:{number}" for number in records)
    bearing = TaggedEntity.objects.filter(Q(content_object__in=records) | Q(tag__in=tags))
    touch(
        key
        for tag, record in bearing.values_list("tag", "content_object")
        for key in (f"tag:{tag}", f"entity:{record}")
    )
    touch_articles(Article.objects.filter(sayings__speaker__in=records).distinct())


def touch_tags(numbers: Iterable[int]) -> None:
    numbers = list(numbers)
    follow_tags(numbers)
    touch(key for number in numbers for key in (f"tag:{number}", f"tagname:{number}", LATEST))


@contextmanager
def following(records: Iterable[Model]) -> Iterator[None]:
    """Let the search forget the records that are deleted within the block."""
    articles, entities, tags = set(), set(), set()
    for record in records:
        match record:
            case Article():
                articles.add(record.pk)
                entities |= record.entity_numbers()
            case Appearance() | Quote():
                articles.add(record.article_id)
            case Entity():
                entities.add(record.pk)
            case Tag():
                tags.add(record.pk)
                articles.update(record.taggedarticle_items.values_list("content_object", flat=True))
                articles.update(record.taggedquote_items.values_list("content_object__article", flat=True))
    yield
    follow_articles(articles)
    follow_entities(entities)
    follow_tags(tags)


def touch_record(record: Model) -> None:
    """Something that editors type in a form of its own changed, or is about to go."""
    match record:
        case Article():
            touch_articles([record])
        case Appearance() | Quote() | Role():
            touch_articles([record.article])
        case Entity():
            touch_entities([record.pk])
        case Tag():
            touch_tags([record.pk])
        case Section():
            touch([LAYOUT])
        case Feed() | StoryPair():
            pass  # Readers see nothing of it.
        case _:
            touch([f"{record._meta.model_name}:{record.pk}", LATEST])
