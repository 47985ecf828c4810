"""Addresses that lead from one record to what ties it to others."""

from __future__ import annotations

from django import template
from django.http import QueryDict
from django.template.context import RequestContext
from django.urls import reverse

from articles.models import Entity, Tag

register = template.Library()


@register.simple_tag
def pair_address(one: Entity, other: Entity) -> str:
    """The page of two people together; it begins with whom the alphabet has first."""
    return reverse("pair", args=sorted((one.slug, other.slug)))


@register.simple_tag
def said_address(kind: str, record: Entity | Tag) -> str:
    return reverse(f"{kind}-said", args=[record.slug])


@register.simple_tag(takes_context=True)
def speaker_address(context: RequestContext, one: Entity, other: Entity | None = None) -> str:
    """The same subject and period, with the words of one speaker or of two beside each other."""
    query = _kept(context)
    query["speaker"] = str(one.pk)
    if other:
        query["and"] = str(other.pk)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def table_address(context: RequestContext, form: str) -> str:
    """What the page shows, all of it, to be taken away. Relative: it is no page that is kept as a file."""
    query = _kept(context)
    if "speaker" in context["request"].GET:
        query["speaker"] = context["request"].GET["speaker"]
    return f"../who-said-what.{form}" + (f"?{query.urlencode()}" if query else "")


@register.simple_tag(takes_context=True)
def topic_address(context: RequestContext, tag: Tag | None = None) -> str:
    """The list under one topic more, or under none."""
    query = _kept(context)
    if tag:
        query["topic"] = tag.slug
    return f"?{query.urlencode()}" if query else str(context["request"].path)


def _kept(context: RequestContext) -> QueryDict:
    """Of what the address asks for, the period."""
    asked, query = context["request"].GET, QueryDict(mutable=True)
    for name in ("year", "month"):
        if name in asked:
            query[name] = asked[name]
    return query
