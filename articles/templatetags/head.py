"""The head of a page, and links by which its readers follow it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.context import Context, RequestContext
from django.utils.safestring import SafeString

from articles.models import Article
from articles.models.feeds import FORMATS, feed_of
from articles.site.addresses import whole
from articles.site.heading import Head, head_of
from articles.site.stored_parts import Parts, made

register = template.Library()


class Kept(template.Node):
    """Renders what stands within it under a name, where a page's block is needed at several places."""

    child_nodelists = ("nodelist",)

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name, self.nodelist = name, nodelist

    def render(self, context: Context) -> Any:
        context[self.name] = self.nodelist.render(context)
        return ""


@register.tag
def keep(parser: Parser, token: Token) -> Kept:
    _tag, name = token.split_contents()
    nodelist = parser.parse(("endkeep",))
    parser.delete_first_token()
    return Kept(name, nodelist)


class Part(template.Node):
    """A part of a page: as it is kept, or else as what stands within it renders, which may be kept from then on."""

    child_nodelists = ("nodelist",)

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name, self.nodelist = name, nodelist

    def render(self, context: Context) -> SafeString:
        kept: Parts | None = context.get("kept")
        if kept is not None:
            return kept[self.name]
        html = self.nodelist.render(context)
        made(self.name, html)
        return html


@register.tag
def part(parser: Parser, token: Token) -> Part:
    _tag, name = token.split_contents()
    nodelist = parser.parse(("endpart",))
    parser.delete_first_token()
    return Part(name, nodelist)


@register.simple_tag(takes_context=True)
def page_head(context: RequestContext, title: str) -> Head:
    return head_of(context.get("request"), context.flatten(), title)


@register.simple_tag(takes_context=True)
def whole_address(context: RequestContext, record: Any) -> str:
    """The address of a record's page from the scheme on, to be copied."""
    return whole(context["request"], record.get_absolute_url())


@register.simple_tag(takes_context=True)
def letter_with(context: RequestContext, article: Article) -> str:
    """A letter to nobody yet, with a headline and its address: the reader's own program sends it."""
    said = {"subject": article.headline, "body": whole(context["request"], article.get_absolute_url())}
    return f"mailto:?{urlencode(said, quote_via=quote)}"


@register.simple_tag(takes_context=True)
def feeds_here(context: RequestContext, page: str = "") -> list[tuple[str, str]]:
    """The addresses of the feeds of `page`, or of this page, each with the name of its format."""
    return [(feed_of(page or context["request"].path, form), label) for form, label in FORMATS.items()]
