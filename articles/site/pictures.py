"""Pictures on readers' pages: sizes for every screen, the place kept before the file is there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.models import Picture
from articles.models.pictures import Rendition
from articles.site import addresses

# A browser that does not choose gets one about this wide.
USUAL_WIDTH = 800


def whole(picture: Picture, *, sizes: str, is_first: bool = False) -> SafeString:
    return image(picture, picture.renditions(), alt=picture.alt, sizes=sizes, is_first=is_first)


def card(picture: Picture, *, sizes: str, is_first: bool = False) -> SafeString:
    """Decoration: it stands beside the headline that it leads to, and is described where the whole picture is."""
    return image(picture, picture.cards(), alt="", sizes=sizes, is_first=is_first)


def image(picture: Picture, files: Sequence[Rendition], *, alt: str, sizes: str, is_first: bool) -> SafeString:
    """An image whose file the browser chooses by `sizes`; one that `is_first` on its page does not wait."""
    usual = next((file for file in files if file.width >= USUAL_WIDTH), files[-1])
    return format_html(
        '<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}" {} decoding="async">',
        picture.url(usual),
        ", ".join(f"{picture.url(file)} {file.width}w" for file in files),
        sizes,
        usual.width,
        usual.height,
        alt,
        SafeString('fetchpriority="high"' if is_first else 'loading="lazy"'),  # nosec B703
    )


def describe(picture: Picture, request: HttpRequest, *, caption: str = "") -> dict[str, Any]:
    """A picture in the words of schema.org; a licence is an address there, anything else a notice."""
    largest = picture.renditions()[-1]
    said = {
        "@type": "ImageObject",
        "contentUrl": addresses.whole(request, picture.url(largest)),
        "width": f"{largest.width} px",
        "height": f"{largest.height} px",
        "caption": caption or picture.caption or picture.alt,
        "creditText": picture.credit,
        "license" if picture.licence.startswith(("https://", "http://")) else "copyrightNotice": picture.licence,
    }
    return {name: value for name, value in said.items() if value}
