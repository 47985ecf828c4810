"""Whole addresses of this site, for what is read elsewhere: feeds, sitemaps, shared links."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.http import HttpRequest


def site_of(request: HttpRequest) -> str:
    """The address of the front page: that of the setting, or as the request has it."""
    return str(settings.NEWSROOM_URL or request.build_absolute_uri("/"))


def whole(request: HttpRequest, path: str) -> str:
    return urljoin(site_of(request), path)


def host_of(address: str) -> str:
    return urlsplit(address).hostname or ""
