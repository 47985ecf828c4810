"""Who counts as one reader where requests are counted."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from articles.site.limits import client_of, seconds_to_wait


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "198.51.100.1", "10.0.0.9"),
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "203.0.113.5, 198.51.100.1", "198.51.100.1"),
        (2, "203.0.113.5, 198.51.100.1, 10.0.0.8", "198.51.100.1"),
        (2, "198.51.100.1", "10.0.0.9"),
        (1, None, "10.0.0.9"),
        (1, "", "10.0.0.9"),
    ],
    ids=["no proxy", "one", "a written one is no matter", "two", "past the proxies", "no header", "empty header"],
)
def test_the_address_is_the_one_that_our_own_proxy_saw(settings, proxies, forwarded, expected):
    settings.NEWSROOM_PROXIES = proxies
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    assert client_of(RequestFactory().get("/", REMOTE_ADDR="10.0.0.9", **headers)) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::ffff", "2001:db8:1:2::/64"),
        ("::ffff:198.51.100.1", "198.51.100.1"),
        ("unix:", "unix:"),
        ("", ""),
    ],
)
def test_a_network_of_one_customer_counts_as_one(address, expected):
    assert client_of(RequestFactory().get("/", REMOTE_ADDR=address)) == expected


def test_whoever_has_asked_enough_waits_for_the_end_of_the_period():
    request = RequestFactory().get("/", REMOTE_ADDR="10.9.9.9")
    day = 86_400
    waits = [seconds_to_wait(request, "test-limits", most=2, period=day) for _ in range(5)]
    assert waits[0] == 0
    assert 0 < waits[-1] <= day
