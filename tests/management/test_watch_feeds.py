from io import StringIO
from threading import Event, Timer

import pytest
from django.core.management import call_command

from articles.management.commands.watch_feeds import Command
from articles.models import Article, Feed
from tests.importing.test_following import item, rss
from tests.web import Site, serving

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(settings):
    settings.NEWSROOM_FETCH_HOSTS = ["localhost"]
    with serving() as server:
        server.site = Site(server.server_port)
        yield server.site


def run(*arguments):
    output = StringIO()
    call_command("watch_feeds", *arguments, stdout=output)
    return output.getvalue()


def test_it_says_what_each_feed_brought(site):
    site.answers["/feed"] = rss(item("Ferry aground", guid="f1"), item("Ferry afloat", ""))
    Feed.objects.create(address=site.at("/feed"), title="Tidewire")
    Feed.objects.create(address=site.at("/none"))
    said = run()
    assert "polled     Tidewire: 1 created, 1 failed\n" in said
    assert "story      " + site.at("/feed") + ", item 2: “Ferry afloat”: there is no text in it\n" in said
    assert f"failed     {site.at('/none')}: localhost answered 404 (Not Found)\n" in said
    assert run() == ""
    assert "polled     Tidewire: nothing new\n" in run("--all")


def test_watching_ends_when_it_is_told_to(site):
    site.answers["/feed"] = rss(item("Ferry aground", guid="f1"))
    Feed.objects.create(address=site.at("/feed"))
    stop = Event()
    Timer(0.2, stop.set).start()
    Command(stdout=StringIO()).watch(stop)
    assert Article.objects.count() == 1
