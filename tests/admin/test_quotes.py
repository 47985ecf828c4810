"""A quotation is checked against its article, given its speaker, and decided about."""

import pytest
from django.urls import reverse

from articles.admin.quotes import pieces
from articles.editing.review.undoing import take_back
from articles.models import Decision, State
from tests.factories import make_article, make_organisation, make_person, make_quote

LIST = reverse("admin:articles_quote_changelist")
BODY = "<p>“It sails,” said Mara Finch, “on Friday.”</p>"


def page_of(quote):
    return reverse("admin:articles_quote_change", args=[quote.pk])


def test_another_speaker_is_a_decision(admin_client, editor):
    mara, guild = make_person("Mara Finch"), make_organisation("Pilot Guild")
    quote = make_quote(make_article(body=BODY), "“It sails,”", speaker=mara)
    admin_client.post(page_of(quote), {"speaker": guild.pk, "tags": ["ferries"]})
    quote.refresh_from_db()
    assert (quote.speaker_id, quote.state) == (guild.pk, State.CHANGED)
    decision = Decision.objects.get()
    assert (decision.action, decision.after["speaker_id"], decision.user) == ("reattribute", guild.pk, editor)
    assert [tag.name for tag in quote.tags.all()] == ["ferries"]


def test_a_speaker_may_be_taken_away(admin_client):
    quote = make_quote(make_article(body=BODY), "“It sails,”", speaker=make_person())
    admin_client.post(page_of(quote), {"speaker": ""})
    quote.refresh_from_db()
    assert quote.speaker is None


def test_the_same_speaker_and_a_verdict_is_one_decision(admin_client):
    mara = make_person("Mara Finch")
    quote = make_quote(make_article(body=BODY), "“It sails,”", speaker=mara, state=State.SUGGESTED)
    admin_client.post(page_of(quote), {"speaker": mara.pk, "_accept": "Save and accept"})
    quote.refresh_from_db()
    assert quote.state == State.ACCEPTED
    assert [decision.action for decision in Decision.objects.all()] == ["accepted"]


def test_a_quotation_in_another_language_is_said_to_be(admin_client, editor):
    quote = make_quote(make_article(body=BODY), "“It sails,”", state=State.SUGGESTED)
    admin_client.post(page_of(quote), {"speaker": "", "language": "ga"})
    quote.refresh_from_db()
    assert (quote.language, quote.state) == ("ga", State.SUGGESTED)
    decision = Decision.objects.get()
    assert (decision.action, decision.before, decision.after) == ("language", {"language": ""}, {"language": "ga"})
    take_back(decision.batch, quote.article, user=editor)
    quote.refresh_from_db()
    assert quote.language == ""


def test_the_words_cannot_be_typed_over(admin_client):
    quote = make_quote(make_article(body=BODY), "“It sails,”")
    admin_client.post(page_of(quote), {"speaker": "", "text": "“It sinks,”", "spans": "[[0, 1]]"})
    quote.refresh_from_db()
    assert quote.text == "“It sails,”"


def test_the_page_says_whom_it_was_told_and_where(admin_client):
    quote = make_quote(make_article(body=BODY), "“It sails,”", addressee="Radio Tarn", occasion="in a letter to staff")
    page = admin_client.get(page_of(quote)).content.decode()
    assert "Radio Tarn" in page
    assert "in a letter to staff" in page


@pytest.mark.django_db
def test_the_page_shows_the_words_in_their_story():
    article = make_article(body=BODY)
    quote = make_quote(article, "“It sails,”", "“on Friday.”")
    assert pieces(quote) == [
        ("", False),
        ("“It sails,”", True),
        (" said Mara Finch, ", False),
        ("“on Friday.”", True),
        ("", False),
    ]


@pytest.mark.parametrize(("text", "icon"), [("“It sails,”", "yes"), ("“It sinks,”", "no")])
def test_a_tick_says_whether_the_words_equal_the_articles(admin_client, text, icon):
    quote = make_quote(make_article(body=BODY), "“It sails,”", text=text)
    assert f"icon-{icon}.svg" in admin_client.get(page_of(quote)).content.decode()


def test_the_list_is_filtered_by_the_kind_of_speaker(admin_client):
    article = make_article(body=BODY)
    make_quote(article, "“It sails,”", speaker=make_organisation())
    make_quote(article, "“on Friday.”")
    for kind, words in {"organisation": ["“It sails,”"], "person": [], "none": ["“on Friday.”"]}.items():
        found = admin_client.get(LIST, {"speaker_kind": kind}).context["cl"].result_list
        assert [quote.text for quote in found] == words


@pytest.mark.parametrize(
    ("status", "state", "is_shown"),
    [("published", "accepted", True), ("published", "suggested", False), ("draft", "accepted", False)],
)
def test_only_what_readers_see_links_to_the_site(admin_client, status, state, is_shown):
    quote = make_quote(make_article(body=BODY, status=status), "“It sails,”", state=state)
    assert ("viewsitelink" in admin_client.get(page_of(quote)).content.decode()) is is_shown
