"""Every page that readers can reach, rendered as a reader would be given it."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator

from django.conf import settings
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import override_settings

from articles.editing.page_files import page_file
from articles.models import StoredPage

# Addresses of this site in a page. What has a query or a fragment is the page itself, or one that is not kept.
LINK = re.compile(r'href="(/[^"?#]*)["?#]')
LEFT_OUT = ("/admin/", "/static/", "/media/", "/search/")


def write_all(host: str) -> Iterator[str]:
    """Ask for every page that links lead to from the front page, which keeps it; yields the paths that are kept."""
    client = Client(headers={"host": host})
    seen, waiting = {"/"}, deque(["/"])
    while waiting:
        path = waiting.popleft()
        response = _ask(client, path)
        for linked in LINK.findall(_html(response)):
            if linked not in seen and not linked.startswith(LEFT_OUT):
                seen.add(linked)
                waiting.append(linked)
        file = page_file(f"/{host}{path}")
        if file is not None and file.exists():
            yield path


def differing(host: str) -> tuple[int, list[str]]:
    """How many pages of a host are kept, and the paths of those that would be rendered otherwise now."""
    client = Client(headers={"host": host})
    paths = StoredPage.objects.filter(path__startswith=f"/{host}/").order_by("path").values_list("path", flat=True)
    looked_at, wrong = 0, []
    for stored in paths.iterator():
        file = page_file(stored)
        if file is None or not file.exists():
            continue
        looked_at += 1
        path = stored.removeprefix(f"/{host}")
        if file.read_bytes() != _rendered(client, path):
            wrong.append(path)
    return looked_at, wrong


def _ask(client: Client, path: str) -> HttpResponseBase:
    """As a reader asks: over HTTPS where nobody is answered otherwise."""
    response: HttpResponseBase = client.get(path, secure=settings.SECURE_SSL_REDIRECT)
    return response


def _rendered(client: Client, path: str) -> bytes:
    with override_settings(NEWSROOM_PAGE_FILES="", NEWSROOM_KEEP_PARTS=False):
        return bytes(getattr(_ask(client, path), "content", b""))


def _html(response: HttpResponseBase) -> str:
    is_page = response.get("Content-Type", "").startswith("text/html") and response.status_code == 200
    return getattr(response, "content", b"").decode() if is_page else ""
