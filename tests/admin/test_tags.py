"""A tag and its other names at the desk."""

import pytest
from django.urls import reverse

from articles.models import Tag, TagSynonym
from tests.factories import make_tag


def page_of(tag):
    return reverse("admin:articles_tag_change", args=[tag.pk])


def tag_form(name, *others, tag=None):
    known = list(tag.other_names.all()) if tag else []
    rows = [
        {"id": known[i].pk if i < len(known) else "", "tag": tag.pk if tag else "", "name": other}
        for i, other in enumerate(others)
    ]
    fields = {f"other_names-{i}-{field}": value for i, row in enumerate(rows) for field, value in row.items()}
    counts = {"other_names-TOTAL_FORMS": len(rows), "other_names-INITIAL_FORMS": len(known)}
    return {"name": name, "slug": name.casefold(), "description": "", **counts, **fields}


def test_a_tag_gets_other_names(admin_client):
    admin_client.post(reverse("admin:articles_tag_add"), tag_form("COVID-19", "Coronavirus", "COVID"))
    assert {other.name for other in Tag.objects.get().other_names.all()} == {"Coronavirus", "COVID"}


def test_the_name_a_tag_had_before_leads_to_it(admin_client):
    tag = make_tag("Ferries")
    admin_client.post(page_of(tag), tag_form("Ships", tag=tag))
    assert Tag.objects.named(["FERRIES"]) == {"ferries": tag}
    admin_client.post(page_of(tag), tag_form("SHIPS", "Ferries", tag=tag))
    assert [other.name for other in tag.other_names.all()] == ["Ferries"]


@pytest.mark.parametrize(
    ("name", "others", "message"),
    [
        ("ferries", [], "There is a tag of this name already."),
        ("boats", [], "This is another name of the tag “Ferries”."),
        ("Ships", ["FERRIES"], "This name leads to the tag “Ferries” already."),
        ("Ships", ["BOATS"], "This name leads to the tag “Ferries” already."),
        ("Ships", ["Hulls", "hulls"], "“hulls” is there twice."),
    ],
)
def test_a_name_leads_to_one_tag(admin_client, name, others, message):
    TagSynonym.objects.create(tag=make_tag("Ferries"), name="Boats")
    response = admin_client.post(reverse("admin:articles_tag_add"), tag_form(name, *others))
    assert message in response.content.decode()
    assert Tag.objects.count() == 1


def test_a_tag_is_searched_by_its_other_names(admin_client):
    TagSynonym.objects.create(tag=make_tag("COVID-19"), name="Coronavirus")
    asked = {"term": "corona", "app_label": "articles", "model_name": "taggedarticle", "field_name": "tag"}
    found = admin_client.get(reverse("admin:autocomplete"), asked).json()["results"]
    assert [row["text"] for row in found] == ["COVID-19", "corona (new)"]
