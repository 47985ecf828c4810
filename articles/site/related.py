"""Which other articles belong to one, and why.

What few articles share says more than what many do: each thing shared weighs one over the logarithm of how many
articles have it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import log

from django.utils.translation import gettext, gettext_lazy, ngettext, pgettext

from articles.models import Appearance, Article, Entity, Quote, Tag, TaggedArticle
from articles.site.wording import listed

NUMBER = 4
# An entity in more articles than this says nothing about any of them.
TOO_COMMON = 200
# The latest articles of a tag: enough to see how common it is.
TAGGED = 200
WEIGHTS = {Entity.Kind.PERSON: 1.0, Entity.Kind.ORGANISATION: 0.8, Entity.Kind.LOCATION: 0.4}
QUOTED = 1.5
TAG = 0.7
NAMED = 2
PICKED = gettext_lazy("picked by the editors")


@dataclass(slots=True)
class Ties:
    """What one article shares with another."""

    weight: float = 0.0
    quoted: list[Entity] = field(default_factory=list)
    shown: list[Entity] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)

    @property
    def reason(self) -> str:
        """In words: “both quote Mira Voss; both are about Lagos; 2 shared tags”."""
        parts = []
        if self.quoted:
            parts.append(gettext("both quote {names}").format(names=names(self.quoted)))
        about = [entity for entity in self.shown if entity not in self.quoted]
        if about:
            parts.append(gettext("both are about {names}").format(names=names(about)))
        if len(self.tags) == 1:
            parts.append(gettext("both under “{tag}”").format(tag=self.tags[0]))
        elif self.tags:
            number = len(self.tags)
            parts.append(ngettext("{number} shared tag", "{number} shared tags", number).format(number=number))
        return pgettext("between reasons", "; ").join(parts)


@dataclass(frozen=True, slots=True)
class Related:
    article: Article
    reason: str


def related_articles(article: Article) -> list[Related]:
    """What editors chose to be read after `article`, then what has the strongest ties to it.

    `article` comes from `for_detail()`.
    """
    reasons = dict.fromkeys(Article.objects.picked_for(article).values_list("pk", flat=True), str(PICKED))
    for pk, ties in strongest_ties(article):
        reasons.setdefault(pk, ties.reason)
    found = Article.objects.published().for_card().in_bulk(list(reasons))
    related = [Related(found[pk], reason) for pk, reason in reasons.items() if pk in found]
    return related[: max(NUMBER, sum(each.reason == str(PICKED) for each in related))]


def ties_of(article: Article) -> set[str]:
    """The keys of all by which another article may come to be related to this one."""
    names = {f"entity:{each.entity_id}" for each in article.shown_appearances if _tells(each.entity)}
    speakers = {
        f"entity:{quote.speaker_id}" for quote in article.shown_quotes if quote.speaker and _tells(quote.speaker)
    }
    return names | speakers | {f"tag:{tag.pk}" for tag in article.tags.all()}


def _tells(entity: Entity) -> bool:
    return entity.article_count <= TOO_COMMON


def strongest_ties(article: Article) -> list[tuple[int, Ties]]:
    """The keys of the articles with the strongest ties to this one, the strongest first."""
    ties: defaultdict[int, Ties] = defaultdict(Ties)
    add_names(ties, article)
    add_quoted(ties, article)
    add_tags(ties, article)
    return by_strength(ties)[: 2 * NUMBER]


def by_strength(ties: Mapping[int, Ties]) -> list[tuple[int, Ties]]:
    """The strongest first, of two alike the later article."""
    # Weights are added up in whatever order the rows come: what differs after the sixth decimal is the same.
    return sorted(ties.items(), key=lambda tie: (-round(tie[1].weight, 6), -tie[0]))


def add_names(ties: defaultdict[int, Ties], article: Article) -> None:
    entities = {
        each.entity_id: each.entity
        for each in article.shown_appearances
        if 1 < each.entity.article_count + (not article.is_published) <= TOO_COMMON
    }
    rows = Appearance.objects.public().filter(entity__in=entities).exclude(article=article)
    for pk, entity_pk in rows.values_list("article_id", "entity_id"):
        entity = entities[entity_pk]
        ties[pk].weight += WEIGHTS[Entity.Kind(entity.kind)] / log(1 + entity.article_count)
        ties[pk].shown.append(entity)


def add_quoted(ties: defaultdict[int, Ties], article: Article) -> None:
    speakers = {
        quote.speaker_id: quote.speaker
        for quote in article.shown_quotes
        if quote.speaker and quote.speaker.article_count <= TOO_COMMON
    }
    rows = Quote.objects.public().filter(speaker__in=speakers).exclude(article=article).order_by()
    for pk, speaker_pk in rows.values_list("article_id", "speaker_id").distinct():
        speaker = speakers[speaker_pk]
        ties[pk].weight += QUOTED / log(2 + speaker.article_count)
        ties[pk].quoted.append(speaker)


def add_tags(ties: defaultdict[int, Ties], article: Article) -> None:
    tags = {tag.pk: tag for tag in article.tags.all()}
    rows = TaggedArticle.objects.filter(tag__in=tags, content_object__status=Article.Status.PUBLISHED)
    bearing: defaultdict[int, list[int]] = defaultdict(list)
    for pk, tag_pk in rows.order_by("-content_object_id").values_list("content_object_id", "tag_id")[
        : TAGGED * max(len(tags), 1)
    ]:
        if pk != article.pk:
            bearing[tag_pk].append(pk)
    for tag_pk, pks in bearing.items():
        for pk in pks:
            ties[pk].weight += TAG / log(2 + len(pks))
            ties[pk].tags.append(tags[tag_pk])


def names(entities: list[Entity]) -> str:
    rarest = sorted(entities, key=lambda entity: (entity.article_count, entity.name))[:NAMED]
    return listed(entity.name for entity in rarest)
