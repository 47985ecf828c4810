"""Documents come in through the desk: pasted or uploaded, looked at first or saved at once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.models import Article, ArticleImport

URL = reverse("admin:articles_article_import")
STORY = """Ferry to sail again

By Ife Balogun

SZEGED (Coast News) – “It sails,” said Mara Finch, the harbour master, on Friday.

The ferry had been out of service for six weeks after a fire in the engine room.
"""


def upload(name, content=STORY):
    return SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())


def test_a_pasted_story_is_imported_by_who_pasted_it(admin_client, editor):
    response = admin_client.post(URL, {"text": STORY, "_import": "Import", "tags": ["ferries"], "publisher": "Herald"})
    article = Article.objects.get()
    assert (article.headline, article.publisher) == ("Ferry to sail again", "Herald")
    assert article.bylines.get().name == "Ife Balogun"
    assert "ferries" in {tag.name for tag in article.tags.all()}
    assert not article.is_published
    assert ArticleImport.objects.get().user == editor
    page = response.content.decode()
    for expected in ("What was imported", "1 created", "Mara Finch", "harbour master", "Szeged", "“It sails,”"):
        assert expected in page
    assert f'<a href="{reverse("admin:articles_article_change", args=[article.pk])}">Ferry to sail again</a>' in page


def test_a_preview_shows_the_same_and_saves_nothing(admin_client):
    page = admin_client.post(URL, {"text": STORY, "_preview": "Preview first"}).content.decode()
    for expected in ("Preview: nothing was saved", "1 looked at", "Mara Finch", "“It sails,”"):
        assert expected in page
    assert not Article.objects.exists()
    assert not ArticleImport.objects.exists()


def test_several_files_are_imported_and_a_bad_one_does_not_stop_the_rest(admin_client):
    files = [upload("empty.txt", ""), upload("ferry.txt"), upload("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(200))]
    page = admin_client.post(URL, {"uploads": files, "_import": "Import", "publish": "on"}).content.decode()
    assert Article.objects.get().is_published
    assert "2 failed" in page
    assert ArticleImport.objects.filter(status="failed").count() == 2


def test_files_and_pasted_text_come_in_together(admin_client):
    admin_client.post(URL, {"uploads": [upload("a.txt")], "text": STORY.replace("Ferry", "Tram"), "_import": "x"})
    assert set(Article.objects.values_list("headline", flat=True)) == {"Ferry to sail again", "Tram to sail again"}


def test_a_story_imported_before_is_left_alone_when_asked(admin_client):
    newer = STORY.replace("six weeks", "seven weeks").replace("By Ife", "3 March 2031\n\nBy Ife")
    older = STORY.replace("By Ife", "3 March 2031\n\nBy Ife")
    admin_client.post(URL, {"text": older, "_import": "x"})
    admin_client.post(URL, {"text": newer, "_import": "x", "skip_existing": "on"})
    assert "six weeks" in Article.objects.get().text
    page = admin_client.post(URL, {"text": newer, "_import": "x"}).content.decode()
    assert "1 updated" in page
    assert "seven weeks" in Article.objects.get().text


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({}, "Choose a file or paste a story."),
        ({"text": " \n "}, "Choose a file or paste a story."),
        ({"text": STORY, "date": "soon"}, "Enter a valid date."),
        ({"text": STORY, "format": "fax"}, "Select a valid choice. fax is not one of the available choices."),
    ],
    ids=["nothing", "white space", "a date", "a format"],
)
def test_what_is_missing_is_said_plainly(admin_client, sent, message):
    page = admin_client.post(URL, {**sent, "_import": "Import"}).content.decode()
    assert message in page
    assert not Article.objects.exists()


def test_documents_that_are_too_large_are_refused_before_they_are_read(admin_client, settings):
    settings.NEWSROOM_MAX_DOCUMENT_BYTES = 100
    page = admin_client.post(URL, {"uploads": [upload("ferry.txt")], "_import": "x"}).content.decode()
    assert "“ferry.txt” has" in page
    assert "a document may have 100" in page
    page = admin_client.post(URL, {"text": STORY, "_import": "x"}).content.decode()
    assert "A document may have 100" in page
    assert not ArticleImport.objects.exists()


def test_only_who_may_add_articles_may_import(staff):
    client = staff("view_article", "change_article")
    assert client.get(URL).status_code == 403
    assert client.post(URL, {"text": STORY, "_import": "x"}).status_code == 403
    assert URL not in client.get(reverse("admin:articles_article_changelist")).content.decode()
    assert not Article.objects.exists()


def test_markup_in_a_story_stays_text_in_the_report(admin_client):
    page = admin_client.post(URL, {"text": STORY.replace("Ferry", "<script>x</script>"), "_preview": "x"}).content
    assert b"<script>x</script>" not in page


def test_the_log_shows_the_report_again(admin_client):
    admin_client.post(URL, {"text": STORY, "_import": "x"})
    log = reverse("admin:articles_articleimport_change", args=[ArticleImport.objects.get().pk])
    page = admin_client.get(log).content.decode()
    assert "Mara Finch" in page
    assert "“It sails,”" in page


def test_who_may_not_publish_imports_drafts(staff):
    client = staff("add_article", "view_article")
    assert 'name="publish"' not in client.get(URL).content.decode()
    client.post(URL, {"text": STORY, "_import": "Import", "publish": "on"})
    assert Article.objects.get().status == "draft"
