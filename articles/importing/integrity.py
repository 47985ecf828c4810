"""What must hold between records and cannot be a constraint of the database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Prefetch

from articles.documents.sanitizing import sanitise
from articles.editing.counts import problems_of_counts
from articles.editing.merge import REFERENCES
from articles.editing.revise import phrase_spans
from articles.models import (
    Anchoring,
    Appearance,
    Article,
    Entity,
    Merge,
    ProposedTag,
    Quote,
    Role,
    State,
    Tag,
    TaggedArticle,
    TaggedEntity,
    TaggedQuote,
    TagSynonym,
)
from articles.models.slugs import name_key
from articles.text.body import plain_text
from articles.text.spans import Span, cut

CHUNK = 200  # articles held in memory at once


def problems() -> Iterator[str]:
    """Check every record; yields one line a problem, naming the record. Nothing is changed."""
    articles = Article.objects.order_by("pk").prefetch_related(
        Prefetch("appearances", Appearance.objects.select_related("entity")), "quotes", "roles"
    )
    for article in articles.iterator(chunk_size=CHUNK):
        yield from (f"article {article.pk}: {problem}" for problem in problems_of(article))
    yield from _problems_of_entities()
    yield from _problems_of_tags()
    yield from problems_of_counts()


def problems_of(article: Article) -> Iterator[str]:
    """Check one article and its rows."""
    if sanitise(article.body) != article.body:
        yield "its body is not sanitised"
    if plain_text(article.body) != article.text:
        yield "its plain text is not that of its body"
    for appearance in article.appearances.all():
        yield from (f"appearance {appearance.pk}: {problem}" for problem in _of_appearance(appearance, article.text))
    for quote in article.quotes.all():
        yield from (f"quotation {quote.pk}: {problem}" for problem in _of_quote(quote, article.text))
    for role in article.roles.all():
        yield from (f"role {role.pk}: {problem}" for problem in _of_role(role, article.text))


def _of_appearance(appearance: Appearance, text: str) -> Iterator[str]:
    spans = [Span(*pair) for pair in appearance.spans]
    yield from _outside(spans, text)
    if any(left.overlaps(right) for left, right in zip(sorted(spans), sorted(spans)[1:], strict=False)):
        yield "its spans overlap"
    if spans and appearance.start != min(spans).start:
        yield "its first mention is not its first span"


def _of_quote(quote: Quote, text: str) -> Iterator[str]:
    if quote.anchoring == Anchoring.LOST:
        if quote.spans:
            yield "its words are lost, and it has spans"
        return
    spans = [Span(*pair) for pair in quote.spans]
    if not spans:
        yield "it has no span"
    yield from _outside([*spans, *phrase_spans(quote).values()], text)
    if cut(text, spans) != quote.text:
        yield "its words are not those of the article"
    if spans and quote.start != spans[0].start:
        yield "its start is not that of its first span"


def _of_role(role: Role, text: str) -> Iterator[str]:
    if role.anchoring == Anchoring.LOST:
        return
    span = Span(role.start, role.end)
    yield from _outside([span], text)
    if not span.of(text).startswith(role.title):
        yield "its title is not what the article prints"


def _outside(spans: Sequence[Span], text: str) -> Iterator[str]:
    if any(span.end > len(text) for span in spans):
        yield "a span lies outside the text"


def _problems_of_entities() -> Iterator[str]:
    yield from _problems_of_merges()
    for entity in Entity.objects.filter(merged_into__merged_into__isnull=False).iterator():
        yield f"{entity.kind} {entity.pk}: it was merged into a record that was merged itself"
    for kind in Entity.Kind.values:
        for key in Entity.objects.filter(kind=kind, **{kind: None}).values_list("pk", flat=True):
            yield f"{kind} {key}: its row of that kind is missing"


def _problems_of_merges() -> Iterator[str]:
    merged = Entity.objects.exclude(merged_into=None).values("pk")
    for model, field in REFERENCES:
        for row in model._base_manager.filter(**{f"{field}__in": merged}).iterator():
            yield f"{model._meta.verbose_name} {row.pk}: it belongs to record {getattr(row, field)}, which was merged"
    for done in Merge.objects.standing().filter(action=Merge.Action.MERGE, loser__merged_into=None):
        yield f"merge {done.pk}: it was not taken back, and record {done.loser_id} leads nowhere"


def _problems_of_tags() -> Iterator[str]:
    for tag in Tag.objects.filter(merged_into__merged_into__isnull=False):
        yield f"tag {tag.pk}: it was merged into a tag that was merged itself"
    for rows in (TaggedArticle, TaggedEntity, TaggedQuote):
        for item in rows.objects.exclude(tag__merged_into=None):
            yield f"{rows._meta.verbose_name} {item.pk}: it names tag {item.tag_id}, which was merged into another"
    for named in (*Tag.objects.all(), *TagSynonym.objects.all()):
        if named.key != name_key(named.name):
            yield f"{named._meta.verbose_name} {named.pk}: its key is not that of its name"
    for other in TagSynonym.objects.filter(key__in=Tag.objects.current().values("key")):
        yield f"other name {other.pk} of tag {other.tag_id}: there is a tag of this name"
    for proposal in ProposedTag.objects.at_odds().iterator():
        borne = "lacks" if proposal.state == State.ACCEPTED else "bears"
        yield f"article {proposal.article_id}: it {borne} the tag “{proposal}”, which is {proposal.state}"
