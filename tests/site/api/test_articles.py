"""Articles for programs: what one says, what narrows a list, and what is answered in place of one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from articles.models import Correction
from tests.factories import (
    RELEASED,
    make_appearance,
    make_article,
    make_author,
    make_byline,
    make_location,
    make_organisation,
    make_person,
    make_picture,
    make_quote,
    make_section,
    make_series,
    make_tag,
    place_picture,
)

pytestmark = pytest.mark.django_db


def test_an_article_says_all_that_its_page_shows(read):
    voss, ana = make_person("Mira Voss"), make_author("Ana Lopez", bio="Writes.", email="ana@example.org")
    article = make_article(
        headline="Ferry opens",
        body="<p>“We sail,” said Mira Voss.</p>",
        tags=("Ferries",),
        section=make_section("Harbours"),
        dateline_place="Cobh",
        published=datetime(2031, 5, 1, 22, 30, tzinfo=UTC),
        published_has_time=True,
    )
    make_series("Crossing", article)
    make_byline(article, ana)
    make_byline(article, name="Bo Ek", role="photographs")
    place_picture(article, make_picture(alt="A ferry", credit="Bo Ek"))
    make_appearance(article, voss, role="harbour master")
    make_appearance(article, make_person("Cem Kaya"), state="suggested")
    quote = make_quote(article, "“We sail,”", speaker=voss)
    make_quote(article, "said", state="rejected")
    note = Correction.objects.create(article=article, note="It was Friday.")

    said = read(f"articles/{article.pk}")

    site = "http://testserver"
    assert said["url"] == f"{site}/articles/ferry-opens/"
    assert said["api"] == f"{site}/api/v1/articles/{article.pk}"
    assert said["published"] == "2031-05-01T22:30:00Z"
    assert (said["byline"], said["dateline"], said["series"], said["part"]) == (["Ana Lopez"], "Cobh", "Crossing", 1)
    assert [(maker["name"], maker["role"]) for maker in said["makers"]] == [
        ("Ana Lopez", "reporting"),
        ("Bo Ek", "photographs"),
    ]
    assert said["makers"][0]["author"]["api"] == f"{site}/api/v1/authors/{ana.pk}"
    assert said["section"]["name"] == "Harbours"
    assert [tag["name"] for tag in said["tags"]] == ["Ferries"]
    assert said["picture"]["alt"] == "A ferry"
    assert said["picture"]["url"].startswith(f"{site}/media/pictures/")
    [mention] = said["mentions"]
    assert (mention["entity"]["name"], mention["role"]) == ("Mira Voss", "harbour master")
    start, end = mention["spans"][0]
    assert said["text"][start:end] == "Mira Voss"
    [quotation] = said["quotations"]
    assert (quotation["id"], quotation["text"], quotation["speaker_role"]) == (quote.pk, "“We sail,”", "harbour master")
    assert [(each["id"], each["note"]) for each in said["corrections"]] == [(note.pk, "It was Friday.")]
    assert "example.org" not in str(said)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"published": RELEASED, "published_has_time": True}, "2031-05-02T09:30:00Z"),
        ({"published": RELEASED}, "2031-05-02"),
        ({}, None),
    ],
    ids=["with its time", "day alone", "none"],
)
def test_an_article_bears_the_date_that_the_story_does(read, fields, expected):
    assert read(f"articles/{make_article(**fields).pk}")["published"] == expected


def test_a_name_without_a_page_has_no_address(read):
    article = make_article(body="<p>“We sail,” said Mira Voss.</p>")
    make_quote(article, "“We sail,”", speaker=make_person("Mira Voss"))
    [quotation] = read(f"articles/{article.pk}")["quotations"]
    assert quotation["speaker"]["name"] == "Mira Voss"
    assert quotation["speaker"]["url"] is quotation["speaker"]["api"] is None


def test_the_list_begins_with_the_latest(numbers):
    old, new = make_article(published=datetime(2029, 1, 1, tzinfo=UTC)), make_article()
    make_article(status="draft")
    make_article(status="withdrawn")
    assert numbers("articles") == [new.pk, old.pk]


def test_a_list_is_read_page_by_page(read):
    articles = [make_article() for _ in range(5)]
    page, seen = read("articles", limit=2), []
    assert page["previous"] is None
    while True:
        seen += [row["id"] for row in page["results"]]
        if not page["next"]:
            break
        page = read(page["next"])
    assert seen == [article.pk for article in reversed(articles)]
    assert [row["id"] for row in read(page["previous"])["results"]] == seen[2:4]


def ferries(*, is_one):
    """An article that has everything a list can be narrowed by, or one that has other such things."""
    section = make_section("Harbours" if is_one else "Towns")
    day = datetime(2031, 5, 2 if is_one else 9, 12, tzinfo=UTC)
    article = make_article(
        tags=("Ferries" if is_one else "Bridges",),
        section=section,
        language="fr" if is_one else "en",
        published=day,
        body="<p>Mira Voss, Harbour Board, Cobh.</p>",
    )
    author = make_author("Ana Lopez")
    make_byline(article, author)
    shown = make_person("Mira Voss"), make_organisation("Harbour Board"), make_location("Cobh")
    for entity in shown:
        make_appearance(article, entity)
    return article, dict(zip(("person", "organisation", "location"), (each.pk for each in shown), strict=True)) | {
        "author": author.pk,
        "tag": "ferries" if is_one else "bridges",
        "section": section.slug,
        "language": "fr" if is_one else "en",
        "until": "2031-05-02" if is_one else "2031-05-10",
    }


@pytest.mark.parametrize(
    "name", ["tag", "person", "organisation", "location", "author", "section", "language", "until"]
)
def test_a_list_is_narrowed(numbers, name):
    article, having = ferries(is_one=True)
    ferries(is_one=False)
    assert numbers("articles", **{name: having[name]}) == [article.pk]
    assert numbers("articles", **having) == [article.pk]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"since": "2031-05-02"}, True),
        ({"since": "2031-05-03"}, False),
        ({"until": "2031-05-02"}, True),
        ({"until": "2031-05-01"}, False),
        ({"since": "0001-01-01", "until": "9999-12-31"}, True),
        ({"until": "0001-01-01"}, False),
    ],
)
def test_days_are_those_of_the_newsroom(settings, numbers, query, found):
    settings.TIME_ZONE = "Pacific/Auckland"
    make_article(published=datetime(2031, 5, 1, 20, 0, tzinfo=UTC))
    assert bool(numbers("articles", **query)) is found


@pytest.mark.parametrize(
    "query", [{"tag": "nothing"}, {"person": 9_999}, {"author": 9_999}, {"section": "nothing"}, {"language": "xx"}]
)
def test_what_nothing_has_narrows_to_nothing(numbers, query):
    make_article()
    assert numbers("articles", **query) == []


def test_a_record_of_another_kind_is_not_meant(numbers):
    article = make_article(body="<p>Cobh.</p>")
    cobh = make_location("Cobh")
    make_appearance(article, cobh)
    assert numbers("articles", person=cobh.pk) == []


def test_a_merged_record_or_tag_leads_to_the_one_that_stayed(numbers):
    article = make_article(body="<p>Mira Voss.</p>", tags=("Ferries",))
    voss = make_person("Mira Voss")
    make_appearance(article, voss)
    make_tag("Boats", merged_into=article.tags.get())
    assert numbers("articles", person=make_person("M. Voss", merged_into_id=voss.pk).pk) == [article.pk]
    assert numbers("articles", tag="boats") == [article.pk]


def test_what_readers_do_not_see_is_not_there(client):
    response = client.get(f"/api/v1/articles/{make_article(status='draft').pk}")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert response.json() == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "Nothing that readers see is here.",
        "instance": response.request["PATH_INFO"],
    }


def test_a_withdrawn_article_is_gone_with_all_that_is_in_it(client):
    article = make_article(status="withdrawn", body="<p>“We sail.”</p>", withdrawal_note="It was not so.")
    quote = make_quote(article)
    note = Correction.objects.create(article=article, note="It was Friday.")
    for address in (f"articles/{article.pk}", f"quotations/{quote.pk}", f"corrections/{note.pk}"):
        response = client.get(f"/api/v1/{address}")
        assert response.status_code == 410
        assert response.json()["note"] == "It was not so."
        assert response.json()["withdrawn"].startswith("2031-05-02T09:30")
        assert "sail" not in response.content.decode()
    assert client.get(f"/api/v1/quotations/{make_quote(article, state='rejected').pk}").status_code == 404
