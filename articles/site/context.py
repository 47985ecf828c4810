"""What every page is given."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models import Section

ON_RECORD = (
    ("articles", _("Latest")),
    ("people", _("People")),
    ("organisations", _("Organisations")),
    ("locations", _("Places")),
    ("quotations", _("Quotations")),
    ("tags", _("Topics")),
    ("archive", _("Archive")),
)


def newsroom(request: HttpRequest) -> dict[str, Any]:
    """The newspaper's name, its sections, which are looked up where a page shows them, and the lists of the archive."""
    places = ((reverse(name), label) for name, label in ON_RECORD)
    return {
        "newsroom_name": settings.NEWSROOM_NAME,
        "sections": partial(sections, request.path),
        "on_record": [(address, label, here(request.path, address)) for address, label in places],
    }


def sections(path: str) -> list[tuple[str, Section, str]]:
    """The address of each section in which readers find something, the section, and whether this page is of it."""
    return [(each.get_absolute_url(), each, here(path, each.get_absolute_url())) for each in Section.objects.public()]


def here(path: str, address: str) -> str:
    """What `aria-current` says of a link: that it leads to this page, or to what this page is a part of."""
    if path == address:
        return "page"
    return "true" if path.startswith(address) else ""
