"""What every page is given."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from articles.models import Section


def newsroom(request: HttpRequest) -> dict[str, Any]:
    """The newspaper's name and its sections, which are looked up where a page shows them."""
    return {"newsroom_name": settings.NEWSROOM_NAME, "sections": Section.objects.public()}
