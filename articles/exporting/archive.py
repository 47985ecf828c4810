"""What readers see, or all there is, one after the other: as much memory for a million articles as for a hundred."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from articles.editing.whole import Whole
from articles.exporting.addresses import Addresses
from articles.exporting.facts import with_details
from articles.exporting.followthemoney import article_lines, as_entity, as_line, role_lines
from articles.exporting.markdown import as_document
from articles.exporting.newsml import as_newsml
from articles.exporting.ninjs import as_ninjs
from articles.exporting.whole import whole_line
from articles.models import Article, Location, Organisation, Person, Role

AT_ONCE = 100


def in_portions(rows: Any) -> Iterator[list[Any]]:
    """All rows in the order of their numbers, each portion asked for anew: what is withdrawn meanwhile is left out."""
    last = 0
    while portion := list(rows.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        yield portion
        last = portion[-1].pk


def published_articles() -> Iterator[Article]:
    for portion in in_portions(Article.objects.published().for_detail()):
        yield from portion


def all_articles() -> Iterator[Article]:
    for portion in in_portions(Article.objects.select_related("section")):
        yield from portion


def entity_lines(at: Addresses) -> Iterator[dict[str, Any]]:
    """Every person, organisation and place in FollowTheMoney, behind people the offices they hold.

    A position that people of several portions hold is told again with each.
    """
    for model in (Organisation, Location, Person):
        for portion in in_portions(with_details(model.objects.public())):
            for entity in portion:
                yield as_entity(entity, at)
            if model is Person:
                yield from role_lines(Role.objects.public().filter(person__in=portion), at)


def mention_lines(at: Addresses) -> Iterator[dict[str, Any]]:
    """Every article in FollowTheMoney, each with its mentions."""
    for article in published_articles():
        yield from article_lines(article, at)


def ninjs_line(article: Article, at: Addresses) -> str:
    return json.dumps(as_ninjs(article, at), ensure_ascii=False, separators=(",", ":")) + "\n"


def ftm_lines(article: Article, at: Addresses) -> str:
    return "".join(map(as_line, article_lines(article, at)))


def written_whole() -> Callable[[Article, Addresses], str]:
    """Writes articles with all that the newsroom knows of them; what it said of a record it has at hand."""
    whole = Whole()
    return lambda article, at: whole_line(article, whole)


# All articles with all of it, for this newsroom or another one; the other formats have what readers see.
WHOLE = "jsonl"
# Formats that stand line by line in one stream, and those that need a file each, by the end of its name.
STREAMED: dict[str, Callable[[Article, Addresses], str]] = {"ninjs": ninjs_line, "ftm": ftm_lines}
FILED: dict[str, tuple[str, Callable[[Article, Addresses], str | bytes]]] = {
    "newsml": (".xml", as_newsml),
    "markdown": (".md", as_document),
}
