"""The front page: what editors placed there, and below it the latest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from articles.models import Article, Section

BESIDE = 4
MORE = 4
SECTION = 4
# So many of the latest are looked through for the sections; what is older is no news.
RECENT = 100


@dataclass(frozen=True, slots=True)
class Front:
    """One front page, read from the top: what is breaking, the lead, stories beside it, further ones, then sections."""

    breaking: Sequence[Article]
    lead: Article | None
    beside: Sequence[Article]
    more: Sequence[Article]
    sections: Sequence[tuple[Section, Sequence[Article]]]
    is_picked: bool


def front_page() -> Front:
    published = Article.objects.published()
    picked = list(published.on_front_page().for_home())
    latest = list(published.exclude(front_page_place__isnull=False).latest_first().for_home()[:RECENT])
    stories = [*picked, *latest]
    shown = max(1 + BESIDE + MORE, len(picked))
    beside = stories[1 : 1 + BESIDE]
    above = {article.pk for article in stories[: 1 + BESIDE]}
    breaking = published.breaking().latest_first().only("headline", "slug", "language")[: 1 + BESIDE]
    return Front(
        breaking=[article for article in breaking if article.pk not in above],
        lead=stories[0] if stories else None,
        beside=beside,
        more=stories[1 + BESIDE : shown],
        sections=by_section(stories[shown:]),
        is_picked=len(picked) > 1,
    )


def by_section(articles: Iterable[Article]) -> list[tuple[Section, list[Article]]]:
    """The first few articles of each section, the sections in the order of the masthead."""
    found: dict[Section, list[Article]] = {}
    for article in articles:
        if article.section and len(found.setdefault(article.section, [])) < SECTION:
            found[article.section].append(article)
    return sorted(found.items(), key=lambda each: (each[0].position, each[0].name))
