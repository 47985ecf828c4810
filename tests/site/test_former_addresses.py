"""Links to an address that a page had lead to the one it has, and never away from what is there now."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.editing.addresses import keep_address
from articles.editing.merge import merge
from articles.editing.revise import save_edit
from articles.editing.split import change_kind
from articles.editing.tags import rename_tag
from articles.editing.withdraw import withdraw
from articles.models import ArticleVersion, FormerAddress
from articles.site.moved import address_now
from tests.factories import (
    make_appearance,
    make_article,
    make_author,
    make_byline,
    make_location,
    make_organisation,
    make_person,
    make_section,
    make_series,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return get_user_model().objects.create_superuser("ida", password="ida")


def shown(entity):
    make_appearance(make_article(body=f"<p>{entity.name} was there.</p>"), entity)
    entity.refresh_from_db()
    return entity


def move(record, slug):
    record.slug = slug
    keep_address(record)
    record.save()


def leads(client, path):
    response = client.get(path)
    return response.status_code, response.headers.get("Location", "")


def records():
    author, section = make_author("Ana Lopez"), make_section("Harbours")
    make_byline(make_article(section=section), author)
    return [
        make_article(headline="Ferry is late"),
        author,
        section,
        make_series("The long crossing", make_article()),
        shown(make_person("Mira Voss")),
        shown(make_organisation("Harbour Board")),
        shown(make_location("Cobh")),
    ]


def test_every_kind_of_page_is_found_at_its_former_address(client):
    for record in records():
        was = record.get_absolute_url()
        move(record, "quite-another")
        assert leads(client, was) == (301, record.get_absolute_url())
        assert client.get(record.get_absolute_url()).status_code == 200


def test_what_lies_below_a_page_and_what_is_asked_of_it_follow(client):
    article = make_article(headline="Ferry is late")
    move(article, "ferry-sails")
    assert leads(client, "/articles/ferry-is-late/report/") == (301, "/articles/ferry-sails/report/")
    assert leads(client, "/articles/ferry-is-late/?page=x%20y") == (301, "/articles/ferry-sails/?page=x%20y")
    assert address_now("/articles/ferry-is-late/feed.atom") == "/articles/ferry-sails/feed.atom"


def test_addresses_in_other_scripts_follow(client):
    person = shown(make_person("حيدر العبادي"))
    was = person.get_absolute_url()
    move(person, "حيدر")
    assert leads(client, was) == (301, person.get_absolute_url())


def test_an_address_that_another_page_has_now_is_that_page_s(client):
    first, second = make_article(headline="Ferry is late"), make_article(headline="Oysters")
    move(first, "ferry-sails")
    move(second, "ferry-is-late")
    assert client.get("/articles/ferry-is-late/").context["article"] == second
    move(second, "oysters-again")
    assert leads(client, "/articles/ferry-is-late/") == (301, "/articles/oysters-again/")


def test_there_and_back_again_leaves_one_address(client):
    article = make_article(headline="Ferry is late")
    move(article, "ferry-sails")
    move(article, "ferry-is-late")
    assert client.get("/articles/ferry-is-late/").status_code == 200
    assert leads(client, "/articles/ferry-sails/") == (301, "/articles/ferry-is-late/")
    assert FormerAddress.objects.count() == 1


def test_a_draft_s_former_address_tells_nothing(client):
    draft = make_article(headline="Mayor resigns", status="draft", embargo=timezone.now() + timedelta(days=1))
    move(draft, "mayor-arrested")
    assert leads(client, "/articles/mayor-resigns/") == (404, "")


def test_a_draft_at_the_address_hides_nothing_that_was_there(client):
    article = make_article(headline="Ferry is late")
    move(article, "ferry-sails")
    make_article(headline="Ferry is late", status="draft")
    assert leads(client, "/articles/ferry-is-late/") == (301, "/articles/ferry-sails/")


def test_a_withdrawn_story_s_former_address_leads_to_its_tombstone(client, editor):
    article = make_article(headline="Ferry is late")
    move(article, "ferry-sails")
    withdraw(article, note="It never was.", user=editor)
    response = client.get("/articles/ferry-is-late/", follow=True)
    assert response.status_code == 410


def test_a_record_that_nothing_shows_any_more_is_not_there(client):
    person = make_person("Mira Voss")
    move(person, "captain-voss")
    assert leads(client, "/people/mira-voss/") == (404, "")


def test_the_former_address_of_a_merged_record_leads_to_who_stays(client, editor):
    loser, survivor = shown(make_person("Mira Vos")), shown(make_person("Mira Voss"))
    move(loser, "m-vos")
    merge(survivor, loser, user=editor)
    for path in ("/people/mira-vos/", "/people/m-vos/"):
        assert leads(client, path) == (301, "/people/mira-voss/")
    assert address_now("/people/m-vos/feed.rss") == "/people/mira-voss/feed.rss"


def test_the_former_address_of_a_place_that_became_an_organisation_leads_there(client, editor):
    place = shown(make_location("Cobh Port"))
    move(place, "port-of-cobh")
    change_kind(place, "organisation", user=editor)
    assert leads(client, "/places/cobh-port/") == (301, "/organisations/port-of-cobh/")


def test_what_lies_below_a_renamed_tag_follows(client, editor):
    make_article(tags=("Ferries",))
    tag = make_article(tags=("Boats",)).tags.get()
    rename_tag(tag, "Ships", user=editor)
    assert address_now("/tags/boats/feed.json") == "/tags/ships/feed.json"
    assert address_now("/tags/ferries/feed.json") == ""


def test_a_record_that_is_gone_leads_nowhere(client):
    section = make_section("Harbours")
    move(section, "docks")
    section.delete()
    assert leads(client, "/sections/harbours/") == (404, "")


@pytest.mark.parametrize("path", ["/people/", "/people/nobody/", "/articles//", "/quotes/5/", "/nowhere/at/all/", "/"])
def test_other_addresses_lead_nowhere(path):
    assert address_now(path) == ""


def test_nothing_that_is_sent_is_led_on(client):
    article = make_article(headline="Ferry is late")
    move(article, "ferry-sails")
    assert client.post("/articles/ferry-is-late/report/").status_code == 404


# Who changes addresses.


def form_with(client, path, **changes):
    context = client.get(path).context
    formsets = [each.formset for each in context["inline_admin_formsets"]]
    forms = [context["adminform"].form, *(form for each in formsets for form in each)]
    data = {}
    for form in [*forms, *(each.management_form for each in formsets)]:
        for bound in form:
            value = bound.field.prepare_value(bound.value())
            if value is not None and value is not False:
                data[bound.html_name] = value
    return client.post(path, {**data, **changes})


def test_forms_of_the_desk_keep_the_addresses(client, editor):
    desk = Client()
    desk.force_login(editor)
    for record in records():
        if record._meta.model_name == "article":
            continue  # its form saves as below
        was = record.get_absolute_url()
        path = reverse(f"admin:articles_{record._meta.model_name}_change", args=[record.pk])
        assert form_with(desk, path, slug="quite-another").status_code == 302
        record.refresh_from_db()
        assert leads(client, was) == (301, record.get_absolute_url())


def test_an_edit_of_an_article_and_going_back_keep_the_addresses(client, editor):
    from articles.editing.restoring import restore

    article = make_article(headline="Ferry is late")
    article.slug = "ferry-sails"
    save_edit(article, changed=["slug"], user=editor)
    assert leads(client, "/articles/ferry-is-late/") == (301, "/articles/ferry-sails/")
    restore(ArticleVersion.objects.get(), user=editor)
    assert leads(client, "/articles/ferry-sails/") == (301, "/articles/ferry-is-late/")
