"""What every page is given."""

from __future__ import annotations

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
        "sections": Section.objects.public(),
        "on_record": [(address, label, here(request.path, address)) for address, label in places],
    }


def here(path: str, address: str) -> str:
    """What `aria-current` says of a link: that it leads to this page, or to what this page is a part of."""
    if path == address:
        return "page"
    return "true" if path.startswith(address) else ""
