"""Who is told figures, and that they are right."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from newsroom.watch.metrics import check_networks
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def figures(client, **more):
    lines = client.get("/metrics", **more).content.decode().splitlines()
    return {name: float(value) for name, _, value in (each.rpartition(" ") for each in lines if each[0] != "#")}


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("shown", "address", "status"),
    [
        ("Bearer kelp", "203.0.113.5", 200),
        ("Bearer kelp ", "203.0.113.5", 404),
        ("Bearer", "203.0.113.5", 404),
        ("Bearer kélp", "203.0.113.5", 404),
        ("", "203.0.113.5", 404),
        ("", "10.2.3.4", 200),
        ("", "::ffff:10.2.3.4", 200),
        ("", "unix:", 404),
    ],
)
def test_figures_are_told_to_who_has_the_token_or_a_listed_network(client, settings, shown, address, status):
    settings.NEWSROOM_METRICS_TOKEN, settings.NEWSROOM_METRICS_NETWORKS = "kelp", ["10.0.0.0/8"]
    sent = {"HTTP_AUTHORIZATION": shown} if shown else {}
    assert client.get("/metrics", REMOTE_ADDR=address, **sent).status_code == status


@pytest.mark.one_database
@pytest.mark.parametrize("shown", ["Bearer ", "Bearer", ""])
def test_nobody_is_told_figures_unless_it_is_set_up(client, shown):
    assert client.get("/metrics", headers={"authorization": shown}).status_code == 404


@pytest.mark.one_database
def test_an_address_that_a_reader_wrote_opens_nothing(client, settings):
    settings.NEWSROOM_METRICS_NETWORKS, settings.NEWSROOM_PROXIES = ["10.0.0.0/8"], 1
    asked = {"REMOTE_ADDR": "10.0.0.2", "HTTP_X_FORWARDED_FOR": "10.9.9.9, 203.0.113.5"}
    assert client.get("/metrics", **asked).status_code == 404


def test_figures_count_requests_and_what_waits(client, settings):
    settings.NEWSROOM_METRICS_TOKEN = "kelp"
    make_article()
    make_article(status="scheduled", scheduled_for=timezone.now() - timedelta(minutes=5))
    make_article(status="scheduled", scheduled_for=timezone.now() + timedelta(minutes=5))
    headers = {"authorization": "Bearer kelp"}
    asked = 'newsroom_requests_total{method="GET",status="200",view="articles"}'
    missed = 'newsroom_requests_total{method="other",status="405",view="reconcile"}'
    before = figures(client, headers=headers)
    for _ in range(3):
        client.get("/articles/")
    client.generic("BREW", "/reconcile")
    after = figures(client, headers=headers)
    assert after[asked] - before.get(asked, 0) == 3
    assert after[missed] - before.get(missed, 0) == 1
    assert after['newsroom_articles{status="published"}'] == 1
    assert after['newsroom_articles{status="scheduled"}'] == 2
    assert after["newsroom_overdue_articles"] == 1
    assert after["newsroom_database_up"] == 1


@pytest.mark.one_database
def test_a_mistyped_network_is_named(settings):
    settings.NEWSROOM_METRICS_NETWORKS = ["10.0.0.0/8", "10.0.0.0/99"]
    assert [error.msg for error in check_networks(None)] == ["NEWSROOM_METRICS_NETWORKS: “10.0.0.0/99” is no network"]
