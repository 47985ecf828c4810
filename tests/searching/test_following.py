"""Whatever changes a record, the index agrees with it when the change is done.

The changes that editors and readers see are tried beside the pages as files (`tests/site/test_stored_pages.py`); here
are those that no page shows, and those of whole archives.
"""

import uuid

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.editing.changes import Changes
from articles.editing.keeping import keep
from articles.editing.merge import merge, unmerge
from articles.editing.removed import bring_back, remove_orphans
from articles.editing.restoring import restore
from articles.editing.revise import save_edit
from articles.editing.split import change_kind
from articles.editing.tags import merge_tags, rename_tag, unmerge_tag
from articles.importing.service import extract_article, import_document
from articles.models import Alias, Article, ArticleVersion, Entity, Merge, Origin, Quote, State, Tag
from articles.searching.index import disagreements, follow_articles, follow_entities, rebuild
from tests.factories import make_appearance, make_article, make_person, make_proposed_tag, make_quote, make_tag
from tests.searched import searched

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(db):
    return get_user_model().objects.create_superuser("ida", password="ida")


@pytest.fixture
def mara(archive):
    return Entity.objects.get(name="Mira Voss-Ortega")


def draft():
    return make_article(
        headline="Oysters return", body="<p>“They grow,” said Ana Ruiz.</p>", status="draft", tags=("Oysters",)
    )


def deleted(client, obj):
    path = reverse(f"admin:articles_{obj._meta.model_name}_delete", args=[obj.pk])
    assert client.post(path, {"post": "yes"}).status_code == 302


def test_a_story_that_is_imported_is_found_at_once(archive, editor):
    text = "Boat leaves\n\nBy Ife Balogun\n\nMay 3, 2031\n\n“It sails,” said Mara Finch of Coast Lines in Szeged.\n"
    (report,) = import_document(text.encode(), source="boat.txt", user=editor)
    assert report["status"] == "created"
    assert list(disagreements()) == []


def test_a_story_whose_names_are_found_again_is_in_step(archive):
    article = draft()
    follow_articles([article.pk])
    extract_article(article)
    follow_articles([article.pk])
    assert list(disagreements()) == []


def test_a_draft_is_saved_and_deleted(archive, editor, admin_client):
    article = draft()
    rebuild()
    article.headline = "Oysters stay"
    save_edit(article, changed=["headline"], user=editor)
    assert list(disagreements()) == []
    deleted(admin_client, article)
    assert list(disagreements()) == []


def test_a_tag_is_deleted_with_all_that_bears_it(archive, admin_client):
    Quote.objects.get().tags.add("Ferries")
    rebuild()
    deleted(admin_client, Tag.objects.get())
    assert list(disagreements()) == []


def test_a_speaker_who_is_renamed_takes_the_quotations_along(archive, mara, admin_client):
    Entity.objects.filter(pk=mara.pk).update(name="Mira Finch")
    follow_entities([mara.pk])
    assert len(searched("quotation", "finch")) == 1
    assert searched("quotation", "voss") == []
    assert list(disagreements()) == []


def test_tags_are_merged_parted_and_renamed(archive, editor):
    boats = make_tag("Boats")
    make_article(tags=("Boats",))
    Quote.objects.get().tags.add("Boats")
    rebuild()
    merge_tags(Tag.objects.get(name="Ferries"), [boats], user=editor)
    assert list(disagreements()) == []
    unmerge_tag(boats, user=editor)
    assert list(disagreements()) == []
    rename_tag(Tag.objects.get(name="Ferries"), "Ships", user=editor)
    assert len(searched("tag", "ships")) == 1
    assert list(disagreements()) == []


def test_a_record_changes_its_kind_and_back(archive, mara, editor):
    change_kind(mara, "organisation", user=editor)
    assert searched("organisation", "voss") == [mara.pk]
    assert list(disagreements()) == []
    unmerge(Merge.objects.get(), user=editor)
    assert searched("person", "voss") == [mara.pk]
    assert list(disagreements()) == []


def test_two_who_appear_in_one_story_are_merged_and_parted(archive, mara, editor):
    other = make_person("Captain Ortega", aliases=("The Captain",))
    make_appearance(archive, other)
    make_quote(archive, "It rained.", speaker=other)
    rebuild()
    merge(mara, other, user=editor)
    assert list(disagreements()) == []
    unmerge(Merge.objects.get(), user=editor)
    assert list(disagreements()) == []


def test_decisions_of_all_kinds(archive, mara, editor):
    rows = [
        make_appearance(archive, make_person("Nils Berg"), state=State.SUGGESTED),
        make_quote(archive, "It rained.", speaker=mara, state=State.SUGGESTED),
        make_proposed_tag(archive, "Weather"),
    ]
    rebuild()
    for state in (State.ACCEPTED, State.REJECTED):
        changes = Changes(user=editor, batch=uuid.uuid4())
        changes.settle(rows, state)
        changes.write()
        assert list(disagreements()) == [], state


def test_an_older_version_comes_back(archive, editor):
    version = keep(archive, change=ArticleVersion.Change.EDIT, user=editor)
    archive.body = "<p>Nobody said anything.</p>"
    save_edit(archive, changed=["body"], user=editor)
    assert list(disagreements()) == []
    restore(version, user=editor)
    assert list(disagreements()) == []
    assert len(searched("quotation", "tide")) == 1


def test_records_that_nothing_leads_to_go_and_come_back(archive):
    lonely = make_person("Lonely Name", origin=Origin.EXTRACTED, aliases=("Lone",))
    rebuild()
    assert remove_orphans([lonely.pk]) == 1
    assert list(disagreements()) == []
    assert bring_back([lonely.pk]) == [lonely.pk]
    assert list(disagreements()) == []


def test_saying_it_twice_writes_nothing(archive):
    with CaptureQueriesContext(connection) as queries:
        follow_articles([archive.pk])
    assert not [each for each in queries if not each["sql"].startswith("SELECT")]


def test_another_name_is_found_and_forgotten(archive, mara):
    Alias.objects.create(entity=mara, name="The Tidewatcher")
    follow_entities([mara.pk])
    assert searched("person", "tidewatcher") == [mara.pk]
    Alias.objects.filter(name="The Tidewatcher").delete()
    follow_entities([mara.pk])
    assert searched("person", "tidewatcher") == []
    assert list(disagreements()) == []


def test_nobody_is_found_in_a_story_that_is_gone(archive):
    assert searched("article", "ferry") == [archive.pk]
    Article.objects.all().delete()
    follow_articles([archive.pk])
    assert searched("article", "ferry") == searched("quotation", "tide") == []
