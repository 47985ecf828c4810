"""In a real browser nothing that came in with a story runs, is asked for, or takes the reader away."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.contrib.auth import get_user_model

from articles.models import Article, ArticlePicture, Person, Quote, Tag
from tests.dangers import PAYLOADS
from tests.hostile import make_archive

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ASKED = "[typeof window.ran, document.querySelectorAll('script:not([src]):not([type])').length]"


@pytest.mark.one_database
def test_nothing_that_came_in_runs_in_a_browser(live_server, page, open_page, complaints):
    make_archive()
    ArticlePicture.objects.all().delete()  # their files are not there, of which the console would complain
    get_user_model().objects.filter(username="root").update(username="admin")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    articles = [*Article.objects.published()[: len(PAYLOADS)]]
    quote, tag = Quote.objects.public().first(), Tag.objects.first()
    readers = [
        *("/", "/people/", "/tags/", "/corrections/", "/quotes/"),
        *(article.get_absolute_url() for article in articles),
        *(quote.get_absolute_url(), tag.get_absolute_url(), articles[0].get_absolute_url() + "report/"),
        *(person.get_absolute_url() for person in Person.objects.filter(appearances__article__in=articles)[:2]),
        *(f"/search/?{urlencode({'q': payload})}" for payload in PAYLOADS[:3]),
    ]
    for path in readers:
        open_page(path)
        assert page.evaluate(ASKED) == ["undefined", 0], path
    open_page("/admin/login/")
    page.get_by_label("Username").fill("admin")
    page.get_by_label("Password").fill("password")
    page.get_by_role("button", name="Log in").click()
    key = articles[0].pk
    for path in (
        "/admin/",
        "/admin/articles/article/",
        *(f"/admin/articles/article/{article.pk}/change/" for article in articles[:3]),
        f"/admin/articles/article/{key}/review/",
        f"/admin/articles/article/{key}/history/",
        "/admin/articles/person/",
        "/admin/articles/errorreport/",
        "/admin/articles/decision/",
        "/admin/duplicates/",
        "/admin/account/",
    ):
        open_page(path)
        assert page.evaluate("typeof window.ran") == "undefined", path
    assert [url for url in asked if not url.startswith((live_server.url, "data:image/", "blob:"))] == []
