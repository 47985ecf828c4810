"""Who and what an article shows, in order of appearance."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from articles.models import Article, Entity
from articles.site.related import TOO_COMMON


@dataclass(frozen=True, slots=True)
class Shown:
    """One entity of an article: what the article calls it, how often it is quoted there."""

    entity: Entity
    role: str
    quotes: int

    @property
    def articles(self) -> int:
        """In how many articles it is shown, where that says something; it would change every day of a capital."""
        return self.entity.article_count if 1 < self.entity.article_count <= TOO_COMMON else 0


def whos_who(article: Article) -> dict[str, list[Shown]]:
    """The `people`, `organisations` and `locations` of an article from `for_detail()`."""
    quotes = Counter(quote.speaker_id for quote in article.shown_quotes)
    shown: dict[str, list[Shown]] = {kind: [] for kind in Entity.Kind.values}
    for each in article.shown_appearances:
        shown[each.entity.kind].append(Shown(each.entity, each.role, quotes[each.entity_id]))
    return {
        "people": shown[Entity.Kind.PERSON],
        "organisations": shown[Entity.Kind.ORGANISATION],
        "locations": shown[Entity.Kind.LOCATION],
    }
