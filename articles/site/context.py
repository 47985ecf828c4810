"""What every page is given."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
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

# An address, what it is called, and what `aria-current` says of it.
Link = tuple[str, str, str]


@dataclass
class Masthead:
    """The sections in which readers find something, and the lists of the archive, as the page at `path` shows them."""

    path: str

    @cached_property
    def sections(self) -> list[Link]:
        """Looked up when a page shows them."""
        return [
            self._link(name, "section", slug) for name, slug in Section.objects.public().values_list("name", "slug")
        ]

    @cached_property
    def on_record(self) -> list[Link]:
        return [self._link(str(label), name) for name, label in ON_RECORD]

    @property
    def key(self) -> str:
        """Two pages with the same one have the same masthead."""
        return repr((self.sections, self.on_record))

    def _link(self, label: str, name: str, *args: str) -> Link:
        address = address_of(get_script_prefix(), name, *args)
        return address, label, here(self.path, address)


@lru_cache(maxsize=1_000)
def address_of(_prefix: str, name: str, *args: str) -> str:
    """What `reverse` says, which takes its time, of addresses that stand on every page."""
    return reverse(name, args=args)


def newsroom(request: HttpRequest) -> dict[str, Any]:
    return {"newsroom_name": settings.NEWSROOM_NAME, "masthead": Masthead(request.path)}


def here(path: str, address: str) -> str:
    """What `aria-current` says of a link: that it leads to this page, or to what this page is a part of."""
    if path == address:
        return "page"
    return "true" if path.startswith(address) else ""
