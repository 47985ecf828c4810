"""The history of an article in the admin."""

import re

import pytest
from django.urls import reverse

from articles.editing.revise import save_edit
from articles.models import Article, State
from tests.factories import make_appearance, make_article, make_person

pytestmark = pytest.mark.django_db

BODY = "<p>The ferry sails, Ana Ruiz said.</p><p>Ben Ode waved.</p>"


@pytest.fixture
def article(editor):
    article = make_article(headline="Ferry back", body=BODY, tags=("Ferries",))
    make_appearance(article, make_person("Ana Ruiz"), state=State.ACCEPTED)
    for fields in ({"headline": "Ferry is back"}, {"standfirst": "At last."}, {"body": "<p>Ben Ode waved again.</p>"}):
        for name, value in fields.items():
            setattr(article, name, value)
        save_edit(article, changed=list(fields), user=editor)
    return article


def url(name, *args):
    return reverse(f"admin:articles_article_{name}", args=args)


def words(response):
    text = re.sub(r"<(script|style|head).*?</\1>", "", response.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())


def test_the_history_says_who_did_what_when(admin_client, article):
    page = words(admin_client.get(url("history", article.pk)))
    assert "4 versions, the latest first" in page
    assert "Version 4 (as it is now): edited" in page
    assert "text: 1 word came, 6 went" in page
    assert "admin" in page


def test_an_article_that_never_changed_has_one_version(admin_client):
    page = admin_client.get(url("history", make_article().pk))
    assert "One version: it never changed." in words(page)
    assert 'type="radio"' not in page.content.decode()


def test_any_two_versions_are_compared_in_either_order(admin_client, article):
    for old, new in ((1, 4), (4, 1)):
        page = admin_client.get(url("compare", article.pk), {"old": old, "new": new}).content.decode()
        assert "Ferry <ins>is </ins>back" in page
        assert "<ins>At last.</ins>" in page
        assert "Ben Ode waved<ins> again</ins>." in page


@pytest.mark.parametrize("query", [{}, {"old": 2, "new": 2}, {"old": "x", "new": 1}, {"old": 1, "new": 99}])
def test_without_two_versions_there_is_nothing_to_compare(admin_client, article, query):
    response = admin_client.get(url("compare", article.pk), query, follow=True)
    assert "Choose two versions to compare." in words(response)


def test_going_back_is_shown_first_then_done_then_undone(admin_client, article):
    page = admin_client.get(url("restore", article.pk, 1))
    assert "Ferry <del>is </del>back" in page.content.decode()
    done = admin_client.post(url("restore", article.pk, 1), follow=True)
    assert "The article is as it was in version 1." in words(done)
    article.refresh_from_db()
    assert (article.headline, article.standfirst, article.body) == ("Ferry back", "", BODY)
    undo = re.search(r'<form method="post" action="([^"]+)" class="undo">', done.content.decode())[1]
    admin_client.post(undo, {"undo": "1"})
    article.refresh_from_db()
    assert (article.headline, article.standfirst) == ("Ferry is back", "At last.")


def test_one_field_is_taken_back_alone(admin_client, article):
    page = admin_client.get(url("restore", article.pk, 1)).content.decode()
    assert re.findall(r'name="field" value="(\w+)"', page) == ["headline", "standfirst", "body"]
    admin_client.post(url("restore", article.pk, 1), {"field": "body"})
    article.refresh_from_db()
    assert (article.headline, article.body) == ("Ferry is back", BODY)


def test_the_history_of_what_is_not_there_is_not_found(admin_client, article):
    assert admin_client.get(url("history", 999)).status_code == 404
    assert admin_client.get(url("restore", article.pk, 99)).status_code == 404
    assert admin_client.post(url("restore", article.pk, 1), {"field": "status"}).status_code == 404
    assert Article.objects.get().headline == "Ferry is back"


def test_somebody_who_may_only_look_goes_back_to_nothing(staff, article):
    client = staff("view_article")
    assert "Go back" not in words(client.get(url("history", article.pk)))
    assert client.get(url("compare", article.pk), {"old": 1, "new": 2}).status_code == 200
    assert client.get(url("restore", article.pk, 1)).status_code == 403
    assert client.post(url("restore", article.pk, 1)).status_code == 403


def test_imported_markup_in_a_version_stays_text(admin_client, editor):
    article = make_article(headline="<img src=x onerror=alert(1)>", body="<p>&lt;b&gt;bold&lt;/b&gt;</p>")
    article.headline, article.body = "Plain", "<p>Plain.</p>"
    save_edit(article, changed=["headline", "body"], user=editor)
    for page in (
        url("history", article.pk),
        f"{url('compare', article.pk)}?old=1&new=2",
        url("restore", article.pk, 1),
    ):
        assert "<img src=x" not in admin_client.get(page).content.decode()


def test_a_long_history_is_paged_and_asks_no_more_for_it(admin_client, editor, django_assert_max_num_queries):
    article = make_article()
    for number in range(24):
        article.headline = f"Ferry {number}"
        save_edit(article, changed=["headline"], user=editor)
    with django_assert_max_num_queries(60):
        first = words(admin_client.get(url("history", article.pk)))
    assert ("Version 25 " in first, "Version 5:" in first) == (True, False)
    assert "Version 5:" in words(admin_client.get(url("history", article.pk), {"page": 2}))
