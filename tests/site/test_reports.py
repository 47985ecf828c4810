"""Readers report errors, and not too many at once."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from articles.models import ErrorReport
from tests.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def article():
    return make_article(headline="Ferry sails")


def page_of(article):
    return reverse("report", args=[article.slug])


def test_an_article_leads_to_the_form_and_the_form_back(client, article):
    assert f'href="{page_of(article)}"' in client.get(article.get_absolute_url()).content.decode()
    assert f'href="{article.get_absolute_url()}"' in client.get(page_of(article)).content.decode()


def test_a_report_reaches_the_editors_and_the_reader_is_thanked(client, article):
    sent = {"message": "It was Monday.", "passage": "on Friday", "name": "Ife", "email": "ife@example.org"}
    response = client.post(page_of(article), sent, follow=True)
    assert "Your report has reached the editors." in response.content.decode()
    report = ErrorReport.objects.get()
    assert (report.article, report.state) == (article, "open")
    assert {name: getattr(report, name) for name in sent} == sent


def test_name_and_address_are_not_asked_for(client, article):
    client.post(page_of(article), {"message": "It was Monday."})
    assert ErrorReport.objects.get().email == ""


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"message": " "}, "This field is required."),
        ({"message": "x" * 2001}, "at most 2000 characters"),
        ({"message": "x", "passage": "x" * 1001}, "at most 1000 characters"),
        ({"message": "x", "email": "ife"}, "Enter a valid email address."),
        ({"message": "a\0b"}, "Null characters are not allowed."),
    ],
)
def test_what_is_wrong_with_a_report_is_said_and_what_was_typed_stays(client, article, sent, message):
    page = client.post(page_of(article), sent).content.decode()
    assert message in page
    assert not ErrorReport.objects.exists()


def test_what_a_program_sends_is_dropped_without_a_word(client, article):
    response = client.post(page_of(article), {"message": "Buy!", "website": "https://example.com"})
    assert response["Location"] == reverse("report-sent", args=[article.slug])
    assert not ErrorReport.objects.exists()


def test_an_address_that_sends_too_many_is_asked_to_wait(client, article, settings):
    settings.NEWSROOM_REPORTS_PER_HOUR = 2
    responses = [client.post(page_of(article), {"message": "It was Monday."}) for _ in range(3)]
    assert [response.status_code for response in responses] == [302, 302, 429]
    assert "It was Monday." in responses[-1].content.decode()
    other = Client(REMOTE_ADDR="10.1.1.1")
    assert other.post(page_of(article), {"message": "It was Monday."}).status_code == 302
    assert ErrorReport.objects.count() == 3


def test_a_report_needs_the_token_of_the_form(article):
    client = Client(enforce_csrf_checks=True)
    assert client.post(page_of(article), {"message": "It was Monday."}).status_code == 403


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_what_readers_do_not_see_cannot_be_reported(client, status):
    article = make_article(status=status)
    assert client.get(page_of(article)).status_code == 404
    assert client.post(page_of(article), {"message": "x"}).status_code == 404
    assert client.get(reverse("report-sent", args=[article.slug])).status_code == 404
