"""Links for previews are made, shown once, and revoked."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from articles.models import Article, Decision, PreviewLink
from tests.factories import make_article

FUTURE = "2131-06-02T09:30Z"


def links_of(article):
    return reverse("admin:articles_article_links", args=[article.pk])


def test_a_link_is_shown_once_and_works(admin_client, client, editor):
    article = make_article(status="draft", headline="Ferry sails")
    page = admin_client.post(links_of(article), {"hours": "72", "_make": "x"}).content.decode()
    [address] = re.findall(r'readonly value="http://testserver([^"]+)"', page)
    assert "Ferry sails" in client.get(address).content.decode()
    link = PreviewLink.objects.get()
    assert link.made_by == editor
    assert round((link.expires - link.made).total_seconds() / 3600) == 72
    assert address not in admin_client.get(links_of(article)).content.decode()
    assert Decision.objects.get().action == "make-link"


def test_a_link_is_revoked(admin_client):
    article = make_article(status="draft")
    admin_client.post(links_of(article), {"hours": "1"})
    link = PreviewLink.objects.get()
    admin_client.post(links_of(article), {"_revoke": link.pk})
    link.refresh_from_db()
    assert link.revoked is not None
    page = admin_client.get(links_of(article)).content.decode()
    assert "revoked" in page
    assert "_revoke" not in page


@pytest.mark.parametrize("key", ["", "x", "0"])
def test_what_is_no_link_is_not_revoked(admin_client, key):
    article = make_article(status="draft")
    admin_client.post(links_of(article), {"hours": "1"})
    admin_client.post(links_of(article), {"_revoke": key})
    assert PreviewLink.objects.live().exists()


def test_a_link_of_another_article_is_not_revoked_from_here(admin_client):
    article = make_article(status="draft")
    admin_client.post(links_of(article), {"hours": "1"})
    admin_client.post(links_of(make_article(status="draft")), {"_revoke": PreviewLink.objects.get().pk})
    assert PreviewLink.objects.live().exists()


def test_no_lifetime_but_those_offered_is_taken(admin_client):
    response = admin_client.post(links_of(make_article(status="draft")), {"hours": "100000"})
    assert "Select a valid choice" in response.content.decode()
    assert not PreviewLink.objects.exists()


def test_under_an_embargo_only_who_may_see_it_passes_it_on(staff, admin_client):
    client = staff("view_article", "change_article")
    article = make_article(status="draft", embargo=FUTURE, created_by=User.objects.get(username="reporter"))
    assert "_make" not in client.get(links_of(article)).content.decode()
    assert client.post(links_of(article), {"hours": "1"}).status_code == 403
    Article.objects.update(embargo=None)
    assert client.post(links_of(article), {"hours": "1"}).status_code == 200
    assert PreviewLink.objects.count() == 1


def test_who_may_see_an_embargo_passes_it_on(staff):
    client = staff("view_article", "change_article", "see_embargoed_article")
    article = make_article(status="draft", embargo=FUTURE, created_by=User.objects.get(username="reporter"))
    assert "The article is embargoed" in client.get(links_of(article)).content.decode()
    client.post(links_of(article), {"hours": "1"})
    assert PreviewLink.objects.count() == 1


@pytest.mark.parametrize("status", ["published", "withdrawn"])
def test_what_readers_saw_needs_no_link(admin_client, status):
    article = make_article(status=status)
    assert admin_client.post(links_of(article), {"hours": "1"}).status_code == 403
    assert (
        "Preview links"
        not in admin_client.get(reverse("admin:articles_article_change", args=[article.pk])).content.decode()
    )


def test_who_may_only_look_makes_none(staff):
    assert staff("view_article").get(links_of(make_article(status="draft"))).status_code == 403
