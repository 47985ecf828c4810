"""What is dear to render of a page, kept in the database until something it shows changes.

A page whose address has a query is never a file, nor is any page of a newsroom that keeps none; the text of an article,
with its names linked and its drawings beside it, is rendered once all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from articles.editing.in_passing import Hindered, in_passing
from articles.editing.page_files import looks, remove_pages
from articles.editing.touching import lock, version
from articles.models import StoredPage
from articles.models.mentions import listening, mention
from articles.site.stored_pages import LONGEST_PATH, Version, address_of, write_row

KEYS = "keys"  # stands among the parts: what they show

Parts = Mapping[str, SafeString]


def parts_of_page(request: HttpRequest, make: Callable[[], Parts]) -> Parts:
    """The parts of the page at the request's address; `make` renders them, and reads itself all that they show."""
    path = address_of(request)
    if not settings.NEWSROOM_KEEP_PARTS or len(path) > LONGEST_PATH:
        return make()
    return kept_parts(path) or make_and_keep(path, make)


def kept_parts(path: str) -> Parts | None:
    lasting = Q(expires=None) | Q(expires__gt=timezone.now())
    rows = StoredPage.objects.filter(lasting, path=path, looks=looks(), parts__isnull=False)
    kept = rows.values_list("parts", flat=True).first()
    if kept is None:
        return None
    mention(*kept[KEYS])
    return {name: mark_safe(html) for name, html in kept.items() if name != KEYS}  # nosec B308 B703


def make_and_keep(path: str, make: Callable[[], Parts]) -> Parts:
    seen = version()
    with listening() as keys:
        parts = make()
    keep_parts(path, parts, keys, seen=seen)
    mention(*keys)
    return parts


def keep_parts(path: str, parts: Parts, keys: set[str], *, seen: Version) -> bool:
    """Keep parts unless something has changed since `seen`; says whether they were.

    A file of the page that is still there was made of what was before, and goes.
    """
    try:
        with in_passing():
            lock()
            if version() != seen:
                return False
            write_row(path, keys, looks=looks(), parts={**parts, KEYS: sorted(keys)})
            remove_pages([path])
    except Hindered:
        return False
    return True
