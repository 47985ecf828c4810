"""What every page is given."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def newsroom(request: HttpRequest) -> dict[str, str]:
    return {"newsroom_name": settings.NEWSROOM_NAME}
