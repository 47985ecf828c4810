"""People, organisations and locations: their names, their pages, and how search boxes find them."""

import pytest
from django.urls import reverse
from lxml import html

from articles.models import Alias, Decision, Identifier, Location, NamePart, Person
from articles.searching.index import rebuild
from tests.factories import (
    make_appearance,
    make_article,
    make_location,
    make_organisation,
    make_person,
    make_quote,
    make_role,
    make_tag,
)

AUTOCOMPLETE = reverse("admin:autocomplete")
SPEAKER = {"app_label": "articles", "model_name": "quote", "field_name": "speaker"}
TAG = {"app_label": "articles", "model_name": "taggedarticle", "field_name": "tag"}


def form(*aliases, **changes):
    rows = {f"aliases-{number}-name": name for number, name in enumerate(aliases)}
    fixed = {"aliases-TOTAL_FORMS": len(aliases), "aliases-INITIAL_FORMS": 0, "name": "Mara Finch"}
    return {**fixed, "identifiers-TOTAL_FORMS": 0, "identifiers-INITIAL_FORMS": 0, **rows, **changes}


def test_a_person_is_added_with_other_names_and_tags(admin_client):
    admin_client.post(reverse("admin:articles_person_add"), form("Finch", "M. Finch", tags=["harbours"]))
    person = Person.objects.get()
    assert (person.slug, person.kind) == ("mara-finch", "person")
    assert [alias.key for alias in person.aliases.all()] == ["finch", "m. finch", "mara finch"]
    assert [tag.name for tag in person.tags.all()] == ["harbours"]


def test_a_record_renamed_is_still_found_by_its_old_name(admin_client):
    admin_client.post(reverse("admin:articles_person_add"), form())
    person = Person.objects.get()
    alias = person.aliases.get()
    sent = {
        "aliases-TOTAL_FORMS": 1,
        "aliases-INITIAL_FORMS": 1,
        "aliases-0-id": alias.pk,
        "aliases-0-entity": person.pk,
    }
    page = reverse("admin:articles_person_change", args=[person.pk])
    admin_client.post(page, form(alias.name, name="Mara Finch-Reed", slug=person.slug, **sent))
    assert [alias.name for alias in person.aliases.all()] == ["Mara Finch", "Mara Finch-Reed"]
    [row] = admin_client.get(reverse("admin:articles_person_changelist")).context["cl"].result_list
    assert (row.name, row.slug) == ("Mara Finch-Reed", "mara-finch")


def test_one_name_twice_is_refused_whatever_its_case(admin_client):
    response = admin_client.post(reverse("admin:articles_person_add"), form("Finch", " FINCH"))
    assert "“FINCH” is there twice." in response.content.decode()
    assert not Person.objects.exists()


def test_an_address_is_taken_once_a_kind(admin_client):
    make_location("Finch", slug="finch"), make_person("Finch", slug="mara")
    response = admin_client.post(reverse("admin:articles_location_add"), form(name="Finch", slug="finch"))
    assert "Another page of this kind has this address." in response.content.decode()
    admin_client.post(reverse("admin:articles_person_add"), form(name="Finch", slug="finch"))
    assert Person.objects.filter(slug="finch").exists()


def test_coordinates_outside_the_earth_are_refused(admin_client):
    url = reverse("admin:articles_location_add")
    response = admin_client.post(url, form(name="Nowhere", latitude="95", longitude="5"))
    assert response.status_code == 200
    assert not Location.objects.exists()


def test_panels_show_roles_quotations_and_articles(admin_client):
    article = make_article(headline="Ferry sails", body="<p>“It sails,” said Mara Finch, harbour master.</p>")
    mara, guild = make_person("Mara Finch"), make_organisation("Pilot Guild")
    make_appearance(article, mara, role="harbour master")
    make_quote(article, "“It sails,”", speaker=mara)
    make_role(article, mara, organisation=guild, evidence="stands in apposition behind the name")
    url = reverse("admin:articles_person_change", args=[mara.pk])
    roles, quotations, articles, _merges = admin_client.get(url).context["panels"]
    assert (roles.rows[0].label, roles.rows[0].facts[:2]) == ("harbour master", ["Pilot Guild", "Ferry sails"])
    assert roles.rows[0].evidence == "stands in apposition behind the name"
    assert (quotations.rows[0].label, quotations.rows[0].facts[0]) == ("“It sails,”", "Ferry sails")
    assert articles.rows[0].label == "Ferry sails"
    assert admin_client.get(quotations.all_url).context["cl"].result_count == 1
    assert admin_client.get(articles.all_url).context["cl"].result_count == 1
    url = reverse("admin:articles_organisation_change", args=[guild.pk])
    assert admin_client.get(url).context["panels"][0].rows[0].label == "Mara Finch, harbour master"


def test_a_location_is_put_into_another_and_not_into_itself(admin_client):
    munster, cobh = make_location("Munster"), make_location("Cobh")
    page = reverse("admin:articles_location_change", args=[cobh.pk])
    sent = {"slug": "cobh", "region": "Munster", "country": "IE"}
    admin_client.post(page, form(**{**sent, "name": "Cobh", "part_of": munster.pk}))
    cobh.refresh_from_db()
    assert (cobh.part_of, cobh.region) == (munster, "Munster")
    response = admin_client.post(page, form(**{**sent, "name": "Cobh", "part_of": cobh.pk}))
    assert "A place is no part of itself" in response.content.decode()
    page = reverse("admin:articles_location_change", args=[munster.pk])
    response = admin_client.post(page, form(name="Munster", slug="munster", part_of=cobh.pk))
    assert "A place is no part of itself" in response.content.decode()
    cobh.refresh_from_db()
    assert cobh.part_of == munster


