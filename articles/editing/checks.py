"""What an article must have, and what it should have, before readers see it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db.models import Count, Q, prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Anchoring, Article, Quote, State, StoryPair
from articles.models.review import SHOWN

# What search results and cards show of a headline, and what a reader takes in of a standfirst.
LONGEST_HEADLINE = 110
LONGEST_STANDFIRST = 300


@dataclass(frozen=True, slots=True)
class Check:
    """Something that is missing or doubtful; `place` is the field of the article where it is mended."""

    key: str
    message: str
    place: str
    is_block: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What stands beside an article: quotations that somebody should look at, the article kept in its place."""

    undecided: int = 0
    stale: int = 0
    lost: int = 0
    kept_instead: str = ""


Fault = tuple[str, str]  # what is wrong in words, and the field where


def headline(article: Article, facts: Facts) -> Iterator[Fault]:
    if not article.headline.strip():
        yield _("It has no headline."), "headline"


def long_headline(article: Article, facts: Facts) -> Iterator[Fault]:
    length = len(article.headline)
    if length > LONGEST_HEADLINE:
        yield (
            _("The headline has %(length)d characters; cards and search results show %(most)d.")
            % {"length": length, "most": LONGEST_HEADLINE},
            "headline",
        )


def body(article: Article, facts: Facts) -> Iterator[Fault]:
    if not article.text.strip():
        yield _("It has no text."), "body"


def standfirst(article: Article, facts: Facts) -> Iterator[Fault]:
    length = len(article.standfirst.strip())
    if not length:
        yield _("It has no standfirst."), "standfirst"
    elif length > LONGEST_STANDFIRST:
        yield (
            _("The standfirst has %(length)d characters; %(most)d are enough.")
            % {"length": length, "most": LONGEST_STANDFIRST},
            "standfirst",
        )


def byline(article: Article, facts: Facts) -> Iterator[Fault]:
    if not article.bylines.all() and not article.publisher:
        yield _("It has no byline and names no source."), "byline"


def language(article: Article, facts: Facts) -> Iterator[Fault]:
    if not article.language:
        yield _("Its language is not given; screen readers need it."), "language"


def quotations(article: Article, facts: Facts) -> Iterator[Fault]:
    number = facts.undecided
    if number:
        yield (
            ngettext("%d quotation is not reviewed.", "%d quotations are not reviewed.", number) % number,
            "quotations",
        )


def changed_quotations(article: Article, facts: Facts) -> Iterator[Fault]:
    if facts.lost:
        said = ngettext(
            "%d accepted quotation is no longer in the text; readers do not see it.",
            "%d accepted quotations are no longer in the text; readers do not see them.",
            facts.lost,
        )
        yield said % facts.lost, "quotations"
    if facts.stale:
        said = ngettext(
            "The words around %d accepted quotation changed.",
            "The words around %d accepted quotations changed.",
            facts.stale,
        )
        yield said % facts.stale, "quotations"


def told_twice(article: Article, facts: Facts) -> Iterator[Fault]:
    if facts.kept_instead:
        yield _("An editor said that “%s” tells this story, and kept that one.") % facts.kept_instead, "headline"


# In the order of the form; each may find several faults.
IN_ORDER = (headline, long_headline, standfirst, byline, body, language, quotations, changed_quotations, told_twice)
CHECKS: dict[str, Callable[[Article, Facts], Iterator[Fault]]] = {check.__name__: check for check in IN_ORDER}


def check_article(article: Article) -> list[Check]:
    return check_articles([article])[article.pk]


def check_articles(articles: Sequence[Article]) -> dict[int, list[Check]]:
    """What each of the articles lacks, in the order of the form. Three queries, however many there are.

    That a picture has an alt text or is decorative is no check: the database takes no other.
    """
    prefetch_related_objects(articles, "bylines")
    blocking = set(settings.NEWSROOM_PUBLISHING_BLOCKS)
    facts = _facts(articles)
    return {
        article.pk: [
            Check(key, message, place, is_block=key in blocking)
            for key, check in CHECKS.items()
            for message, place in check(article, facts[article.pk])
        ]
        for article in articles
    }


def blocks(checks: Iterable[Check]) -> list[Check]:
    return [check for check in checks if check.is_block]


def _facts(articles: Iterable[Article]) -> dict[int, Facts]:
    keys = [article.pk for article in articles]
    kept = StoryPair.objects.kept_instead(keys)
    rows = Quote.objects.filter(article__in=keys).order_by().values("article")
    counted = rows.annotate(
        undecided=Count("pk", Q(state__in=[State.SUGGESTED, State.UNSURE]) & ~Q(anchoring=Anchoring.LOST)),
        stale=Count("pk", Q(state__in=SHOWN, anchoring=Anchoring.STALE)),
        lost=Count("pk", Q(state__in=SHOWN, anchoring=Anchoring.LOST)),
    )
    facts = {row["article"]: Facts(row["undecided"], row["stale"], row["lost"]) for row in counted}
    return {key: replace(facts.get(key, Facts()), kept_instead=kept.get(key, "")) for key in keys}


def check_publishing_blocks(**kwargs: object) -> list[CheckMessage]:
    unknown = sorted(set(settings.NEWSROOM_PUBLISHING_BLOCKS) - CHECKS.keys())
    if not unknown:
        return []
    said = f"NEWSROOM_PUBLISHING_BLOCKS names {', '.join(unknown)}; expected some of {', '.join(CHECKS)}"
    return [Error(said, id="newsroom.E020")]
