"""Quotations for programs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from articles.models import Correction
from articles.searching.index import rebuild
from tests.factories import RELEASED, make_appearance, make_article, make_person, make_quote

pytestmark = pytest.mark.django_db


@pytest.fixture
def voss():
    return make_person("Mira Voss")


@pytest.fixture
def article(voss):
    article = make_article(
        body="<p>“We sail,” said Mira Voss. “Rain stops nobody.”</p>", tags=("Ferries",), language="en"
    )
    make_appearance(article, voss, role="harbour master")
    return article


def test_a_quotation_says_who_where_and_about_what(read, article, voss):
    quote = make_quote(article, "“We sail,”", speaker=voss, cue="said", source="Mira Voss", occasion="on Friday")
    quote.tags.add("Ferries", "Unseen")
    note = Correction.objects.create(article=article, note="It was Friday.")
    note.quotes.add(quote)
    said = read(f"quotations/{quote.pk}")
    assert (said["text"], said["form"], said["cue"], said["occasion"]) == ("“We sail,”", "direct", "said", "on Friday")
    assert (said["speaker"]["id"], said["speaker_role"], said["language"]) == (voss.pk, "harbour master", "en")
    assert (said["article"]["id"], said["spans"]) == (article.pk, [[0, 10]])
    assert [tag["name"] for tag in said["tags"]] == ["Ferries"]
    assert said["corrections"][0]["api"] == f"http://testserver/api/v1/corrections/{note.pk}"
    assert said["url"] == f"http://testserver/quotes/{quote.pk}/"


def test_a_list_is_narrowed(numbers, article, voss):
    first = make_quote(article, "“We sail,”", speaker=voss)
    second = make_quote(article, "“Rain stops nobody.”")
    other = make_article(body="<p>“Rain again.”</p>", published=RELEASED - timedelta(days=30))
    third = make_quote(other)
    third.tags.add("Weather")
    make_article(tags=("Weather",))
    make_quote(article, "said", state="suggested")
    make_quote(make_article(status="draft"))
    assert numbers("quotations") == [first.pk, second.pk, third.pk]
    assert numbers("quotations", speaker=voss.pk) == [first.pk]
    assert numbers("quotations", speaker=make_person(merged_into_id=voss.pk).pk) == [first.pk]
    assert numbers("quotations", article=article.pk) == [first.pk, second.pk]
    assert numbers("quotations", tag="ferries") == [first.pk, second.pk]
    assert numbers("quotations", tag="weather") == [third.pk]
    assert numbers("quotations", until="2031-04-30") == [third.pk]
    assert numbers("quotations", since="2031-04-30") == [first.pk, second.pk]
    assert numbers("quotations", tag="nothing") == []


def test_words_are_found_as_in_the_search(numbers, article):
    first = make_quote(article, "“Rain stops nobody.”")
    second = make_quote(make_article(body="<p>“Rain again.”</p>", published=RELEASED - timedelta(days=30)))
    rebuild()
    assert numbers("quotations", q="rain") == [first.pk, second.pk]
    assert numbers("quotations", q="rain", limit=1) == [first.pk]
    assert numbers("quotations", q="rain", until="2031-04-30") == [second.pk]
    assert numbers("quotations", q="rain nobody") == [first.pk]
    assert numbers("quotations", q="snow") == numbers("quotations", q="…") == []
