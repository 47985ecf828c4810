"""A tag and its other names at the desk."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.editing.decide import decide
from articles.editing.tags import merge_tags
from articles.models import Article, Decision, State, Tag, TagSynonym
from tests.factories import make_article, make_proposed_tag, make_tag


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


def test_a_renamed_tag_gets_an_address_after_its_name_unless_one_is_typed(admin_client):
    tag = make_tag("Ferries")
    admin_client.post(page_of(tag), tag_form("Ships", tag=tag) | {"slug": "ferries"})
    tag.refresh_from_db()
    assert (tag.name, tag.slug) == ("Ships", "ships")
    admin_client.post(page_of(tag), tag_form("Ships", "Ferries", tag=tag) | {"slug": "afloat", "description": "All"})
    tag.refresh_from_db()
    assert (tag.slug, tag.description) == ("afloat", "All")
    assert Tag.objects.at("ferries") == Tag.objects.at("ships") == tag


def test_tags_chosen_in_the_list_are_merged(admin_client, editor):
    ships, boats = make_tag("Ships"), make_tag("Boats")
    for tags in ((ships, boats), (boats,)):
        make_article(tags=tags)
    chosen = {"action": "merge", "_selected_action": [ships.pk, boats.pk]}
    response = admin_client.post(reverse("admin:articles_tag_changelist"), chosen)
    shown = admin_client.get(response["Location"])
    assert [(tag.name, tag.article_count) for tag in shown.context["tags"]] == [("Boats", 2), ("Ships", 1)]
    assert shown.context["total"] == {"articles": 2, "entities": 0, "quotations": 0}
    assert f'value="{boats.pk}" checked' in shown.content.decode()
    merged = admin_client.post(response["Location"], {"survivor": ships.pk}, follow=True)
    assert merged.redirect_chain == [(page_of(ships), 302)]
    page = merged.content.decode()
    assert f'“Boats” is part of “Ships” now. <a href="{page_of(ships)}#merged">Undo</a>' in page
    assert Article.objects.filter(tags=ships).count() == 2
    assert Decision.objects.get(action="merge").user == editor


def test_a_merge_is_undone_on_the_page_of_the_survivor(admin_client):
    ships, boats = make_tag("Ships"), make_tag("Boats")
    article = make_article(tags=(boats,))
    merge_tags(ships, [boats], user=None)
    press = tag_form("Ships", "Boats", tag=ships) | {"_unmerge": ships.absorbed.get().pk}
    page = admin_client.post(page_of(ships), press, follow=True).content.decode()
    assert "“Boats” is a tag of its own again, with all that it brought." in page
    assert "Undo the merge" not in page
    assert list(article.tags.all()) == [boats]


def test_an_undo_pressed_twice_does_nothing_the_second_time(admin_client):
    ships = make_tag("Ships")
    response = admin_client.post(page_of(ships), tag_form("Ships", tag=ships) | {"_unmerge": "77"}, follow=True)
    assert "of its own again" not in response.content.decode()


def test_a_merged_tag_is_read_and_not_changed(admin_client):
    ships, boats = make_tag("Ships"), make_tag("Boats")
    merge_tags(ships, [boats], user=None)
    assert f'<a href="{page_of(ships)}">Ships</a>' in admin_client.get(page_of(boats)).content.decode()
    assert admin_client.post(page_of(boats), tag_form("Dinghies", tag=boats)).status_code == 403
    response = admin_client.post(page_of(ships), tag_form("boats", tag=ships))
    assert "A tag of this name was merged into “Ships”: undo that first." in response.content.decode()


@pytest.mark.parametrize("survivor", ["", "77"])
def test_a_merge_needs_one_of_the_tags_to_stay(admin_client, survivor):
    tags = make_tag("Ships"), make_tag("Boats")
    url = f"{reverse('admin:articles_tag_merge')}?tags={tags[0].pk}&tags={tags[1].pk}"
    assert "Choose which of the tags stays." in admin_client.post(url, {"survivor": survivor}).content.decode()
    assert Tag.objects.current().count() == 2


def test_one_tag_is_not_merged(admin_client):
    ships = make_tag("Ships")
    url = f"{reverse('admin:articles_tag_merge')}?tags={ships.pk}&tags=x"
    assert "A merge takes at least two tags." in admin_client.post(url, {"survivor": ships.pk}).content.decode()
    assert not Decision.objects.exists()


def test_who_may_not_change_tags_may_not_merge_them(staff):
    assert staff("view_tag").get(reverse("admin:articles_tag_merge")).status_code == 403


def test_the_page_of_a_merge_asks_as_much_for_many_tags_as_for_two(admin_client):
    def queries(number):
        tags = [make_tag() for _ in range(number)]
        make_article(tags=tags)
        query = "&".join(f"tags={tag.pk}" for tag in tags)
        with CaptureQueriesContext(connection) as captured:
            assert admin_client.get(f"{reverse('admin:articles_tag_merge')}?{query}").status_code == 200
        return len(captured)

    assert queries(2) == queries(6)


def test_the_log_leads_from_a_decision_on_a_suggested_tag_to_it(admin_client):
    article = make_article(tags=("Ferries",))
    proposal = make_proposed_tag(article, "Ferries")
    decide([proposal], state=State.ACCEPTED, user=None)
    page = admin_client.get(reverse("admin:articles_decision_changelist")).content.decode()
    assert reverse("admin:articles_proposedtag_change", args=[proposal.pk]) in page
