"""What readers are told of corrections: on the article, among the others, in the feed and in the data for programs."""

import json
import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from articles.models import Article, Correction
from tests.factories import make_appearance, make_article, make_person, make_quote

pytestmark = pytest.mark.django_db
MADE = datetime(2031, 6, 2, 9, 30, tzinfo=UTC)


def make_correction(article, note="It was a ferry.", *, quotes=(), entities=(), **fields):
    correction = Correction.objects.create(article=article, note=note, **fields)
    correction.quotes.set(quotes)
    correction.entities.set(entities)
    Correction.objects.filter(pk=correction.pk).update(made=MADE)
    return correction


def page_of(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def data_of(page):
    [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    return json.loads(block)["@graph"][0]


def test_an_article_says_what_was_corrected_and_when(client):
    article = make_article()
    correction = make_correction(article, "It was a ferry.\nNot a <b>bridge</b>.", kind="clarification")
    page = page_of(client, article.get_absolute_url())
    assert f'id="correction-{correction.pk}"' in page
    assert "<b>Clarification, " in page
    assert "2 June 2031, 09:30" in page
    assert "It was a ferry.<br>Not a &lt;b&gt;bridge&lt;/b&gt;." in page


def test_an_article_without_corrections_says_nothing_of_them(client):
    assert "Corrections and updates" not in page_of(client, make_article().get_absolute_url())


def test_programs_read_who_wrote_it_when_and_what_was_corrected(client, settings):
    settings.NEWSROOM_NAME = "The Cork Tide"
    published = datetime(2031, 5, 2, tzinfo=UTC)
    article = make_article(headline="</script>Ferry", byline=("Ana Lopez",), published=published)
    make_correction(article)
    data = data_of(page_of(client, article.get_absolute_url()))
    address = f"http://testserver{article.get_absolute_url()}"
    assert (data["@type"], data["url"], data["headline"]) == ("NewsArticle", address, "</script>Ferry")
    assert (data["datePublished"], data["dateModified"]) == ("2031-05-02", "2031-06-02T09:30:00+00:00")
    assert data["author"] == [{"@type": "Thing", "name": "Ana Lopez"}]
    assert data["publisher"]["name"] == "The Cork Tide"
    [correction] = data["correction"]
    assert (correction["@type"], correction["text"]) == ("CorrectionComment", "It was a ferry.")


def test_a_quotation_says_that_its_article_was_corrected(client):
    article = make_article(body="<p>“It sails,” said Mara Finch.</p>")
    quote, other = make_quote(article, "“It sails,”"), make_quote(article, "said")
    make_correction(article, quotes=[quote])
    assert "It was a ferry." in page_of(client, quote.get_absolute_url())
    assert "It was a ferry." not in page_of(client, other.get_absolute_url())


def test_all_corrections_stand_on_one_page_with_whom_they_concern(client):
    article = make_article(headline="Ferry sails", body="<p>“It sails,” said Mara Finch.</p>")
    mara, hidden = make_person("Mara Finch"), make_person("Tom Hill")
    make_appearance(article, mara)
    quote = make_quote(article, "“It sails,”")
    correction = make_correction(article, quotes=[quote], entities=[mara, hidden])
    page = page_of(client, reverse("corrections"))
    assert f'href="{article.get_absolute_url()}#correction-{correction.pk}"' in page
    assert f'href="{mara.get_absolute_url()}"' in page
    assert f'href="{quote.get_absolute_url()}"' in page
    assert "Tom Hill" not in page


def test_the_page_of_corrections_says_in_words_that_there_is_none(client):
    assert "Nothing has been corrected yet." in page_of(client, reverse("corrections"))


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_corrections_of_what_readers_do_not_see_are_nowhere(client, status):
    make_correction(make_article(status=status))
    for address in reverse("corrections"), reverse("corrections-feed", args=["atom"]):
        assert "It was a ferry." not in page_of(client, address)


def test_the_page_asks_as_much_for_many_corrections_as_for_one(client, django_assert_num_queries):
    def add():
        article = make_article(body="<p>“It sails,” said Mara Finch.</p>")
        mara = make_person("Mara Finch")
        make_appearance(article, mara)
        make_correction(article, quotes=[make_quote(article, "“It sails,”")], entities=[mara])

    add()
    for _ in range(2):
        with django_assert_num_queries(5):
            page_of(client, reverse("corrections"))
        for _ in range(3):
            add()
    assert Article.objects.count() > 4
