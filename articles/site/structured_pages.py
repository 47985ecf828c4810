"""Pages as search engines and other programs read them: what each is about, and where it stands on the site."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from articles.models import Article, Author, Entity, Quote, Section, Series, Tag
from articles.site import pictures
from articles.site.addresses import whole
from articles.site.structured_data import describe, describe_article, describe_quote, without_unknown

# For pages that stand below a list: the name of the list's address, and what it is called.
ABOVE = {
    "article": ("articles", gettext_noop("Articles")),
    "author": ("authors", gettext_noop("Authors")),
    "location": ("locations", gettext_noop("Places")),
    "organisation": ("organisations", gettext_noop("Organisations")),
    "person": ("people", gettext_noop("People")),
    "quotation": ("quotations", gettext_noop("Quotations")),
    "tag": ("tags", gettext_noop("Topics")),
}


def graph_of(name: str, subject: Any, context: Mapping[str, Any], request: HttpRequest) -> dict[str, Any]:
    """Everything that a page says to programs; `name` is that of its address, `subject` the record it is about."""
    nodes = [_described(name, subject, context, request), _breadcrumbs(name, subject, request)]
    return {"@context": "https://schema.org", "@graph": [node for node in nodes if node]}


def _described(name: str, subject: Any, context: Mapping[str, Any], request: HttpRequest) -> dict[str, Any]:
    match subject:
        case Article():
            return describe_article(subject, request)
        case Quote():
            return describe_quote(subject, request)
        case Entity():
            return describe(subject, request)
        case Author():
            return _author(subject, request)
        case Tag() | Section() | Series():
            return _collection(subject, context.get("articles") or context.get("parts") or (), request)
    return _site(request) if name == "home" else {}


def _site(request: HttpRequest) -> dict[str, Any]:
    """The site as a whole, with the box by which it is searched."""
    home, search = whole(request, reverse("home")), whole(request, reverse("search"))
    return {
        "@type": "WebSite",
        "@id": f"{home}#site",
        "url": home,
        "name": settings.NEWSROOM_NAME,
        "inLanguage": settings.LANGUAGE_CODE,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{words}}"},
            "query-input": "required name=words",
        },
    }


def _author(author: Author, request: HttpRequest) -> dict[str, Any]:
    address = whole(request, author.get_absolute_url())
    picture = pictures.describe(author.picture, request) if author.picture else ""
    person = {"@type": "Person", "@id": f"{address}#author", "url": address, "name": author.name}
    person |= without_unknown({"description": author.bio, "image": picture})
    return {"@type": "ProfilePage", "@id": address, "url": address, "name": author.name, "mainEntity": person}


def _collection(subject: Tag | Section | Series, articles: Iterable[Article], request: HttpRequest) -> dict[str, Any]:
    address = whole(request, subject.get_absolute_url())
    said = {
        "@type": "CollectionPage",
        "@id": address,
        "url": address,
        "name": str(subject),
        "description": subject.description,
        "about": {"@type": "Thing", "name": str(subject)} if isinstance(subject, Tag) else "",
        "hasPart": [
            {"@type": "NewsArticle", "@id": whole(request, each.get_absolute_url()), "headline": each.headline}
            for each in articles
        ],
    }
    return without_unknown(said)


def _page(request: HttpRequest, path: str) -> dict[str, str]:
    return {"@type": "WebPage", "@id": whole(request, path)}


def _breadcrumbs(name: str, subject: Any, request: HttpRequest) -> dict[str, Any]:
    if subject is None or name not in ABOVE:
        return {}
    above, title = ABOVE[name]
    steps = [(gettext("Home"), reverse("home")), (gettext(title), reverse(above))]
    items = [
        {"@type": "ListItem", "position": number, "name": step, "item": _page(request, path)}
        for number, (step, path) in enumerate(steps, start=1)
    ]
    here = {"@type": "ListItem", "position": len(items) + 1, "name": str(subject)}
    return {"@type": "BreadcrumbList", "itemListElement": [*items, here]}
