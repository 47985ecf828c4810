"""Pictures in the readers' templates."""

from __future__ import annotations

from django import template
from django.template.context import RequestContext
from django.utils.safestring import SafeString

from articles.models import Picture
from articles.site import pictures

register = template.Library()


@register.simple_tag
def whole_picture(picture: Picture, sizes: str, is_first: bool = False) -> SafeString:
    return pictures.whole(picture, sizes=sizes, is_first=is_first)


@register.simple_tag
def card_picture(picture: Picture, sizes: str, is_first: bool = False) -> SafeString:
    return pictures.card(picture, sizes=sizes, is_first=is_first)


@register.simple_tag(takes_context=True)
def shared_picture(context: RequestContext, picture: Picture) -> str:
    """The address, from the scheme on, of the picture that is shown where somebody shares the page."""
    return str(context["request"].build_absolute_uri(picture.url(picture.shared())))
