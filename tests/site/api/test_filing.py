"""Tags, sections, authors and corrections for programs."""

from __future__ import annotations

import pytest

from articles.models import Correction, TagSynonym
from tests.factories import (
    make_appearance,
    make_article,
    make_author,
    make_byline,
    make_person,
    make_quote,
    make_section,
    make_tag,
)

pytestmark = pytest.mark.django_db


def test_tags_of_published_articles(client, read, numbers):
    ferries, unseen = make_tag("Ferries", description="Ships that come back."), make_tag("Unseen")
    make_article(tags=(ferries,))
    make_article(tags=(unseen,), status="draft")
    TagSynonym.objects.create(tag=ferries, name="Boats")
    assert numbers("tags") == [ferries.pk]
    said = read(f"tags/{ferries.pk}")
    assert (said["name"], said["slug"], said["articles"], said["other_names"]) == ("Ferries", "ferries", 1, ["Boats"])
    merged = client.get(f"/api/v1/tags/{make_tag('Ferry', merged_into=ferries).pk}")
    assert (merged.status_code, merged.json()["moved_to"]) == (301, said["api"])
    assert client.get(f"/api/v1/tags/{unseen.pk}").status_code == 404


def test_sections_of_published_articles(client, read, numbers):
    harbours, towns = make_section("Harbours", position=9), make_section("Towns", description="Where people live.")
    empty = make_section("Empty")
    for section in (towns, harbours):
        make_article(section=section)
    assert numbers("sections") == [harbours.pk, towns.pk]
    said = read(f"sections/{towns.pk}")
    assert (said["name"], said["description"], said["slug"]) == ("Towns", "Where people live.", "towns")
    assert client.get(f"/api/v1/sections/{empty.pk}").status_code == 404


def test_authors_of_published_articles_without_their_addresses(client, read, numbers):
    ana = make_author("Ana Lopez", bio="Writes of ships.", email="ana@example.org")
    make_byline(make_article(), ana)
    hidden = make_author("Bo Ek")
    make_byline(make_article(status="draft"), hidden)
    assert numbers("authors") == [ana.pk]
    said = read(f"authors/{ana.pk}")
    assert (said["name"], said["about"], said["articles"]) == ("Ana Lopez", "Writes of ships.", 1)
    assert "example.org" not in str(said)
    assert client.get(f"/api/v1/authors/{hidden.pk}").status_code == 404


def test_corrections_lead_to_what_they_touch(client, read, numbers):
    article = make_article(body="<p>“We sail,” said Mira Voss.</p>")
    voss, quote = make_person("Mira Voss"), make_quote(article, "“We sail,”")
    make_appearance(article, voss)
    note = Correction.objects.create(article=article, note="It was Friday.", kind="clarification")
    note.quotes.add(quote, make_quote(article, "said", state="rejected"))
    note.entities.add(voss.pk, make_person("Not Shown").pk)
    later = Correction.objects.create(article=article, note="It was Saturday.")
    Correction.objects.create(article=make_article(status="draft"), note="Not yet.")
    assert numbers("corrections") == [later.pk, note.pk]
    said = read(f"corrections/{note.pk}")
    assert (said["kind"], said["note"], said["article"]["id"]) == ("clarification", "It was Friday.", article.pk)
    assert said["quotations"] == [f"http://testserver/api/v1/quotations/{quote.pk}"]
    assert [entity["id"] for entity in said["entities"]] == [voss.pk]
    assert said["url"] == f"http://testserver/articles/{article.slug}/#correction-{note.pk}"
    assert client.get("/api/v1/corrections/9999").status_code == 404
