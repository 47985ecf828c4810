"""What a web page says of its story apart from the story's text: JSON-LD, meta elements, links, visible marks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import lxml.html

from articles.documents import dates
from articles.documents.assembling import Draft
from articles.documents.bylines import bare_byline, find_byline

# schema.org's kinds of articles end in one of these words; "NewsArticle", "OpinionNewsArticle", "LiveBlogPosting".
ARTICLE_TYPES = ("Article", "Posting", "Report")
TITLE_TAIL = re.compile(r"\s+[|–—·•-]\s+(?P<site>[^|–—·•]{2,60})$")
STANDFIRST_CLASSES = frozenset({"standfirst", "dek", "deck", "subtitle", "subheadline", "subhead", "lede"})
BYLINE_CLASSES = frozenset({"byline", "author", "authors"})
LONGEST_BYLINE = 140


@dataclass(frozen=True, slots=True)
class Metadata:
    """Values as the page has them; empty where it is silent. `headline` is for want of a visible one."""

    headline: str = ""
    description: str = ""
    byline: tuple[str, ...] = ()
    published: date | datetime | None = None
    language: str = ""
    address: str = ""
    publisher: str = ""
    keywords: tuple[str, ...] = ()


def read_metadata(page: lxml.html.HtmlElement) -> Metadata:
    """Read what a page declares; JSON-LD first, then meta elements, then marks in the page itself."""
    article = _linked_data(page)
    meta = _meta(page)
    publisher = _text(_name(article.get("publisher"))) or meta.get("og:site_name", "")
    address = _first(
        page.xpath("string(//link[@rel='canonical']/@href)"), meta.get("og:url"),
        _address(article.get("mainEntityOfPage")), article.get("url"),
    )  # fmt: skip
    return Metadata(
        headline=_text(article.get("headline"))
        or meta.get("og:title", "")
        or meta.get("twitter:title", "")
        or _title(page, publisher),
        description=_text(article.get("description")) or meta.get("og:description", "") or meta.get("description", ""),
        byline=_byline(page, article, meta),
        published=_published(page, article, meta),
        language=_first(page.get("lang"), page.get("xml:lang"), article.get("inLanguage")),
        address=address if re.match(r"https?://[^\s/]+", address) and len(address) <= 500 else "",
        publisher=publisher,
        keywords=_keywords(page, article, meta),
    )


def declared_by(metadata: Metadata, page: lxml.html.HtmlElement, body: str) -> Draft:
    """Put what a page declares and the markup of its story together.

    The visible headline wins over those in the head, which are often made for search engines and carry the site's name.
    The description is a standfirst only where readers see it under the headline.
    """
    marked = (text_of(element) for element in page.iter("*") if class_words(element) & STANDFIRST_CLASSES)
    standfirst = next(filter(None, marked), "")
    under = {
        text_of(element)
        for element in page.xpath("//header//p|//header//h2|//h1/following-sibling::*[position() <= 2]")
    }
    if not standfirst and metadata.description in under:
        standfirst = metadata.description
    return Draft(
        body,
        headline=_visible_headline(page, metadata),
        standfirst=standfirst,
        byline=metadata.byline,
        published=metadata.published,
        language=metadata.language,
        address=metadata.address,
        publisher=metadata.publisher,
        keywords=metadata.keywords,
    )


def text_of(element: lxml.html.HtmlElement) -> str:
    """The words of an element, white space folded."""
    return " ".join(element.text_content().split())


def class_words(element: lxml.html.HtmlElement) -> set[str]:
    """The words that an element's class and id are made of: "c-article__byline" gives c, article, byline."""
    return set(re.findall(r"[a-z]+", f"{element.get('class', '')} {element.get('id', '')}".casefold()))


def _visible_headline(page: lxml.html.HtmlElement, metadata: Metadata) -> str:
    """The h1 that the page's head repeats, else one in the article, else the declared headline, else the only h1."""
    headings = [text for element in page.xpath("//h1") if (text := text_of(element))]
    declared = _text(metadata.headline)
    for heading in headings:
        if heading.casefold() in declared.casefold() or (declared and declared.casefold() in heading.casefold()):
            return heading
    inside = [text for element in page.xpath("//article//h1|//main//h1") if (text := text_of(element))]
    if len(inside) == 1:
        return inside[0]
    return declared or (headings[0] if len(headings) == 1 else "")


