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


def printed_names(writers: Iterable[str], credits: Iterable[Credit] = ()) -> list[list[str]]:
    """Each name that a document prints, once for each thing that it says they did, with that: name and role."""
    named = [Credit(name, Byline.Role.REPORTING.value) for name in writers] + list(credits)
    printed = dict.fromkeys((each.name.strip()[:200], each.role) for each in named if each.name.strip())
    return [[name, role] for name, role in printed]


def said_by(names: Iterable[PrintedName]) -> list[list[str]]:
    """The same of the rows of a byline."""
    return [[each["name"], each["role"]] for each in names]


class Authors:
    """The authors whose names documents print, each looked up once, and made where there is none."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        """Those of these names are looked up together."""
        self._known: dict[str, list[int]] = {}
        self._look_up({name_key(name) for name in names})

    def rows_by_name(self, writers: Iterable[str], credits: Iterable[Credit] = ()) -> list[PrintedName]:
        """The rows that a document's names make: each with the one author of that name.

        An agency is no author. Where two authors bear the name, an editor has to say which.
        """
        printed = printed_names(writers, credits)
        return [{"name": name, "role": role, "author": self._author_of(name)} for name, role in printed]

    def _author_of(self, name: str) -> int | None:
        key = name_key(name)
        if is_agency(name) or not key:
            return None
        if key not in self._known:
            self._look_up({key})
        known = self._known[key]
        if not known:
            known.append(Author.objects.create(name=name).pk)
        return known[0] if len(known) == 1 else None

    def _look_up(self, keys: set[str]) -> None:
        self._known |= {key: [] for key in keys}
        for key, number in Author.objects.filter(key__in=keys).order_by("pk").values_list("key", "pk"):
            self._known[key].append(number)


@contextmanager
def editing_byline(article: Article, *, user: User | None) -> Iterator[None]:
    """Around whatever changes the rows of a byline by hand: orders them anew and writes down what changed.

    From then on imports leave the byline alone, and what the source said of it is kept.
    """
    with transaction.atomic():
        before = byline_of(article)
        yield
        _number(article)
        after = byline_of(article)
        if before == after:
            return
        if article.fingerprint and "byline" not in article.edited_fields:
            article.source_fields = {**article.source_fields, "byline": said_by(before)}
        article.edited_fields = sorted({*article.edited_fields, "byline"})
        article.save(update_fields=["edited_fields", "source_fields", "modified"])
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
    return [one_in_words(*each) for each in said_by(names)]


def one_in_words(name: str, role: str) -> str:
    return name if role == Byline.Role.REPORTING else f"{name} ({Byline.Role(role).label})"
