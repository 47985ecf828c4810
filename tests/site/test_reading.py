"""Names and quotations in the text of a story."""

from __future__ import annotations

import pytest

from articles.models import Anchoring, Article, State
from articles.site.reading import Stretch, marked_body, surroundings
from articles.text.body import plain_text
from tests.factories import (
    make_appearance,
    make_article,
    make_location,
    make_organisation,
    make_person,
    make_quote,
)

pytestmark = pytest.mark.django_db


def body_of(article):
    return marked_body(Article.objects.for_detail().get(pk=article.pk))


def test_first_mention_is_a_link_and_later_ones_are_not():
    article = make_article(body="<p>Mira Voss came. Voss left.</p>")
    make_appearance(article, make_person("Mira Voss"), "Mira Voss", "Voss left")
    assert body_of(article) == (
        '<p><a class="name person" href="/people/mira-voss/">Mira Voss</a> came. Voss left.</p>'
    )


def test_longer_name_is_the_link_and_the_shorter_one_waits():
    article = make_article(body="<p>The Port of Cobh is in Cobh.</p>")
    make_appearance(article, make_organisation("Port of Cobh"))
    cobh = make_appearance(article, make_location("Cobh"))
    cobh.spans = [[12, 16], [23, 27]]
    cobh.save()
    assert body_of(article) == (
        '<p>The <a class="name organisation" href="/organisations/port-of-cobh/">Port of Cobh</a> '
        'is in <a class="name location" href="/places/cobh/">Cobh</a>.</p>'
    )


def test_name_in_a_link_of_the_story_waits_for_its_next_mention():
    article = make_article(body='<p><a href="https://example.org/">Mira Voss</a> spoke. Mira Voss left.</p>')
    appearance = make_appearance(article, make_person("Mira Voss"))
    appearance.spans = [[0, 9], [17, 26]]
    appearance.save()
    body = body_of(article)
    assert body.startswith('<p><a href="https://example.org/">Mira Voss</a> spoke. <a class="name person"')


def test_quotation_has_an_id_and_a_permalink():
    article = make_article(body="<p>“Rain,” said Voss, “and wind.”</p>")
    quote = make_quote(article, "“Rain,”", "“and wind.”", speaker=make_person("Mira Voss"))
    assert body_of(article) == (
        f'<p><span class="quote" id="quote-{quote.pk}">“Rain,”</span> said Voss, <span class="quote">“and wind.”</span>'
        f'<a class="permalink" href="/quotes/{quote.pk}/" aria-label="Quotation by Mira Voss"></a></p>'
    )


def test_name_is_linked_inside_a_quotation():
    article = make_article(body="<p>“Mira Voss is late,” they said.</p>")
    make_appearance(article, make_person("Mira Voss"))
    make_quote(article, "“Mira Voss is late,”")
    assert '">“<a class="name person" href="/people/mira-voss/">Mira Voss</a> is late,”</span>' in body_of(article)


def test_text_of_the_page_is_the_text_of_the_story():
    article = make_article(body="<p>“Rain &amp; wind,” said <em>Mira</em> Voss.</p><ul><li>Voss</li></ul>")
    make_appearance(article, make_person("Mira Voss"))
    make_quote(article, "“Rain & wind,”")
    assert plain_text(body_of(article)) == article.text


@pytest.mark.parametrize("state", [State.SUGGESTED, State.REJECTED, State.UNSURE])
def test_what_nobody_accepted_is_not_marked(state):
    article = make_article(body="<p>“Rain,” said Mira Voss.</p>")
    make_appearance(article, make_person("Mira Voss"), state=state)
    make_quote(article, "“Rain,”", state=state)
    assert body_of(article) == article.body


def test_quotation_whose_words_are_gone_is_not_marked():
    article = make_article(body="<p>“Rain,” said Mira Voss.</p>")
    make_quote(article, "“Rain,”", anchoring=Anchoring.LOST)
    assert body_of(article) == article.body


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("<p>Rain.</p>", "</span> – </span>Rain.</p>", id="before the first words"),
        pytest.param("<h2>Now</h2><p>Rain.</p>", "<h2>Now</h2><p><span", id="not in a heading"),
    ],
)
def test_dateline_stands_before_the_first_paragraph(body, expected):
    assert expected in body_of(make_article(body=body, dateline_place="CORK"))


def test_surroundings_are_the_paragraphs_of_the_quotation():
    article = make_article(body="<p>Before.</p><p>She said: “One.</p><p>“Two.” Then she left.</p><p>After.</p>")
    quote = make_quote(article, "“One.", "“Two.”")
    assert surroundings(quote) == [
        [Stretch("She said: ", is_quoted=False), Stretch("“One.", is_quoted=True)],
        [Stretch("“Two.”", is_quoted=True), Stretch(" Then she left.", is_quoted=False)],
    ]


def test_surroundings_of_one_span_over_two_paragraphs():
    article = make_article(body="<p>“One.</p><p>Two.”</p>")
    assert [[each.is_quoted for each in paragraph] for paragraph in surroundings(make_quote(article))] == [
        [True],
        [True],
    ]