def _linked_data(page: lxml.html.HtmlElement) -> Mapping[str, Any]:
    """The first article among a page's JSON-LD; empty where there is none, or it is broken."""
    for script in page.xpath("//script[@type='application/ld+json']"):
        try:
            data = json.loads(script.text_content(), strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _items(data):
            types = item.get("@type")
            if any(str(kind).endswith(ARTICLE_TYPES) for kind in (types if isinstance(types, list) else [types])):
                return item
    return {}


def _items(data: Any) -> Iterator[Mapping[str, Any]]:
    for item in data if isinstance(data, list) else [data]:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            yield from (other for other in graph if isinstance(other, dict)) if isinstance(graph, list) else ()


def _meta(page: lxml.html.HtmlElement) -> dict[str, str]:
    """The meta elements by name or property; of several with one name, the first."""
    values: dict[str, str] = {}
    for element in page.xpath("//meta[@content]"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").casefold()
        values.setdefault(name, _text(element.get("content")))
    return values


def _title(page: lxml.html.HtmlElement, publisher: str) -> str:
    """The title of the page without the site's name behind it, where the page says elsewhere that this is its name."""
    title = _text(page.xpath("string(//head/title)"))
    tail = TITLE_TAIL.search(title)
    return title[: tail.start()] if tail and tail["site"].casefold() == publisher.casefold() else title


def _byline(page: lxml.html.HtmlElement, article: Mapping[str, Any], meta: Mapping[str, str]) -> tuple[str, ...]:
    declared = article.get("author")
    names = [_text(_name(author)) for author in (declared if isinstance(declared, list) else [declared])]
    names = names if any(names) else [meta.get("author", "") or meta.get("article:author", "")]
    if not any(names):
        marked = (element for element in page.iter("*") if class_words(element) & BYLINE_CLASSES)
        names = [text for element in marked if len(text := text_of(element)) <= LONGEST_BYLINE]
        names = [name for text in names for name in _names(text, only_names=True)]
    else:
        names = [name for text in names for name in _names(text, only_names=False)]
    return tuple(dict.fromkeys(names))


def _names(text: str, *, only_names: bool) -> tuple[str, ...]:
    """The names in "By Ana Moss" or "Ana Moss"; what has no such shape is kept where the page declares it an author."""
    if not text or re.match(r"https?:|@", text):
        return ()
    byline = find_byline(text) or bare_byline(text)
    if byline:
        return byline.names
    return () if only_names else (text,)


def _published(
    page: lxml.html.HtmlElement, article: Mapping[str, Any], meta: Mapping[str, str]
) -> date | datetime | None:
    printed = [
        article.get("datePublished"),
        meta.get("article:published_time"),
        meta.get("datepublished"),
        meta.get("date"),
    ]
    times = page.xpath("//time[@pubdate or @itemprop='datePublished']/@datetime") or page.xpath(
        "//article//time/@datetime"
    )
    return next(filter(None, (dates.full_date(_text(text)) for text in [*printed, *times])), None)


def _keywords(page: lxml.html.HtmlElement, article: Mapping[str, Any], meta: Mapping[str, str]) -> tuple[str, ...]:
    declared = article.get("keywords")
    tags = page.xpath("//meta[@property='article:tag']/@content")
    listed = declared if isinstance(declared, list) else tags
    if not listed:
        listed = (_text(declared) or meta.get("news_keywords") or meta.get("keywords") or "").split(",")
    return tuple(dict.fromkeys(filter(None, map(_text, listed))))


def _name(value: Any) -> Any:
    return value.get("name") if isinstance(value, dict) else value


def _address(value: Any) -> Any:
    return value.get("@id") if isinstance(value, dict) else value


def _first(*values: Any) -> str:
    return next(filter(None, map(_text, values)), "")


def _text(value: Any) -> str:
    return " ".join(str(value).split()) if isinstance(value, str) else ""
