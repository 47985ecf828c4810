"""What the readers' templates say in words: dates, places, lists, pages, found words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django import template
from django.template.context import RequestContext
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.models import Article, Byline, Entity, Identifier, Location, Quote
from articles.searching.queries import read_query
from articles.site import bylines, languages, snippets, structured_data, wording
from articles.site.openings import opening
from articles.site.where import wider_names

register = template.Library()
register.filter(opening)


@register.simple_tag
def story_date(article: Article) -> SafeString:
    """The date the story bears, with the time where it is known; nothing where the story bears none."""
    if not article.published:
        return SafeString("")
    moment = timezone.localtime(article.published)
    if article.published_has_time:
        return format_html('<time datetime="{}">{}</time>', moment.isoformat(), wording.moment(moment))
    return format_html('<time datetime="{}">{}</time>', moment.date().isoformat(), wording.day(moment))


@register.simple_tag
def time_of(moment: datetime) -> SafeString:
    """A date and time on the newsroom's clock: “2 June 2031, 09:30”."""
    local = timezone.localtime(moment)
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), wording.moment(local))


@register.simple_tag
def byline(article: Article) -> SafeString:
    return bylines.printed_byline(article.bylines.all())


@register.filter
def role_label(role: str | None) -> str:
    """What somebody did for a story, to stand alone: “Additional reporting”."""
    label = str(Byline.Role(role).label) if role else ""
    return label[:1].upper() + label[1:]


@register.simple_tag
def name_of(entity: Entity) -> SafeString:
    """The name, leading to its page where readers have one."""
    if not entity.is_public:
        return format_html('<span class="name">{}</span>', entity.name)
    return format_html('<a class="name {}" href="{}">{}</a>', entity.kind, entity.get_absolute_url(), entity.name)


@register.simple_tag
def headline_of(article: Article, quote: Quote | None = None) -> SafeString:
    """The headline, leading to the article, or to where a quotation stands in it."""
    address = article.get_absolute_url() + (f"#quote-{quote.pk}" if quote else "")
    return format_html('<a href="{}"{}>{}</a>', address, lang_of(article), article.headline)


@register.simple_tag
def lang_of(record: Article | Quote) -> SafeString:
    """The language and the direction of an element with words of the article or the quotation."""
    return languages.attributes(record)


@register.simple_tag
def layout_for(record: Article | Quote) -> SafeString:
    """The direction of an element that such words stand in, where it is not the page's."""
    return languages.mirrored(record)


@register.filter
def hangs(text: str) -> bool:
    """Whether a text begins with a quotation mark, which then hangs in the margin."""
    return text.startswith(("“", "‘", "„", "«", '"', "'"))


@register.filter
def listed(words: Sequence[object]) -> str:
    return wording.listed(words)


@register.filter
def articles(number: int) -> str:
    return wording.articles(number)


@register.filter
def quotations(number: int) -> str:
    return wording.quotations(number)


@register.filter
def quotations_here(number: int) -> str:
    return wording.quotations_here(number)


@register.filter
def short_date(moment: date) -> str:
    return wording.short_day(moment)


@register.filter
def within(location: Location) -> str:
    """Where a location lies: “Texas, United States”."""
    return ", ".join(wider_names(location))


@register.filter
def degrees(value: float, directions: str) -> str:
    return wording.degrees(value, directions)


@register.filter
def snippet(text: str, query: str) -> SafeString:
    return snippets.snippet(text, read_query(query).words)


@register.filter
def highlighted(text: str, query: str) -> SafeString:
    return snippets.highlighted(text, read_query(query).words)


@register.simple_tag(takes_context=True)
def page_address(context: RequestContext, name: str, number: int | str) -> str:
    """The address of this list with another page of it, by its number or cursor, all else kept."""
    query = context["request"].GET.copy()
    query[name] = str(number)
    return f"?{query.urlencode()}"


@register.filter
def other_names(entity: Entity) -> Iterable[str]:
    """The aliases that say more than the name does."""
    return [alias.name for alias in entity.aliases.all() if alias.name != entity.name]


@register.filter
def elsewhere(entity: Entity) -> list[Identifier]:
    """The pages of other catalogues about it."""
    return structured_data.elsewhere(entity)
