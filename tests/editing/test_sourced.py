"""What the source says of fields that an editor typed: kept, shown, and taken if an editor wants it."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import User

from articles.documents.story import Credit, Story
from articles.editing.bylines import editing_byline, set_byline
from articles.editing.revise import save_edit
from articles.editing.sourced import NotTaken, differing, take_from_source
from articles.importing.options import ImportOptions
from articles.importing.service import import_stories
from articles.models import Article
from tests.factories import make_article, make_section

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(db):
    return User.objects.create_user("ida")


def bring(**fields):
    said = {"headline": "Ferry aground", "body": "<p>It sits.</p>", "identifier": "cs:1", **fields}
    (report,) = import_stories([Story(source="ferry", **said)], ImportOptions())
    assert report["status"] != "failed", report["error"]
    return Article.objects.get()


def type_in(article, user, **fields):
    for name, value in fields.items():
        setattr(article, name, value)
    save_edit(article, changed=list(fields), user=user)


def shown(article):
    return {each.field: each.theirs for each in differing(article)}


def test_what_the_source_said_is_shown_as_soon_as_an_editor_types(user):
    article = bring(standfirst="Nobody was hurt.")
    assert shown(article) == {}
    type_in(article, user, headline="Ferry stuck")
    type_in(article, user, headline="Ferry stuck again")
    assert shown(Article.objects.get()) == {"headline": "Ferry aground"}
    type_in(article, user, headline="Ferry aground")
    assert shown(Article.objects.get()) == {}


def test_a_newer_version_changes_what_is_shown_and_not_what_was_typed(user):
    type_in(bring(), user, headline="Ferry stuck", body="<p>It is stuck.</p>", publisher="Cobh Sheet")
    article = bring(headline="Ferry afloat", body="<p>It floats.</p>", standfirst="At noon.")
    assert (article.headline, article.text, article.standfirst) == ("Ferry stuck", "It is stuck.", "At noon.")
    assert shown(article) == {"headline": "Ferry afloat", "body": "It floats.", "publisher": ""}


def test_what_is_taken_follows_the_source_from_then_on(user):
    type_in(bring(), user, headline="Ferry stuck", body="<p>It is stuck.</p>")
    article = bring(headline="Ferry afloat", body="<p>It <b>floats</b>.</p>")
    assert take_from_source(article, ["body"], user=user) == ["body"]
    article = Article.objects.get()
    assert (article.headline, article.text, article.edited_fields) == ("Ferry stuck", "It floats.", ["headline"])
    assert shown(article) == {"headline": "Ferry afloat"}
    article = bring(headline="Ferry in dock", body="<p>It is mended.</p>")
    assert (article.headline, article.text) == ("Ferry stuck", "It is mended.")


def test_a_byline_is_kept_shown_and_taken_like_any_field(user):
    article = bring(byline=("Ana Lopez",), credits=(Credit("Bo Ek", "photographs"),))
    with editing_byline(article, user=user):
        set_byline(article, [{"name": "Cy Tran", "role": "reporting", "author": None}])
    assert shown(Article.objects.get()) == {"byline": "Ana Lopez\nBo Ek (photographs)"}
    article = bring(headline="Ferry afloat", byline=("Ana Lopez", "Dee Fox"))
    assert [row.name for row in article.bylines.all()] == ["Cy Tran"]
    assert shown(article) == {"byline": "Ana Lopez\nDee Fox"}
    assert take_from_source(article, ["byline"], user=user) == ["byline"]
    article = Article.objects.get()
    assert [(row.name, row.author.name) for row in article.bylines.all()] == [
        ("Ana Lopez", "Ana Lopez"),
        ("Dee Fox", "Dee Fox"),
    ]
    assert (shown(article), article.edited_fields, article.versions.count()) == ({}, [], 2)
    article = bring(headline="Ferry in dock", byline=("Dee Fox",))
    assert [row.name for row in article.bylines.all()] == ["Dee Fox"]


def test_what_does_not_differ_is_not_taken(user):
    article = bring()
    assert take_from_source(article, ["headline", "nothing"], user=user) == []
    assert Article.objects.get().revision == article.revision


def test_a_date_is_taken_with_whether_its_time_is_known(user):
    article = bring(published=date(2031, 5, 2))
    type_in(article, user, published=datetime(2031, 5, 3, 9, 30, tzinfo=UTC), published_has_time=True)
    article = bring(published=date(2031, 5, 2), standfirst="At noon.")
    assert (article.published.day, article.published_has_time) == (3, True)
    assert list(shown(article)) == ["published"]
    take_from_source(article, ["published"], user=user)
    article = Article.objects.get()
    assert (article.published.day, article.published_has_time) == (2, False)


def test_an_address_that_another_article_has_is_not_taken(user):
    article = bring(address="https://cobh.example/1")
    type_in(article, user, address="https://cobh.example/2")
    make_article(address="https://cobh.example/1")
    with pytest.raises(NotTaken, match=r"https://cobh\.example/1"):
        take_from_source(article, ["address"], user=user)
    article.refresh_from_db()
    assert article.address == "https://cobh.example/2"


def test_an_article_that_was_written_here_has_no_source(user):
    article = make_article()
    type_in(article, user, headline="Ferry stuck")
    assert Article.objects.get().source_fields == {}


def test_a_newer_version_leaves_an_article_in_its_section(user):
    ships, news = make_section("Ships"), make_section("News")
    article = bring(section="Ships")
    assert article.section == ships
    type_in(article, user, section=news)
    assert bring(section="Ships", standfirst="At noon.").section == news
