"""Whole addresses of records, which are their names outside this program, too."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from articles.models import Entity

COLLECTIONS = {
    Entity.Kind.PERSON: "people",
    Entity.Kind.ORGANISATION: "organisations",
    Entity.Kind.LOCATION: "locations",
}


@dataclass(frozen=True)
class Addresses:
    """As one request sees the site: `site` has no slash at its end."""

    site: str

    @classmethod
    def of(cls, request: HttpRequest) -> Addresses:
        """At the address of the setting, or at that which the request has."""
        return cls(str(settings.NEWSROOM_URL or request.build_absolute_uri("/")).rstrip("/"))

    @cached_property
    def api(self) -> str:
        return self.site + reverse("api:api-root")

    @property
    def host(self) -> str:
        return urlsplit(self.site).netloc

    def page(self, record: Any) -> str:
        return f"{self.site}{record.get_absolute_url()}"

    def permanent(self, entity: Entity) -> str:
        return self.site + reverse("record", args=[entity.pk])

    def collection(self, collection: str) -> str:
        return f"{self.api}{collection}/"

    def record(self, collection: str, number: int) -> str:
        return f"{self.collection(collection)}{number}"

    def entity(self, entity: Entity) -> str:
        return self.record(COLLECTIONS[Entity.Kind(entity.kind)], entity.pk)
