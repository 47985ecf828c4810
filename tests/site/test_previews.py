"""A secret address shows one unpublished article until it ends."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.editing.previews import make_link, revoke_links
from articles.editing.publish import publish
from articles.models import PreviewLink
from tests.factories import make_appearance, make_article, make_person, make_quote

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def editor(django_user_model):
    return django_user_model.objects.create_user("ida", is_staff=True)


@pytest.fixture
def article():
    article = make_article(status="draft", headline="Ferry sails", body="<p>“It sails,” said Mara Finch.</p>")
    make_appearance(article, make_person("Mara Finch"))
    make_quote(article, "“It sails,”")
    return article


@pytest.fixture
def address(article, editor):
    return reverse("preview", args=[make_link(article, lifetime=DAY, user=editor)])


def test_whoever_has_the_address_reads_the_article_and_that_it_is_not_published(client, address):
    response = client.get(address)
    page = response.content.decode()
    assert response.status_code == 200
    assert "Ferry sails" in page
    assert "Preview, not published." in page
    assert '<meta name="robots" content="noindex, nofollow">' in page
    assert "application/ld+json" not in page


def test_nobody_keeps_or_passes_on_the_page(client, address):
    response = client.get(address)
    assert set(response["Cache-Control"].split(", ")) == {"private", "no-store"}
    assert response["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert response["Referrer-Policy"] == "no-referrer"


def test_an_embargo_is_said_above_the_article(client, address, article):
    type(article).objects.filter(pk=article.pk).update(embargo="2131-06-02T09:30Z")
    page = client.get(address).content.decode()
    assert "Embargoed until" in page
    assert "2 June 2131, 09:30" in page
    assert "do not publish" in page


def test_an_address_that_is_over_revoked_or_guessed_is_the_same_page_that_is_not_here(client, article, editor, address):
    unknown = client.get(reverse("preview", args=["guessed"]))
    PreviewLink.objects.update(made=timezone.now() - 3 * DAY, expires=timezone.now() - DAY)
    over = client.get(address)
    revoked_address = reverse("preview", args=[make_link(article, lifetime=DAY, user=editor)])
    revoke_links([article], user=editor)
    revoked = client.get(revoked_address)
    assert [response.status_code for response in (unknown, over, revoked)] == [404, 404, 404]
    assert unknown.content == over.content == revoked.content


def test_once_published_it_leads_to_the_article(client, article, editor, address):
    publish([article], user=editor)
    assert client.get(address)["Location"] == article.get_absolute_url()


def test_the_secret_is_kept_nowhere(article, address):
    secret = address.strip("/").rpartition("/")[2]
    assert secret not in str(list(PreviewLink.objects.values()))
    assert secret not in str(list(article.decisions.values()))
