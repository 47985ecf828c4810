"""Articles are linked again from their list."""

import pytest
from django.urls import reverse

from articles.models import Appearance, Origin, State
from tests.factories import make_appearance, make_article, make_person, make_role

pytestmark = pytest.mark.django_db
LIST = reverse("admin:articles_article_changelist")


def test_editor_links_an_article_again_and_reads_what_changed(admin_client):
    known = make_person("Mara Finch", aliases=("Mara Finch",))
    earlier = make_article(body="<p>Mara Finch, harbour master, spoke.</p>")
    make_appearance(earlier, known)
    make_role(earlier, known)
    article = make_article(body="<p>Mara Finch, harbour master, left.</p>")
    own = make_person("Mara Finch", aliases=("Mara Finch",), origin=Origin.EXTRACTED)
    make_appearance(article, own, state=State.SUGGESTED, candidates=[known.pk])
    make_role(article, own, state=State.SUGGESTED)
    press = {"action": "link_again", "_selected_action": [article.pk]}
    page = admin_client.post(LIST, press, follow=True).content.decode()
    assert "1 name was linked again." in page
    assert "the same role, “harbour master”" in page
    assert Appearance.objects.get(article=article).entity_id == known.pk
    assert "0 names were linked again." in admin_client.post(LIST, press, follow=True).content.decode()


def test_who_may_only_look_links_nothing(staff):
    article = make_article()
    page = staff("view_article").post(LIST, {"action": "link_again", "_selected_action": [article.pk]}, follow=True)
    assert "linked again" not in page.content.decode()
