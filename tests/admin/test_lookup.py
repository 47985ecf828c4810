"""Identifiers are looked for at another newsroom: here, at the same one, as a reader of it would."""

import pytest
from django.urls import reverse

from articles.models import Identifier
from tests.factories import make_appearance, make_article, make_person

pytestmark = pytest.mark.django_db(transaction=True)


def page(entity):
    return reverse("admin:identifiers", args=[entity.pk])


def form(entity):
    return reverse("admin:articles_person_change", args=[entity.pk])


@pytest.fixture
def newsroom(settings, live_server):
    """The address of the archive of another newsroom, which has a Mara Finch."""
    settings.NEWSROOM_RECONCILE_URL = f"{live_server.url}/reconcile"
    known = make_person("Mara Finch", aliases=("Mara Finch",), description="Harbour master.")
    make_appearance(make_article(body="<p>Mara Finch</p>"), known)
    return f"{live_server.url}/records/{known.pk}/"


def test_a_suggestion_becomes_an_identifier(admin_client, newsroom):
    mara = make_person("Mara Finch")
    assert page(mara) in admin_client.get(form(mara)).content.decode()
    shown = admin_client.get(page(mara)).content.decode()
    assert f'value="web:{newsroom}"' in shown
    assert "Harbour master." in shown
    response = admin_client.post(page(mara), {"identifier": f"web:{newsroom}"}, follow=True)
    assert "was added; below it can be deleted again." in response.content.decode()
    assert [each.url for each in mara.identifiers.all()] == [newsroom]
    assert "added" in admin_client.get(page(mara)).content.decode()


def test_what_another_record_has_leads_there(admin_client, newsroom):
    other = make_person("M. Finch")
    Identifier.objects.create(entity_id=other.pk, scheme="web", value=newsroom)
    mara = make_person("Mara Finch")
    shown = admin_client.get(page(mara)).content.decode()
    assert f'That of <a href="{reverse("admin:articles_entity_change", args=[other.pk])}">M. Finch</a>' in shown
    response = admin_client.post(page(mara), {"identifier": f"web:{newsroom}"}, follow=True)
    assert "Another record has this identifier." in response.content.decode()
    assert not mara.identifiers.exists()


@pytest.mark.parametrize("sent", ["", "Q7", "wikidata:Mara", "ship:Q7"])
def test_what_is_no_identifier_is_refused(admin_client, newsroom, sent):
    mara = make_person("Mara Finch")
    response = admin_client.post(page(mara), {"identifier": sent}, follow=True)
    assert '<li class="error">' in response.content.decode()
    assert not Identifier.objects.exists()


def test_a_service_that_does_not_answer_is_told(admin_client, settings):
    settings.NEWSROOM_RECONCILE_URL = "http://127.0.0.1:9/"
    shown = admin_client.get(page(make_person("Mara Finch"))).content.decode()
    assert "“http://127.0.0.1:9/” cannot be reached" in shown


def test_without_a_service_there_is_no_button_and_no_page(admin_client):
    mara = make_person("Mara Finch")
    assert page(mara) not in admin_client.get(form(mara)).content.decode()
    assert admin_client.get(page(mara)).status_code == 404


def test_only_those_who_may_change_the_record_look(staff, newsroom):
    client, mara = staff("view_person"), make_person("Mara Finch")
    assert client.get(page(mara)).status_code == 403
    assert client.post(page(mara), {"identifier": f"web:{newsroom}"}).status_code == 403
