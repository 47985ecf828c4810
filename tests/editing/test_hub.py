"""The hub is told which feeds have news, and no editor waits for it."""

from __future__ import annotations

from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO
from threading import Thread
from urllib.parse import parse_qsl

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles.editing import hub
from articles.editing.hub import check_hub, tell_hub
from articles.editing.publish import publish
from articles.editing.withdraw import withdraw
from articles.models import HubNews
from tests.factories import make_appearance, make_article, make_person, make_section, make_tag

pytestmark = pytest.mark.django_db

SITE = "https://news.example.org"


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        said = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.heard.append(parse_qsl(said))
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_args):
        pass


@pytest.fixture
def server(settings):
    """A hub on this machine, and what it heard."""
    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.heard, server.status = [], 202
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.NEWSROOM_WEBSUB_HUB = f"http://127.0.0.1:{server.server_port}/"
    settings.NEWSROOM_URL = f"{SITE}/"
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def story():
    article = make_article(
        status="draft", body="<p>Mara Finch</p>", section=make_section("Harbour"), tags=(make_tag("Ferries"),)
    )
    make_appearance(article, make_person("Mara Finch"))
    return article


def heard(server):
    return [value for said in server.heard for name, value in said if name == "hub.url"]


def test_it_is_told_of_every_feed_that_a_story_stands_in(server, story):
    publish([story], user=None)
    assert server.heard == []
    assert tell_hub().problem == ""
    pages = ["/", "/quotes/", "/corrections/", "/sections/harbour/", "/tags/ferries/", "/people/mara-finch/"]
    pages += ["/people/mara-finch/quotes/"]
    assert sorted(heard(server)) == sorted(
        f"{SITE}{page}feed.{form}" for page in pages for form in ("atom", "rss", "json")
    )
    assert server.heard[0][0] == ("hub.mode", "publish")
    assert (tell_hub().feeds, len(server.heard)) == (0, 1)


def test_it_is_told_of_what_is_withdrawn(server, story):
    publish([story], user=None)
    tell_hub()
    server.heard.clear()
    withdraw(story, note="No.", user=None)
    tell_hub()
    assert f"{SITE}/tags/ferries/feed.atom" in heard(server)


def test_a_draft_is_no_news(server, story):
    story.headline = "Another"
    story.save()
    assert tell_hub().feeds == 0
    assert server.heard == []


def test_feeds_are_named_in_portions(server, story, monkeypatch):
    monkeypatch.setattr(hub, "PORTION", 8)
    publish([story], user=None)
    assert tell_hub().feeds == 21
    assert [len(said) - 1 for said in server.heard] == [8, 8, 5]


def test_what_it_does_not_take_is_told_again(server, story):
    publish([story], user=None)
    server.status = 503
    assert "answered with status 503" in tell_hub().problem
    server.status = 204
    assert tell_hub().feeds == 21
    assert not HubNews.objects.exists()


def test_a_hub_that_is_away_is_told_later_and_given_up_after_a_day(settings, server, story):
    there = settings.NEWSROOM_WEBSUB_HUB
    settings.NEWSROOM_WEBSUB_HUB = "http://127.0.0.1:1/"
    publish([story], user=None)
    assert "cannot be reached" in tell_hub().problem
    assert HubNews.objects.exists()
    settings.NEWSROOM_WEBSUB_HUB = there
    assert tell_hub(timezone.now() + timedelta(days=2)).feeds == 0
    assert not HubNews.objects.exists()


def test_what_changes_while_it_is_told_is_told_the_next_time(server, story, monkeypatch):
    publish([story], user=None)
    told = hub._publish
    monkeypatch.setattr(hub, "_publish", lambda feeds: HubNews.objects.create(keys=["latest"]) and told(feeds))
    tell_hub()
    assert [each.keys for each in HubNews.objects.all()] == [["latest"]]


def test_the_command_of_each_minute_tells_it(server, story):
    publish([story], user=None)
    output = StringIO()
    call_command("publish_due", stdout=output)
    assert "told hub   21 feeds\n" in output.getvalue()


def test_nothing_is_written_down_where_there_is_no_hub(settings, story):
    settings.NEWSROOM_WEBSUB_HUB = ""
    publish([story], user=None)
    assert not HubNews.objects.exists()


def test_a_hub_without_the_site_s_address_is_a_mistake(settings):
    settings.NEWSROOM_WEBSUB_HUB, settings.NEWSROOM_URL = "https://hub.example/", ""
    assert [each.id for each in check_hub(None)] == ["newsroom.E040"]
    settings.NEWSROOM_URL = SITE
    assert check_hub(None) == []