def test_panel_of_an_article_says_which_names_stand_in_a_name(admin_client):
    article = make_article(body="<p>The University of Toronto.</p>")
    appearance = make_appearance(article, make_organisation("University of Toronto"))
    NamePart.objects.create(appearance=appearance, name="Toronto", kind="location")
    page = admin_client.get(reverse("admin:articles_article_change", args=[article.pk]))
    assert "in its name: Toronto" in page.content.decode()


@pytest.mark.parametrize(("status", "is_public"), [("published", True), ("draft", False)])
def test_only_those_whom_readers_meet_link_to_the_site(admin_client, status, is_public):
    person = make_person("Mara Finch")
    make_appearance(make_article(body="<p>Mara Finch spoke.</p>", status=status), person)
    page = admin_client.get(reverse("admin:articles_person_change", args=[person.pk])).content.decode()
    assert (f'href="{person.get_absolute_url()}"' in page) is is_public


def test_a_record_of_any_kind_leads_to_the_page_of_its_kind(admin_client):
    town = make_location("Szeged")
    response = admin_client.get(reverse("admin:articles_entity_change", args=[town.pk]))
    assert response["Location"] == reverse("admin:articles_location_change", args=[town.pk])


def test_speakers_are_suggested_with_their_kind_and_without_merged_ones(admin_client):
    mara = make_person("Mara Finch", aliases=("The Pilot",))
    make_person("Mara Finch jr", merged_into_id=mara.pk)
    make_organisation("Finch Line")
    rebuild()
    found = admin_client.get(AUTOCOMPLETE, {**SPEAKER, "term": "finch"}).json()["results"]
    assert [each["text"] for each in found] == ["Finch Line · organisation", "Mara Finch · person"]
    found = admin_client.get(AUTOCOMPLETE, {**SPEAKER, "term": "pilot"}).json()["results"]
    assert found == [{"id": str(mara.pk), "text": "Mara Finch · person"}]


def test_tags_are_suggested_by_name_and_without_merged_ones(admin_client):
    make_tag("Ferry", merged_into=make_tag("Ferries"))
    found = admin_client.get(AUTOCOMPLETE, {**TAG, "term": "ferr"}).json()["results"]
    assert found == [{"id": "Ferries", "text": "Ferries"}, {"id": "ferr", "text": "ferr (new)"}]
    found = admin_client.get(AUTOCOMPLETE, {**TAG, "term": " ferries "}).json()["results"]
    assert found == [{"id": "Ferries", "text": "Ferries"}]


@pytest.mark.parametrize(("permissions", "status"), [(["view_person"], 200), (["view_article"], 403)])
def test_suggestions_are_for_those_who_may_see_the_records(staff, permissions, status):
    assert staff(*permissions).get(AUTOCOMPLETE, {**SPEAKER, "term": "x"}).status_code == status


def identifier(scheme, value):
    return {"identifiers-TOTAL_FORMS": 1, "identifiers-0-scheme": scheme, "identifiers-0-value": value}


def test_an_identifier_is_pasted_as_an_address(admin_client):
    url = reverse("admin:articles_person_add")
    admin_client.post(url, form(**identifier("wikidata", "https://www.wikidata.org/wiki/Q42")))
    assert [str(each) for each in Person.objects.get().identifiers.all()] == ["Wikidata Q42"]


@pytest.mark.parametrize(
    ("scheme", "value", "problem"),
    [
        ("wikidata", "Mara Finch", "“Mara Finch” is no Wikidata identifier: expected one like “Q42”."),
        ("viaf", "7", "Another record has this identifier."),
        ("", "7", "This field is required."),
    ],
)
def test_an_identifier_that_cannot_be_is_refused(admin_client, scheme, value, problem):
    Identifier.objects.create(entity=make_organisation(), scheme="viaf", value="7")
    response = admin_client.post(reverse("admin:articles_person_add"), form(**identifier(scheme, value)))
    assert problem in response.content.decode()
    assert not Person.objects.exists()


def test_an_edit_is_in_the_log_and_on_the_records_history(admin_client, admin_user):
    person = make_person("Ana Ruiz")
    Alias.objects.create(entity=person, name="Ana Ruiz")
    address = f"/admin/articles/person/{person.pk}/"
    page = admin_client.get(f"{address}history/").content.decode()
    assert "Nobody has changed this record yet." in page
    (form,) = html.fromstring(admin_client.get(f"{address}change/").content.decode()).xpath("//form[@id='person_form']")
    admin_client.post(f"{address}change/", {**dict(form.form_values()), "description": "Harbour master."})
    decision = Decision.objects.get(subject="entity")
    assert (decision.action, decision.user, decision.after) == ("edit", admin_user, {"description": "Harbour master."})
    assert "<ins>Harbour master.</ins>" in admin_client.get(f"{address}history/").content.decode()
