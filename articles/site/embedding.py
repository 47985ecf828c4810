"""Stories and quotations as other sites show them: oEmbed 1.0, a quotation mark-up and a link, nothing that runs.

https://oembed.com/
"""

from __future__ import annotations

import re
from html import escape
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.http.request import validate_host
from django.urls import Resolver404, resolve, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from articles.models import Article, Quote
from articles.site.addresses import host_of, site_of, whole
from articles.site.feeds.formats import speakable
from articles.site.openings import opening

WIDTH, NARROWEST, HEIGHT = 600, 200, 260
# How long another site may show what it has before it asks again: a withdrawn story leaves it then.
AGE = 3600  # seconds
DIGITS = re.compile(r"[0-9]{1,6}")


def embedded(address: str, widest: str, request: HttpRequest) -> dict[str, Any] | None:
    """What an address of this site is shown as elsewhere, `widest` pixels wide at most; None where there is nothing."""
    record = _record_at(address, request)
    if record is None:
        return None
    width = max(NARROWEST, min(WIDTH, int(widest))) if DIGITS.fullmatch(widest) else WIDTH
    return {
        "version": "1.0",
        "type": "rich",
        "provider_name": settings.NEWSROOM_NAME,
        "provider_url": site_of(request),
        "title": str(record),
        "html": str(_of_quote(record, request) if isinstance(record, Quote) else _of_article(record, request)),
        "width": width,
        "height": HEIGHT,
        "cache_age": AGE,
    }


def discovery(request: HttpRequest, path: str) -> str:
    """Where a page says that it can be embedded."""
    return f"{whole(request, reverse('oembed'))}?{urlencode({'url': whole(request, path), 'format': 'json'})}"


def as_xml(said: dict[str, Any]) -> str:
    lines = "".join(f"<{name}>{escape(speakable(str(value)))}</{name}>" for name, value in said.items())
    return f'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>{lines}</oembed>\n'


def _record_at(address: str, request: HttpRequest) -> Article | Quote | None:
    try:
        parts = urlsplit(address)
        match = resolve(unquote(parts.path))
    except (ValueError, Resolver404):
        return None
    if parts.scheme not in ("http", "https") or not _is_ours(parts.hostname or "", request):
        return None
    if match.url_name == "article":
        return Article.objects.published().for_home().filter(**match.kwargs).first()
    if match.url_name == "quotation":
        return Quote.objects.public().for_list().filter(**match.kwargs).first()
    return None


def _is_ours(host: str, request: HttpRequest) -> bool:
    named = [name for name in settings.ALLOWED_HOSTS if name != "*"]
    ours = {request.get_host().rpartition(":")[0] or request.get_host(), host_of(settings.NEWSROOM_URL)}
    return bool(host) and (host in ours or validate_host(host, named))


def _of_quote(quote: Quote, request: HttpRequest) -> SafeString:
    speaker = quote.speaker or quote.source
    address, article = whole(request, quote.get_absolute_url()), quote.article
    return format_html(
        '<blockquote cite="{}"{}><p dir="auto">{}</p><footer>{}<a href="{}">{}</a>, {}</footer></blockquote>',
        address,
        _language(article),
        quote.text,
        format_html("— {}, ", speaker) if speaker else "",
        address,
        article.headline,
        settings.NEWSROOM_NAME,
    )


def _of_article(article: Article, request: HttpRequest) -> SafeString:
    address = whole(request, article.get_absolute_url())
    return format_html(
        '<blockquote cite="{}"{}><p dir="auto"><a href="{}"><b>{}</b></a></p><p dir="auto">{}</p><footer>{}</footer>'
        "</blockquote>",
        address,
        _language(article),
        address,
        article.headline,
        article.standfirst or opening(article.opening),
        settings.NEWSROOM_NAME,
    )


def _language(article: Article) -> SafeString:
    return format_html(' lang="{}"', article.language) if article.language else SafeString("")
