"""Beside an article's form: where its source says otherwise, and the button that takes it."""

import pytest
from django.contrib.messages import get_messages

from articles.admin.base import change_url
from articles.editing.revise import save_edit
from articles.importing.service import import_document
from articles.models import Article, Entity

pytestmark = pytest.mark.django_db
STORY = "Ferry aground in Cobh\n\nIt sits on a bank, said Mara Finch, the harbour master of Cobh, on Monday.\n"


@pytest.fixture
def article(editor):
    import_document(STORY.encode(), source="ferry.txt")
    article = Article.objects.get()
    article.headline, article.body, article.publisher = "Ferry stuck", "<p>It is stuck.</p>", "Cobh Sheet"
    save_edit(article, changed=["headline", "body", "publisher"], user=editor)
    return article


def panel_of(client, article):
    panels = client.get(change_url(article)).context["panels"]
    return next((panel for panel in panels if panel.key == "source"), None)


def test_what_differs_is_shown_and_taken(admin_client, article, article_form):
    panel = panel_of(admin_client, article)
    assert [(row.label, row.evidence[:13]) for row in panel.rows] == [
        ("Headline", "Ferry aground"),
        ("Body", "It sits on a "),
        ("Source", "nothing"),
    ]
    sent = article_form(headline="Ferry stuck", body="<p>It is stuck.</p>", publisher="Cobh Sheet", language="en")
    response = admin_client.post(
        change_url(article), {**sent, "slug": article.slug, "_take_source": "body"}, follow=True
    )
    said = [str(message) for message in get_messages(response.wsgi_request)]
    assert "Taken from the source. Newer versions of the story change it again." in said
    article = Article.objects.get()
    assert (article.headline, article.text[:14]) == ("Ferry stuck", "It sits on a b")
    assert Entity.objects.filter(name="Mara Finch").exists()
    assert [row.label for row in panel_of(admin_client, article).rows] == ["Headline", "Source"]
    admin_client.post(change_url(article), {**sent, "body": article.body, "slug": article.slug, "_take_source": "all"})
    article = Article.objects.get()
    assert (article.headline, article.publisher, article.edited_fields) == ("Ferry aground in Cobh", "", [])
    assert panel_of(admin_client, article) is None
