"""Change what an article says without losing what was decided about it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Model

from articles.documents.sanitizing import sanitise
from articles.editing.addresses import keep_address
from articles.editing.counts import refresh_counts_of
from articles.editing.keeping import Change, keep
from articles.editing.ledger import plain
from articles.editing.logbook import about, write_down
from articles.editing.snapshot import FOLLOWING
from articles.editing.touching import touch
from articles.models import Anchoring, Appearance, Article, ArticleVersion, Quote, Role
from articles.models.mentions import LAYOUT
from articles.text.anchors import Found, reanchor
from articles.text.body import plain_text
from articles.text.spans import Span, cut, longest_first

# Fields of the document itself: once an editor has typed one, imports leave it alone. So they do with the byline, whose
# rows `bylines.py` keeps.
DOCUMENT_FIELDS = (
    "headline",
    "standfirst",
    "dateline_place",
    "dateline_agency",
    "body",
    "end_notes",
    "language",
    "published",
    "address",
    "publisher",
    "source_status",
    "urgency",
    "copyright",
    "instructions",
    "tags",
)

# Where it stands on the site; imports know nothing of it.
FILING_FIELDS = ("section", "series", "part", "breaking_until")

# What a quotation keeps of the words around it, each with its place: its field, then “_start” and “_end”.
PHRASES = ("cue", "source", "addressee", "occasion")


class Overtaken(Exception):
    """Somebody saved a newer version of the article meanwhile."""


@transaction.atomic
def begin_edit(
    article: Article,
    *,
    user: User | None,
    revision: int | None = None,
    change: ArticleVersion.Change = Change.EDIT,
) -> ArticleVersion | None:
    """Keep an article before somebody changes its document or the rows of its form; the arguments of `save_edit`."""
    kept = keep(article, change=change, user=user)
    if not kept:
        return None
    now = Article.objects.values_list("revision", flat=True).get(pk=article.pk)
    if revision is not None and now != revision:
        raise Overtaken
    article.revision = now + 1
    Article.objects.filter(pk=article.pk).update(revision=article.revision)
    return kept


@transaction.atomic
def save_edit(
    article: Article,
    *,
    changed: Collection[str],
    user: User | None,
    revision: int | None = None,
    change: ArticleVersion.Change = Change.EDIT,
) -> ArticleVersion | None:
    """Save an article whose fields an editor has changed in a form.

    The body is sanitised, the plain text made anew and every span found again in it. The fields typed are remembered,
    so that a later import of the story keeps them. Other fields stay as the database has them.

    Args:
        article: with its new values.
        changed: the fields that have new ones.
        user: who changed them.
        revision: that of the article when the editor opened it; None saves over whatever is there.
        change: how the history calls it.

    Returns:
        What was kept of the article before; None of a new one.

    Raises:
        Overtaken: the article has another revision by now; nothing was saved.
    """
    kept = begin_edit(article, user=user, revision=revision, change=change)
    before = Article.objects.filter(pk=article.pk).first()
    if "body" in changed or not before:
        set_body(article, article.body)
    if not before:
        article.created_by = user
    if "slug" in changed:
        keep_address(article)
    typed = [field for field in DOCUMENT_FIELDS if field in changed]
    _keep_source(article, before, typed)
    article.edited_fields = sorted({*article.edited_fields, *typed})
    filed = [field for field in FILING_FIELDS if getattr(before, field, None) != getattr(article, field)]
    article.save(update_fields=_saved_with([*changed, *filed]) if before else None)
    if before and before.text != article.text:
        move_spans(article, before.text)
    if before:
        refresh_counts_of([article])
    if "section" in filed:
        touch([LAYOUT])  # a section that nothing is left in goes from the masthead
    write_down(
        about(
            article,
            action=change.value if before else "write",
            before={field: _printable(before, field) for field in [*typed, *filed] if before and field != "tags"},
            after={field: _printable(article, field) for field in [*typed, *filed] if field != "tags"},
            user=user,
        )
    )
    return kept


def _keep_source(article: Article, before: Article | None, typed: Collection[str]) -> None:
    """Keep what a story said of the fields that an editor types for the first time."""
    if before and before.fingerprint:
        first = [field for field in typed if field not in article.edited_fields and field != "tags"]
        following = [each for each, other in FOLLOWING.items() if other in first and each != "text"]
        said = {field: plain(Article, field, getattr(before, field)) for field in [*first, *following]}
        article.source_fields = {**said, **article.source_fields}


def _saved_with(changed: Collection[str]) -> set[str]:
    """The columns that hold the fields changed, and those that follow them."""
    columns = {field.name: field.name for field in Article._meta.concrete_fields}
    columns |= {field.attname: field.name for field in Article._meta.concrete_fields}
    following = {each for each, other in FOLLOWING.items() if {other, columns[other]} & set(changed)}
    names = {columns[name] for name in {*changed, *following} if name in columns}
    return names | {"edited_fields", "source_fields", "modified"}


def set_body(article: Article, body: str) -> None:
    """Give an article a body, sanitised, and the plain text of it."""
    article.body = sanitise(body)
    article.text = plain_text(article.body)


def move_spans(article: Article, old_text: str) -> None:
    """Find the spans of every row of `article`, which counted in `old_text`, in the text it has now.

    Rows whose words are gone are kept and marked as lost, rows whose surroundings changed as stale.
    """
    appearances = list(article.appearances.all())
    quotes = list(article.quotes.all())
    roles = list(article.roles.all())
    places = _places(article, old_text, appearances, quotes, roles)
    for appearance in appearances:
        _move_appearance(appearance, places)
    for quote in quotes:
        _move_quote(quote, article.text, places)
    for role in roles:
        _move_role(role, article.text, places)
    Appearance.objects.bulk_update(appearances, ["spans", "start", "excluded", "anchoring"])
    ends = [f"{phrase}_{end}" for phrase in PHRASES for end in ("start", "end")]
    Quote.objects.bulk_update(quotes, ["text", "spans", "start", *ends, "anchoring"])
    Role.objects.bulk_update(roles, ["title", "start", "end", "anchoring"])
    refresh_counts_of([article])


Places = dict[Span, Found | None]


def _places(
    article: Article, old_text: str, appearances: list[Appearance], quotes: list[Quote], roles: list[Role]
) -> Places:
    spans = {Span(*pair) for appearance in appearances for pair in [*appearance.spans, *appearance.excluded]}
    spans |= {Span(*pair) for quote in quotes for pair in quote.spans}
    spans |= {Span(role.start, role.end) for role in roles}
    spans |= {span for quote in quotes for span in phrase_spans(quote).values()}
    ordered = sorted(spans)
    return dict(zip(ordered, reanchor(old_text, article.text, ordered), strict=True))


def phrase_spans(quote: Quote) -> dict[str, Span]:
    """The places of those of `PHRASES` that stand in the article's text."""
    ends = {phrase: (getattr(quote, f"{phrase}_start"), getattr(quote, f"{phrase}_end")) for phrase in PHRASES}
    return {phrase: Span(start, end) for phrase, (start, end) in ends.items() if start is not None and end}


