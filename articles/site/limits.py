"""How often one address of the network has asked for something."""

from __future__ import annotations

import time
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


def seconds_to_wait(request: HttpRequest, what: str, *, most: int, period: int) -> int:
    """Seconds until whoever asks may ask again; 0 while they may. Counts this request.

    `most` may be asked within each `period` of seconds on the clock.
    """
    now = int(time.time())
    key = f"{what}:{client_of(request)}:{now // period}"
    cache.add(key, 0, period)
    try:
        number = cache.incr(key)
    except ValueError:  # it was dropped between the two lines
        number = 1
    return period - now % period if number > most else 0


def client_of(request: HttpRequest) -> str:
    """The network address that a request comes from; of IPv6 the part that one customer has as a whole."""
    address = address_of(request)
    try:
        known = ip_address(address)
    except ValueError:
        return address[:60]
    if isinstance(known, IPv6Address):
        return str(known.ipv4_mapped or ip_network((int(known), 64), strict=False))
    return str(known)


def address_of(request: HttpRequest) -> str:
    """As the outermost of our own proxies saw it: what stands further left in the header, anybody may have written."""
    seen = [each.strip() for each in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    proxies = settings.NEWSROOM_PROXIES
    if proxies and len(seen) >= proxies and seen[-proxies]:
        return str(seen[-proxies])
    return str(request.META.get("REMOTE_ADDR", ""))
