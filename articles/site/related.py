"""Which other articles belong to one, and why.

What few articles share says more than what many do: each thing shared weighs one over the logarithm of how many
articles have it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import log
from operator import itemgetter

from django.db.models import Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext, gettext_lazy, ngettext, pgettext

from articles.models import Article, Coverage, Entity, RelatedArticle, Saying, Tag, TagCoverage
from articles.site.series import PlaceInSeries, parts_around, place_in_series
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

Pair = tuple[int, int]


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


@dataclass(frozen=True, slots=True)
class Onward:
    """What is read after an article."""

    related: list[Related]
    series: PlaceInSeries | None


def read_on(article: Article) -> Onward:
    """What editors chose to be read after `article`, then what has the strongest ties to it; and its place in a series.

    `article` comes from `for_detail()`.
    """
    around = what_is_around(article)
    reasons = dict.fromkeys(around.picked, str(PICKED))
    for pk, ties in strongest_ties(article, around):
        reasons.setdefault(pk, ties.reason)
    parts = parts_around(article, around.parts)
    found = Article.objects.published().for_card().in_bulk([*reasons, *parts.beside])
    related = [Related(found[pk], reason) for pk, reason in reasons.items() if pk in found]
    shown = max(NUMBER, sum(each.reason == str(PICKED) for each in related))
    return Onward(related[:shown], place_in_series(article, parts, found))


def ties_of(article: Article) -> set[str]:
    """The keys of all by which another article may come to be related to this one."""
    names = {f"entity:{each.entity_id}" for each in article.shown_appearances if _tells(each.entity)}
    speakers = {
        f"entity:{quote.speaker_id}" for quote in article.shown_quotes if quote.speaker and _tells(quote.speaker)
    }
    return names | speakers | {f"tag:{tag.pk}" for tag in article.tags.all()}


def _tells(entity: Entity) -> bool:
    return entity.article_count <= TOO_COMMON


@dataclass(frozen=True, slots=True)
class Around:
    """The articles that editors picked, in their order; pairs of an article and what it shares with this one, or which
    part of the same series it is."""

    picked: list[int]
    parts: list[Pair]
    shown: list[Pair]
    quoted: list[Pair]
    tags: list[Pair]


def what_is_around(article: Article) -> Around:
    """All of it by one question to the database; `article` comes from `for_detail()`."""
    speakers = {quote.speaker_id for quote in article.shown_quotes if quote.speaker and _tells(quote.speaker)}
    series = Article.objects.published().filter(series=article.series_id or 0)
    latest = [
        tag.coverage.filter(is_borne=True).order_by("-moment", "-article").values("pk")[:TAGGED]
        for tag in article.tags.all()
    ]
    picked = RelatedArticle.objects.filter(article=article).order_by()
    rows = picked.values_list(Value("picked"), "related", "position").union(
        series.order_by().values_list(Value("part"), "pk", Coalesce("part", 0)),
        Coverage.objects.filter(entity__in=_telling(article)).values_list(Value("shown"), "article", "entity"),
        Saying.objects.filter(speaker__in=speakers).values_list(Value("quoted"), "article", "speaker"),
        *(TagCoverage.objects.filter(pk__in=each).values_list(Value("tag"), "article", "tag") for each in latest),
    )
    # Django 6.1 gives the whole the order of the first part's model, which is no column of it.
    rows = rows.order_by()
    found: defaultdict[str, list[Pair]] = defaultdict(list)
    for what, pk, key in rows:
        if pk != article.pk:
            found[what].append((pk, key))
    return Around(
        picked=[pk for pk, _ in sorted(found["picked"], key=itemgetter(1))],
        parts=found["part"],
        shown=found["shown"],
        quoted=found["quoted"],
        tags=found["tag"],
    )


def _telling(article: Article) -> dict[int, Entity]:
    """Whom and what an article shows that others show as well, but few."""
    return {
        each.entity_id: each.entity
        for each in article.shown_appearances
        if _tells(each.entity) and each.entity.article_count + (not article.is_published) > 1
    }


def strongest_ties(article: Article, around: Around) -> list[tuple[int, Ties]]:
    """The keys of the articles with the strongest ties to this one, the strongest first."""
    ties: defaultdict[int, Ties] = defaultdict(Ties)
    entities = {each.entity_id: each.entity for each in article.shown_appearances}
    speakers = {quote.speaker_id: quote.speaker for quote in article.shown_quotes}
    tags = {tag.pk: tag for tag in article.tags.all()}
    bearing = Counter(key for _, key in around.tags)
    for pk, key in around.shown:
        ties[pk].weight += WEIGHTS[Entity.Kind(entities[key].kind)] / log(1 + entities[key].article_count)
        ties[pk].shown.append(entities[key])
    for pk, key in around.quoted:
        ties[pk].weight += QUOTED / log(2 + speakers[key].article_count)
        ties[pk].quoted.append(speakers[key])
    for pk, key in around.tags:
        ties[pk].weight += TAG / log(2 + bearing[key])
        ties[pk].tags.append(tags[key])
    return by_strength(ties)[: 2 * NUMBER]


def by_strength(ties: Mapping[int, Ties]) -> list[tuple[int, Ties]]:
    """The strongest first, of two alike the later article."""
    # Weights are added up in whatever order the rows come: what differs after the sixth decimal is the same.
    return sorted(ties.items(), key=lambda tie: (-round(tie[1].weight, 6), -tie[0]))


def names(entities: list[Entity]) -> str:
    rarest = sorted(entities, key=lambda entity: (entity.article_count, entity.name))[:NAMED]
    return listed(entity.name for entity in rarest)
