"""Which articles are offered beside one, and the reason given."""

from __future__ import annotations

import pytest

from articles.models import Article, State
from articles.site.related import Ties, by_strength, read_on
from tests.factories import make_appearance, make_article, make_location, make_organisation, make_person, make_quote

pytestmark = pytest.mark.django_db

BODY = "<p>“Rain,” said Mira Voss of Cobh. “Wind,” said Nils Berg.</p>"


def related(article):
    found = read_on(Article.objects.for_detail().get(pk=article.pk)).related
    return [(each.article.headline, each.reason) for each in found]


def appear(*articles, entity):
    for article in articles:
        make_appearance(article, entity)


def test_article_without_ties_has_none():
    article = make_article(tags=("Rain",))
    make_article(tags=("Snow",))
    assert related(article) == []


def test_shared_speaker_is_the_reason():
    one, other = make_article(body=BODY), make_article(body=BODY, headline="Other")
    voss = make_person("Mira Voss")
    appear(one, other, entity=voss)
    for article in (one, other):
        make_quote(article, "“Rain,”", speaker=voss)
    assert related(one) == [("Other", "both quote Mira Voss")]


def test_several_ties_are_told_in_order():
    one = make_article(body=BODY, tags=("Rain", "Wind"))
    other = make_article(body=BODY, headline="Other", tags=("Rain", "Wind"))
    voss = make_person("Mira Voss")
    appear(one, other, entity=voss)
    appear(one, other, entity=make_location("Cobh"))
    for article in (one, other):
        make_quote(article, "“Rain,”", speaker=voss)
    assert related(one) == [("Other", "both quote Mira Voss; both are about Cobh; 2 shared tags")]


def test_one_shared_tag_is_named():
    one = make_article(tags=("Rain",))
    make_article(headline="Other", tags=("Rain", "Wind"))
    assert related(one) == [("Other", "both under “Rain”")]


def test_rare_tie_weighs_more_than_a_common_one():
    one, rare, common = make_article(), make_article(headline="Rare"), make_article(headline="Common")
    appear(one, rare, entity=make_organisation("Harbour Board"))
    appear(one, common, *(make_article(headline="Common") for _ in range(6)), entity=make_organisation("Daily Tide"))
    assert related(one)[0] == ("Rare", "both are about Harbour Board")


def test_drafts_and_suggestions_tie_nothing():
    one = make_article(tags=("Rain",))
    voss = make_person("Mira Voss")
    draft = make_article(status="draft", tags=("Rain",))
    unseen = make_article()
    appear(one, draft, entity=voss)
    make_appearance(unseen, voss, state=State.SUGGESTED)
    assert related(one) == []


def test_the_four_with_the_strongest_ties_are_offered():
    one = make_article(tags=("Rain",))
    for number in range(6):
        make_article(headline=f"Other {number}", tags=("Rain",))
    assert [headline for headline, _ in related(one)] == ["Other 5", "Other 4", "Other 3", "Other 2"]


def test_weights_that_were_added_up_in_another_order_are_alike():
    ties = {1: Ties(weight=0.1 + 0.2 + 0.3), 2: Ties(weight=0.3 + 0.2 + 0.1)}
    assert ties[1].weight > ties[2].weight
    assert [number for number, _ in by_strength(ties)] == [2, 1]