def _move_appearance(appearance: Appearance, places: Places) -> None:
    taken_off = [places[Span(*pair)] for pair in appearance.excluded]
    appearance.excluded = [[place.span.start, place.span.end] for place in taken_off if place]
    if not appearance.spans:
        return
    found = [places[Span(*pair)] for pair in appearance.spans]
    kept = longest_first({place.span for place in found if place})
    appearance.spans = [[span.start, span.end] for span in kept]
    appearance.start = min((span.start for span in kept), default=0)
    appearance.anchoring = Anchoring.LOST if not kept else Anchoring.IN_PLACE


def _move_quote(quote: Quote, text: str, places: Places) -> None:
    if quote.anchoring == Anchoring.LOST:
        return
    found = [places[Span(*pair)] for pair in quote.spans]
    kept = sorted(place.span for place in found if place)
    for phrase, span in phrase_spans(quote).items():
        place = places[span]
        setattr(quote, f"{phrase}_start", place.span.start if place else None)
        setattr(quote, f"{phrase}_end", place.span.end if place else None)
    # Half a quotation is none: an article that lost a piece of it no longer says it.
    if len(kept) < len(quote.spans):
        quote.spans, quote.anchoring = [], Anchoring.LOST
        return
    quote.spans = [[span.start, span.end] for span in kept]
    quote.start = kept[0].start
    quote.text = cut(text, kept)
    quote.anchoring = _anchoring(found)


def _move_role(role: Role, text: str, places: Places) -> None:
    if role.anchoring == Anchoring.LOST:
        return
    place = places[Span(role.start, role.end)]
    if place is None:
        role.anchoring = Anchoring.LOST
        return
    role.start, role.end = place.span.start, place.span.end
    role.title = place.span.of(text)[:300]
    role.anchoring = _anchoring([place])


def _anchoring(found: Iterable[Found | None]) -> Anchoring:
    return Anchoring.IN_PLACE if all(place and place.is_certain for place in found) else Anchoring.STALE


def _printable(article: Article, field: str) -> object:
    value = getattr(article, field)
    if isinstance(value, Model):
        return str(value)
    return value.isoformat() if hasattr(value, "isoformat") else value
