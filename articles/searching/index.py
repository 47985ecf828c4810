"""Keep the index in step with the records, in the transaction that changes them or, outside the database, just after.

Whatever changes a record says so to one of the `follow_…` functions. They compare what the record says now with what
the index has and write what differs, so that saying it twice costs little.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.db.models import Model, QuerySet

from articles.models import Article, Entity, Quote, SearchEntry, Tag, TaggedArticle
from articles.models.inserting import insert_rows
from articles.searching.delivering import deliver, deliver_later
from articles.searching.documents import BREAK, KINDS, TAG, Document, documents_of
from articles.searching.engines import engine
from articles.searching.entries import PENDING, digest_of, entry_of, portions
from articles.searching.places import Kind
from articles.searching.spelling import learn

REBUILT = 500  # records written in one transaction of a rebuild: nobody waits for longer than a second
ROWS: dict[Kind, type[Model]] = {Kind.ARTICLE: Article, Kind.QUOTATION: Quote, Kind.TAG: Tag}


@dataclass(frozen=True, slots=True)
class Known:
    """What the index has of a record."""

    place: int
    digest: int
    spoken: str
    facets: str


def follow_articles(keys: Iterable[int]) -> None:
    """Articles changed, or are gone: they, their quotations, and the topics that they bear or bore."""
    for some in portions(keys):
        bore = SearchEntry.objects.filter(kind=Kind.ARTICLE, key__in=some).values_list("facets", flat=True)
        tags = {int(facet[len(TAG) :]) for facets in bore for facet in facets.split() if facet.startswith(TAG)}
        tags.update(TaggedArticle.objects.filter(content_object__in=some).values_list("tag", flat=True))
        quotes = set(SearchEntry.objects.filter(within__in=some).values_list("key", flat=True))
        quotes.update(Quote.objects.filter(article__in=some).order_by().values_list("pk", flat=True))
        _follow(Kind.ARTICLE, some)
        for each in portions(quotes):
            _follow(Kind.QUOTATION, each)
        follow_tags(tags)


def follow_entities(keys: Iterable[int]) -> None:
    """Records changed, or are gone; where one has another name, the quotations by it are found by that name."""
    for some in portions(keys):
        renamed: set[int] = set()
        for kind in KINDS.values():
            renamed |= _follow(kind, some)
        for each in portions(Quote.objects.filter(speaker__in=renamed).order_by().values_list("pk", flat=True)):
            _follow(Kind.QUOTATION, each)


def follow_tags(keys: Iterable[int]) -> None:
    for some in portions(keys):
        _follow(Kind.TAG, some)


def _follow(kind: Kind, keys: Collection[int]) -> set[int]:
    """Bring the entries of some records in step; returns which have another name than before."""
    known = _known(kind, keys)
    documents = {document.key: document for document in documents_of(kind, keys)}
    changed = [
        document for key, document in documents.items() if key not in known or known[key].digest != digest_of(document)
    ]
    gone = [key for key in known if key not in documents]
    if changed or gone:
        _write(kind, changed, gone)
    return {
        document.key
        for document in changed
        if document.spoken and document.key in known and known[document.key].spoken != document.spoken
    }


def _known(kind: Kind, keys: Collection[int]) -> dict[int, Known]:
    rows = SearchEntry.objects.filter(kind=kind, key__in=keys)
    fields = rows.values_list("key", "place", "digest", "spoken", "facets")
    return {key: Known(place, digest, spoken, facets) for key, place, digest, spoken, facets in fields}


@transaction.atomic
def _write(kind: Kind, documents: Sequence[Document], gone: Collection[int]) -> None:
    keys = [*(document.key for document in documents), *gone]
    rows = SearchEntry.objects.filter(kind=kind, key__in=keys).order_by("key")
    # Held until the end: whoever else writes one of them meanwhile would leave its words where nobody finds them.
    there = dict(rows.select_for_update().values_list("key", "place"))
    SearchEntry.objects.filter(kind=kind, key__in=gone).delete()
    entries = [entry_of(document) for document in documents]
    rows_of_tokens = [document.tokens for document in documents]
    insert_rows([entry for entry in entries if entry.key not in there])
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE articles_searchentry SET place = %s, within = %s, facets = %s, spoken = %s, digest = %s"
            " WHERE kind = %s AND key = %s",
            [
                (each.place, each.within, each.facets, each.spoken, each.digest, kind, each.key)
                for each in entries
                if each.key in there
            ],
        )
    if engine().is_outside:
        deliver_later(kind, keys, there.values())
    else:
        engine().remove(list(there.values()))
        engine().write([(document.place, tokens) for document, tokens in zip(documents, rows_of_tokens, strict=True)])
    words = {token for tokens in rows_of_tokens for token in tokens.split(" ") if BREAK not in token}
    # Two imports may bring the same new word: neither waits for the other's end.
    transaction.on_commit(partial(learn, words))


# The whole of it.


def rebuild() -> int:
    """Bring every entry in step, whatever is there; returns how many records there are.

    Each portion is a transaction of its own: the site goes on, and a second run ends what a broken one began.
    """
    number = 0
    if engine().is_outside:
        engine().write([])  # the index is there from now on, even of nothing
    for kind in Kind:
        for some in portions(_all_keys(kind), REBUILT):
            with transaction.atomic():
                known = _known(kind, some)
                lost = {each.place for each in known.values()} - engine().held([each.place for each in known.values()])
                if lost:
                    SearchEntry.objects.filter(place__in=lost).delete()
                _follow(kind, some)
            if engine().is_outside:
                # Brought by now, if it answers; if not, this says so.
                deliver(kind, some)
            number += len(some)
        for some in portions(_strays(kind)):
            _follow(kind, some)
    _remove_words_of_nothing()
    return number


def disagreements() -> Iterator[str]:
    """One line for each record whose entry is missing, or says something else than the record; nothing is changed."""
    for kind in Kind:
        name = kind.name.lower()
        for some in portions(_all_keys(kind)):
            known = _known(kind, some)
            held = engine().held([each.place for each in known.values()])
            for document in documents_of(kind, some):
                entry = known.get(document.key)
                if entry is None:
                    yield f"{name} {document.key}: the search does not know it"
                elif entry.digest == PENDING:
                    yield f"{name} {document.key}: its words have not reached the search yet"
                elif entry.digest != digest_of(document):
                    yield f"{name} {document.key}: the search knows it as it was"
                elif entry.place not in held:
                    yield f"{name} {document.key}: the search has none of its words"
        for key in _strays(kind):
            yield f"{name} {key}: the search knows it, and it is gone"
    if engine().total() > SearchEntry.objects.count():
        yield "the search has words of records that it does not know"


def _all_keys(kind: Kind) -> list[int]:
    return list(_rows(kind).order_by("pk").values_list("pk", flat=True))


def _rows(kind: Kind) -> QuerySet[Any]:
    if kind in ROWS:
        return ROWS[kind]._default_manager.all()
    return Entity.objects.filter(kind=kind.name.lower())


def _strays(kind: Kind) -> list[int]:
    """Entries of records that are gone."""
    entries = SearchEntry.objects.filter(kind=kind).exclude(key__in=_rows(kind).order_by().values("pk"))
    return list(entries.values_list("key", flat=True))


def _remove_words_of_nothing() -> None:
    if engine().total() <= SearchEntry.objects.count():
        return
    last = 0
    while places := engine().places_after(last):
        known = set(SearchEntry.objects.filter(place__in=places).values_list("place", flat=True))
        engine().remove([place for place in places if place not in known])
        last = places[-1]
