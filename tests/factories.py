"""Records with sensible defaults, so that a test names only what matters to it.

Spans are found by the words: `make_quote(article, "“Rain,”")` looks its words up in the article's text, as
`make_appearance(article, person)` does with the person's name.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from articles.editing.counts import refresh_counts_of
from articles.editing.days import count_days
from articles.models import (
    Alias,
    Appearance,
    Article,
    ArticlePicture,
    Author,
    Byline,
    Entity,
    Location,
    Organisation,
    Origin,
    Person,
    Picture,
    ProposedTag,
    Quote,
    Role,
    Section,
    Series,
    State,
    Tag,
)
from articles.models.review import SHOWN
from articles.text.body import plain_text

numbers = itertools.count(1)
RELEASED = datetime(2031, 5, 2, 9, 30, tzinfo=UTC)


# The articles that `counted_together` will count, where something is made within it.
waiting: list[Article] | None = None


@contextmanager
def counted_together() -> Iterator[None]:
    """What is made within is counted once, at the end: for archives of more than a few rows."""
    global waiting
    waiting = []
    try:
        yield
        refresh_counts_of(waiting)
    finally:
        waiting = None


def count(article: Article) -> None:
    if waiting is None:
        refresh_counts_of([article])
    else:
        waiting.append(article)


def make_article(
    *, tags: tuple[str | Tag, ...] = (), byline: tuple[str, ...] = (), status: str = "published", **fields: Any
) -> Article:
    """A published article; `status="draft"` for one that readers do not see. The names of `byline` have no authors."""
    fields.setdefault("headline", f"Harbour bridge opens, part {next(numbers)}")
    fields.setdefault("body", "<p>The bridge over the harbour opened on Friday.</p>")
    fields.setdefault("text", plain_text(fields["body"]))
    fields.setdefault("language", "en")
    if status == "published":
        fields.setdefault("released", RELEASED)
    if status == "withdrawn":
        fields.setdefault("withdrawn_at", RELEASED)
    article = Article.objects.create(status=status, **fields)
    article.tags.set(tags)
    count_days([article.pk])
    if tags:
        count(article)
    for name in byline:
        make_byline(article, name=name)
    return article


def bear(record: Article | Quote, *tags: str | Tag) -> None:
    """Give a record these tags and no others."""
    record.tags.set(tags)
    count(record if isinstance(record, Article) else record.article)


def make_author(name: str = "", **fields: Any) -> Author:
    return Author.objects.create(name=name or f"Ana Lopez {next(numbers)}", **fields)


def make_byline(article: Article, author: Author | None = None, name: str = "", **fields: Any) -> Byline:
    """The last name on the article's byline, that of `author` where none is given."""
    name = name or (author.name if author else "Tidewire")
    position = article.bylines.count() + 1
    return Byline.objects.create(**{"article": article, "author": author, "name": name, "position": position, **fields})


def make_picture(**fields: Any) -> Picture:
    """A picture on record, without its files: `add_picture` makes those."""
    number = next(numbers)
    defaults = {"file": f"pictures/{number:032x}/whole.webp", "width": 1500, "height": 1000, "alt": f"Ferry {number}"}
    return Picture.objects.create(**{**defaults, **fields})


def place_picture(article: Article, picture: Picture, **fields: Any) -> ArticlePicture:
    """The last picture of an article."""
    position = article.pictures.count() + 1
    return ArticlePicture.objects.create(**{"article": article, "picture": picture, "position": position, **fields})


def make_person(name: str = "", **fields: Any) -> Person:
    name = name or f"Mira Voss {next(numbers)}"
    given, _, family = name.rpartition(" ")
    return make_entity(Person, name, **{"given_name": given, "family_name": family, **fields})


def make_organisation(name: str = "", **fields: Any) -> Organisation:
    return make_entity(Organisation, name or f"Harbour Board {next(numbers)}", **fields)


def make_location(name: str = "", **fields: Any) -> Location:
    return make_entity(Location, name or f"Port Linden {next(numbers)}", **fields)


def make_entity(model: type[Any], name: str, *, aliases: tuple[str, ...] = (), tags: tuple[str, ...] = (), **fields):
    entity = model.objects.create(name=name, **fields)
    for alias in aliases:
        Alias.objects.create(entity=entity, name=alias)
    entity.tags.set(tags)
    return entity


def make_appearance(
    article: Article, entity: Entity, *words: str, state: str = State.ACCEPTED, **fields: Any
) -> Appearance:
    """One entity in one article, at the first place of each of `words` (its name, where none are given)."""
    found = [place(article.text, each) for each in words or (entity.name,) if each in article.text]
    appearance = Appearance.objects.create(
        article=article,
        entity_id=entity.pk,
        state=state,
        **{"name": entity.name, "spans": found, "start": found[0][0] if found else 0, **fields},
    )
    if state in SHOWN:
        count(article)
    return appearance


def make_quote(
    article: Article, *pieces: str, speaker: Entity | None = None, state: str = State.ACCEPTED, **fields: Any
) -> Quote:
    """A quotation whose `pieces` stand in the article's text."""
    spans = [place(article.text, piece) for piece in pieces or (article.text,)]
    quote = Quote.objects.create(
        article=article,
        speaker_id=speaker and speaker.pk,
        state=state,
        **{
            "text": " ".join(article.text[start:end] for start, end in spans),
            "spans": spans,
            "start": spans[0][0],
            **fields,
        },
    )
    if state in SHOWN:
        count(article)
    return quote


def make_role(
    article: Article, person: Person, title: str = "harbour master", *, state: str = State.ACCEPTED, **fields: Any
) -> Role:
    start = max(article.text.find(title), 0)
    return Role.objects.create(
        article=article,
        person=person,
        title=title,
        state=state,
        **{"origin": Origin.EXTRACTED, "start": start, "end": start + len(title), "date": date(2031, 5, 2), **fields},
    )


def make_tag(name: str = "", **fields: Any) -> Tag:
    return Tag.objects.create(name=name or f"Bridges {next(numbers)}", **fields)


def place(text: str, words: str) -> list[int]:
    start = text.index(words)
    return [start, start + len(words)]


def make_section(name: str = "", **fields: Any) -> Section:
    return Section.objects.create(name=name or f"Harbours {next(numbers)}", **fields)


def make_series(name: str = "", *articles: Article, **fields: Any) -> Series:
    """A series whose parts are `articles`, in their order."""
    series = Series.objects.create(name=name or f"The long crossing {next(numbers)}", **fields)
    for number, article in enumerate(articles, start=1):
        article.series, article.part = series, number
        article.save()
    return series


def make_proposed_tag(article: Article, name: str, **fields: Any) -> ProposedTag:
    """A tag proposed for an article, as one of the archive where it has that name."""
    return ProposedTag.objects.create(article=article, name=name, tag=Tag.objects.filter(name=name).first(), **fields)
