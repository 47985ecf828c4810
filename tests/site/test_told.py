"""Whom a quotation was told and where, on its page."""

import pytest

from articles.models import Quote
from articles.site.told import told
from tests.factories import make_appearance, make_article, make_organisation, make_quote

pytestmark = pytest.mark.django_db


def quoted(body, *, cue="told", **phrases):
    article = make_article(body=body)
    make_appearance(article, make_organisation("Radio Tarn"))
    fields = {}
    for phrase, words in phrases.items():
        start = article.text.index(words)
        fields |= {phrase: words, f"{phrase}_start": start, f"{phrase}_end": start + len(words)}
    return make_quote(article, "“No,”", cue=cue, **fields)


def line(quote):
    return told(Quote.objects.for_detail().get(pk=quote.pk))


NAME = '<a class="name organisation" href="/organisations/radio-tarn/">Radio Tarn</a>'


@pytest.mark.parametrize(
    ("body", "cue", "phrases", "said"),
    [
        (
            "<p>“No,” he told Radio Tarn in an emailed statement.</p>",
            "told",
            {"addressee": "Radio Tarn", "occasion": "in an emailed statement"},
            f"told {NAME} in an emailed statement",
        ),
        (
            "<p>“No,” he said in an interview with Radio Tarn.</p>",
            "said",
            {"addressee": "Radio Tarn", "occasion": "in an interview with Radio Tarn"},
            f"said in an interview with {NAME}",
        ),
        ("<p>In a tweet, he said: “No,”</p>", "said", {"occasion": "In a tweet"}, "said in a tweet"),
        ("<p>“No,” he asked the &lt;b&gt;.</p>", "asked", {"addressee": "the <b>"}, "asked the &lt;b&gt;"),
        ("<p>“No,” he said.</p>", "said", {}, ""),
    ],
    ids=["to whom and where", "to whom within where", "at the head of the sentence", "a question", "neither"],
)
def test_line_says_whom_and_where(body, cue, phrases, said):
    assert line(quoted(body, cue=cue, **phrases)) == said


def test_phrase_whose_words_are_gone_from_the_text_is_not_linked():
    quote = quoted("<p>“No,” he told Radio Tarn.</p>", addressee="Radio Tarn")
    Quote.objects.update(addressee_start=None, addressee_end=None)
    assert line(quote) == "told Radio Tarn"


def test_page_shows_the_line_and_cites_it(client):
    quote = quoted("<p>“No,” he told Radio Tarn.</p>", addressee="Radio Tarn")
    page = client.get(quote.get_absolute_url()).content.decode()
    assert f"told {NAME}" in page
    assert ", told Radio Tarn: “No,”" in page
