"""The front page: what editors placed there, and below it the latest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from articles.models import Appearance, Article, Entity, Section

BESIDE = 4
MORE = 4
SECTION = 4
# So many of the latest are looked through for the sections; what is older is no news.
RECENT = 100
# Whose names and topics are in the news: those of so many of the latest.
NEWS = 30
NAMES = 8


@dataclass(frozen=True, slots=True)
class Front:
    """One front page, read from the top: what is breaking, the lead, stories beside it, further ones, then sections."""

    breaking: Sequence[Article]
    lead: Article | None
    beside: Sequence[Article]
    more: Sequence[Article]
    sections: Sequence[tuple[Section, Sequence[Article]]]
    is_picked: bool
    newest: Sequence[int]


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
        newest=[article.pk for article in latest[:NEWS]],
    )


def by_section(articles: Iterable[Article]) -> list[tuple[Section, list[Article]]]:
    """The first few articles of each section, the sections in the order of the masthead."""
    found: dict[Section, list[Article]] = {}
    for article in articles:
        if article.section and len(found.setdefault(article.section, [])) < SECTION:
            found[article.section].append(article)
    return sorted(found.items(), key=lambda each: (each[0].position, each[0].name))


def in_the_news(articles: Collection[int]) -> dict[str, list[Entity]]:
    """The `people`, `organisations` and `locations` that most of these articles show, with `shared`: how many do."""
    shown = Appearance.objects.shown().filter(article__in=articles, entity__merged_into=None)
    numbers = Counter(shown.values_list("entity", "entity__kind", "entity__article_count", "entity__name"))
    found: dict[str, list[int]] = {kind: [] for kind in Entity.Kind.values}
    order = sorted(numbers, key=lambda each: (-numbers[each], -each[2], each[3], each[0]))
    for key, kind, _count, _name in order:
        if len(found[kind]) < NAMES:
            found[kind].append(key)
    entities = Entity.objects.in_bulk([key for keys in found.values() for key in keys])
    for row in order:
        if row[0] in entities:
            entities[row[0]].shared = numbers[row]  # type: ignore[attr-defined]
    kinds = {"people": "person", "organisations": "organisation", "locations": "location"}
    return {name: [entities[key] for key in found[kind]] for name, kind in kinds.items()}
