"""Who made an article: read, written and restored as plain rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypedDict

from django.contrib.auth.models import User
from django.db import transaction

from articles.documents.bylines import is_agency
from articles.documents.story import Credit
from articles.editing.logbook import about, write_down
from articles.models import Article, Author, Byline
from articles.models.slugs import name_key


class PrintedName(TypedDict):
    """One name on a byline; `author` is the number of the author's record."""

    name: str
    role: str
    author: int | None


def byline_of(article: Article) -> list[PrintedName]:
    rows = article.bylines.order_by("position", "pk").values_list("name", "role", "author_id")
    return [{"name": name, "role": role, "author": author} for name, role, author in rows]


@transaction.atomic
def set_byline(article: Article, names: Sequence[PrintedName]) -> None:
    """Print these names in this order and no others. An author deleted in the meantime is left out, the name stays."""
    if names == byline_of(article):
        return
    known = set(Author.objects.filter(pk__in=[each["author"] for each in names]).values_list("pk", flat=True))
    article.bylines.all().delete()
    left = [each if each["author"] in known else PrintedName({**each, "author": None}) for each in names]
    Byline.objects.bulk_create(byline_rows(article, left))


def byline_rows(article: Article, names: Sequence[PrintedName]) -> list[Byline]:
    """The rows, in their order, of names whose authors are there."""
    return [
        Byline(article=article, name=each["name"], role=each["role"], author_id=each["author"], position=position)
        for position, each in enumerate(names, start=1)
    ]


def rows_by_name(writers: Iterable[str], credits: Iterable[Credit] = ()) -> list[PrintedName]:
    """The rows that a document's names make: each with the one author of that name, who is made where there is none.

    An agency is no author. Where two authors bear the name, an editor has to say which.
    """
    named = [Credit(name, Byline.Role.REPORTING.value) for name in writers] + list(credits)
    printed = dict.fromkeys((each.name.strip()[:200], each.role) for each in named if each.name.strip())
    return [{"name": name, "role": role, "author": _author_of(name)} for name, role in printed]


def _author_of(name: str) -> int | None:
    if is_agency(name) or not name_key(name):
        return None
    known = list(Author.objects.named(name)[:2])
    if not known:
        known = [Author.objects.create(name=name)]
    return known[0].pk if len(known) == 1 else None


@contextmanager
def editing_byline(article: Article, *, user: User | None) -> Iterator[None]:
    """Around whatever changes the rows of a byline by hand: orders them anew and writes down what changed.

    From then on imports leave the byline alone.
    """
    with transaction.atomic():
        before = byline_of(article)
        yield
        _number(article)
        after = byline_of(article)
        if before == after:
            return
        article.edited_fields = sorted({*article.edited_fields, "byline"})
        article.save(update_fields=["edited_fields", "modified"])
        write_down(
            about(
                article,
                action="edit",
                before={"byline": in_words(before)},
                after={"byline": in_words(after)},
                user=user,
            )
        )


def _number(article: Article) -> None:
    rows = list(article.bylines.order_by("position", "pk"))
    for position, row in enumerate(rows, start=1):
        row.position = position
    Byline.objects.bulk_update(rows, ["position"])


def in_words(names: Iterable[PrintedName]) -> list[str]:
    """As a reader of the log understands it: “Ana Lopez”, “Bo Ek (photographs)”."""
    reporting = Byline.Role.REPORTING
    return [
        each["name"] if each["role"] == reporting else f"{each['name']} ({Byline.Role(each['role']).label})"
        for each in names
    ]
