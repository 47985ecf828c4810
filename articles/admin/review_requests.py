"""What the review screen sends, read into items: as JSON from its script, or as the fields of a plain form."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from articles.admin.review_cards import cards_of
from articles.editing.review.batches import NEW, OTHER, STATES, Item, Place
from articles.editing.review.places import places_of
from articles.editing.review.rows import read_sheet
from articles.models import Article, Entity

ACTIONS = {*STATES, "kind", "link", "speaker", "span", "add"}
KINDS = {*Entity.Kind.values, OTHER, "quotation"}
# A batch is what an editor did at once; one that accepts every name of a long story is the largest.
MOST_ITEMS = 2_000
# What a screen sends of the words around a place.
LONGEST_CONTEXT = 100


class Malformed(Exception):
    """A request that no screen of ours sends."""


# JSON.


def read_object(body: bytes) -> Mapping[str, Any]:
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Malformed(_("This is no JSON.")) from error
    if not isinstance(sent, dict):
        raise Malformed(_("Expected an object."))
    return sent


def read_list(value: Any) -> list[Any]:
    if not isinstance(value, list) or len(value) > MOST_ITEMS:
        raise Malformed(_("Expected a list of at most %d items.") % MOST_ITEMS)
    return value


def read_number(value: Any) -> uuid.UUID:
    try:
        return uuid.UUID(str(value))
    except ValueError as error:
        raise Malformed(_("“%(value)s” is no number of a batch.") % {"value": value}) from error


def read_item(said: Any) -> Item:
    if not isinstance(said, dict) or said.get("action") not in ACTIONS or said.get("kind", OTHER) not in KINDS:
        raise Malformed(_("An item names a row, what to do, and of which kind."))
    record = said.get("record")
    if record is not None and not isinstance(record, int):
        raise Malformed(_("A record is told by its number."))
    return Item(
        row=str(said.get("row", "")),
        action=said["action"],
        revision=str(said.get("revision", "")),
        kind=said.get("kind", ""),
        record=record,
        name=str(said.get("name", ""))[:200],
        place=_read_place(said["place"]) if said.get("place") else None,
        places=tuple(_read_place(each) for each in read_list(said.get("places", []))),
    )


def _read_place(said: Any) -> Place:
    if not isinstance(said, dict) or not all(type(said.get(end)) is int for end in ("start", "end")):
        raise Malformed(_("A place begins and ends at a number."))
    words = {name: str(said.get(name, "")) for name in ("exact", "prefix", "suffix")}
    return Place(
        said["start"],
        said["end"],
        words["exact"],
        words["prefix"][-LONGEST_CONTEXT:],
        words["suffix"][:LONGEST_CONTEXT],
    )


# One choice a card.


def form_items(sent: Any, article: Article) -> list[Item]:
    """What an editor chose in a form.

    Raises:
        Malformed: the words that were to be marked are not in the text.
    """
    return [*_chosen(sent, article), *_sure(sent, article), *_missed(sent, article)]


def _chosen(sent: Any, article: Article) -> Iterable[Item]:
    """One item a card whose choice is not “leave it”: “accept”, “kind:person”, “link:12”; a speaker by name."""
    for field in sent:
        kind, _colon, row = field.partition(":")
        action, _colon, value = sent[field].partition(":")
        revision = sent.get(f"seen:{row}", "")
        if kind == "do" and action in STATES:
            yield Item(row, action, revision)
        elif kind == "do" and action == "kind" and value in KINDS:
            yield Item(row, "kind", revision, kind=value)
        elif kind == "do" and action == "link" and value.isdecimal():
            yield Item(row, "link", revision, record=int(value))
        elif kind == "do" and action == "speaker":
            yield Item(row, "speaker", revision, record=_speaker(article, sent.get(f"speaker:{row}", "")))


def _speaker(article: Article, name: str) -> int | None:
    """The record of the article that goes by this name; None where the box was left empty, or names nobody."""
    named = article.appearances.filter(entity__name__iexact=name.strip()).values_list("entity", flat=True)
    return named.first() if name.strip() else None


def _sure(sent: Any, article: Article) -> Iterable[Item]:
    if "accept_sure" in sent:
        for card in cards_of(read_sheet(article)):
            if card.is_sure:
                yield Item(card.key, "accept", card.revision)


def _missed(sent: Any, article: Article) -> Iterable[Item]:
    words, kind = " ".join(sent.get("missed", "").split()), sent.get("missed_kind", "")
    if not words or kind not in KINDS - {OTHER}:
        return
    found = places_of(words, read_sheet(article))
    places = tuple(Place(span.start, span.end, words) for span in found[: 1 if kind == "quotation" else None])
    if not places:
        message = _("“%(words)s” stands nowhere in the text where it is not part of a name already.")
        raise Malformed(message % {"words": words})
    yield Item(NEW, "add", kind=kind, places=places)
