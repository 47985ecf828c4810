"""What a feed says, in no format yet: articles, quotations and corrections as entries of one kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from articles.models import Article, Byline, Correction, Quote
from articles.models.mentions import mention
from articles.site.addresses import host_of
from articles.site.openings import opening

# So many quotations stand under an article's standfirst.
QUOTED = 2
# A quotation's title ends after so many characters.
TITLE = 100
# When nothing has been published, nothing was ever updated.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG as it is shown where somebody shares the story; `url` begins with the site's root."""

    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class Maker:
    """Somebody on the byline; `url` is their page, empty where they have none."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is new. `key` tells it apart for good, whatever its address becomes."""

    key: str
    url: str
    title: str
    summary: str
    content: SafeString
    published: datetime
    updated: datetime
    language: str = ""
    makers: list[Maker] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    picture: Picture | None = None

    def identity(self, site: str) -> str:
        """A `tag:` URI, by RFC 4151: the day on which it was published belongs to whoever had the host name then."""
        return f"tag:{host_of(site)},{self.published.astimezone(UTC):%Y-%m-%d}:{self.key}"


@dataclass(frozen=True, slots=True)
class Feed:
    """`page` is what the feed follows, from the site's root on; the feed stands in it, or in a `folder` below."""

    title: str
    description: str
    page: str
    entries: list[Entry]
    folder: str = ""

    @property
    def updated(self) -> datetime:
        return max((entry.updated for entry in self.entries), default=NEVER)


def of_articles(articles: Iterable[Article]) -> Iterator[Entry]:
    """`articles` come from `for_feed()`."""
    for article in articles:
        published = article.published or article.released or article.created
        corrected = max((correction.made for correction in article.corrections.all()), default=published)
        summary = article.standfirst or opening(article.opening)
        bylines = [byline for byline in article.bylines.all() if byline.role == Byline.Role.REPORTING]
        tags = [str(tag) for tag in article.tags.all()]
        mention(*(f"tagname:{tag.pk}" for tag in article.tags.all()))
        yield Entry(
            key=f"articles/{article.pk}",
            url=article.get_absolute_url(),
            title=article.headline,
            summary=summary,
            content=_content(summary, article.shown_quotes),
            published=published,
            updated=max(published, corrected),
            language=article.language,
            makers=[Maker(each.name, each.author.get_absolute_url() if each.author else "") for each in bylines],
            tags=[str(article.section), *tags] if article.section else tags,
            picture=_picture(article),
        )


def of_quotes(quotes: Iterable[Quote]) -> Iterator[Entry]:
    """`quotes` come from `for_list()`; an indirect one reads as its article has it."""
    for quote in quotes:
        article = quote.article
        published = article.published or article.released or article.created
        words = Truncator(quote.text).chars(TITLE, truncate="…")
        yield Entry(
            key=f"quotes/{quote.pk}",
            url=quote.get_absolute_url(),
            title=f"{quote.speaker}: {words}" if quote.speaker else words,
            summary=quote.text,
            content=format_html(
                '{}<p>{} <a href="{}">{}</a></p>', _quoted(quote), _("In"), article.get_absolute_url(), article.headline
            ),
            published=published,
            updated=published,
            language=article.language,
            makers=[Maker(quote.speaker.name, quote.speaker.get_absolute_url())] if quote.speaker else [],
        )


def of_corrections(corrections: Iterable[Correction]) -> Iterator[Entry]:
    """`corrections` come with their articles."""
    for correction in corrections:
        kind = str(correction.get_kind_display())
        yield Entry(
            key=f"corrections/{correction.pk}",
            url=correction.get_absolute_url(),
            title=f"{kind[:1].upper()}{kind[1:]}: {correction.article.headline}",
            summary=correction.note,
            content=format_html_join("", "<p>{}</p>", ((line,) for line in correction.note.splitlines() if line)),
            published=correction.made,
            updated=correction.made,
            language=correction.article.language,
        )


def _content(summary: str, quotes: Iterable[Quote]) -> SafeString:
    direct = [quote for quote in quotes if quote.form == Quote.Form.DIRECT and quote.speaker][:QUOTED]
    opened = format_html("<p>{}</p>", summary) if summary else SafeString("")
    return format_html_join("", "{}", ((part,) for part in [opened, *map(_quoted, direct)]))


def _quoted(quote: Quote) -> SafeString:
    speaker = quote.speaker or quote.source
    if quote.speaker:
        mention(f"name:{quote.speaker_id}")
    said_by = format_html("<p>— {}</p>", speaker) if speaker else ""
    return format_html("<blockquote><p>{}</p>{}</blockquote>", quote.text, said_by)


def _picture(article: Article) -> Picture | None:
    for placed in article.lead_pictures:
        shared = placed.picture.shared()
        return Picture(placed.picture.url(shared), shared.width, shared.height, placed.picture.alt)
    return None
