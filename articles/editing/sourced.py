"""Where the source says something else than the desk: what it says is kept, and shown, and taken if an editor wants it.

A field that an editor typed wins over the wire. Once the source's is taken, later versions of the story change the
field again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from articles.documents.story import Credit
from articles.editing.bylines import Authors, byline_of, editing_byline, one_in_words, said_by, set_byline
from articles.editing.comparing import label_of
from articles.editing.ledger import parsed, plain
from articles.editing.revise import begin_edit, save_edit
from articles.models import Article
from articles.text.body import plain_text

# What a story brings and an editor may type, in the order of the form. Tags of a story are proposed, not typed over.
SOURCED = (
    "headline",
    "standfirst",
    "dateline_place",
    "dateline_agency",
    "body",
    "published",
    "publisher",
    "address",
    "language",
    "end_notes",
    "urgency",
    "copyright",
    "instructions",
    "byline",
)
# What is no column of the article, by the name of its rows.
ROWS = {"byline": "bylines"}
FOLLOWERS = {"published": ("published_has_time",)}


class NotTaken(Exception):
    """Why what the source says cannot be taken, in words for the editor."""


@dataclass(frozen=True, slots=True)
class Differing:
    """A field of which the source says something else: its name, what it is called, and the source's words."""

    field: str
    label: str
    theirs: str


def differing(article: Article) -> list[Differing]:
    """The fields that an editor typed and of which the source says something else, in the order of the form."""
    said = article.source_fields
    kept = [field for field in SOURCED if field in said and field in article.edited_fields]
    others = [field for field in kept if _own(article, field) != said[field]]
    return [
        Differing(field, label_of("bylines" if field == "byline" else field), _in_words(field, said))
        for field in others
    ]


@transaction.atomic
def take_from_source(article: Article, fields: Collection[str], *, user: User) -> list[str]:
    """Give an article what its source says of these fields; returns which differed and were taken.

    Later versions of the story change them again.

    Raises:
        NotTaken: another article has the address that the source gives; nothing was changed.
    """
    article = Article.objects.select_for_update().get(pk=article.pk)
    taken = [each.field for each in differing(article) if each.field in fields]
    typed = [field for field in taken if field not in ROWS]
    for field in _with_followers(typed):
        if field in article.source_fields:
            setattr(article, field, parsed(Article, field, article.source_fields[field]))
    others = Article.objects.filter(address=article.address).exclude(pk=article.pk)
    if "address" in taken and article.address and others.exists():
        raise NotTaken(_("Another article has the address %(address)s.") % {"address": article.address})
    if typed:
        save_edit(article, changed=typed, user=user)
    elif taken:
        begin_edit(article, user=user)
    if "byline" in taken:
        with editing_byline(article, user=user):
            credits = [Credit(*each) for each in article.source_fields["byline"]]
            set_byline(article, Authors().rows_by_name([], credits))
    if taken:
        Article.objects.filter(pk=article.pk).update(
            edited_fields=[field for field in article.edited_fields if field not in taken],
            source_fields={key: value for key, value in article.source_fields.items() if key not in taken},
        )
    return taken


def _own(article: Article, field: str) -> Any:
    return said_by(byline_of(article)) if field == "byline" else plain(Article, field, getattr(article, field))


def _with_followers(fields: Iterable[str]) -> list[str]:
    return [each for field in fields for each in (field, *FOLLOWERS.get(field, ()))]


def _in_words(field: str, said: Mapping[str, Any]) -> str:
    value = said[field]
    if field == "body":
        return plain_text(value)
    if field == "byline":
        return "\n".join(one_in_words(*each) for each in value)
    if field == "published" and value:
        moment = localtime(parsed(Article, field, value))
        return date_format(moment, "DATETIME_FORMAT" if said.get("published_has_time") else "DATE_FORMAT")
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return "" if value is None else str(value)
