"""An article is written, corrected, published and withdrawn at the desk."""

from datetime import UTC, datetime

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from articles.models import Article, Decision, Quote, State, Tag, TagSynonym
from tests.factories import (
    make_appearance,
    make_article,
    make_location,
    make_person,
    make_proposed_tag,
    make_quote,
    make_tag,
)

LIST = reverse("admin:articles_article_changelist")
ADD = reverse("admin:articles_article_add")


def page_of(article):
    return reverse("admin:articles_article_change", args=[article.pk])


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_an_article_is_written_in_the_form(admin_client, editor, article_form):
    form = article_form(
        headline="  Ferry to\nsail again ",
        body="<p onclick='x()'>It sails.</p><script>alert(1)</script>",
        published_0="2031-03-04",
        tags=["Ferries", "Szeged"],
        end_notes="Editing by Mira Voss",
    )
    admin_client.post(ADD, form)
    article = Article.objects.get()
    assert (article.headline, article.slug, article.status) == ("Ferry to sail again", "ferry-to-sail-again", "draft")
    assert article.end_notes == ["Editing by Mira Voss"]
    assert (article.body, article.text) == ("<p>It sails.</p>", "It sails.")
    assert (article.published, article.published_has_time) == (datetime(2031, 3, 4, tzinfo=UTC), False)
    assert sorted(tag.name for tag in article.tags.all()) == ["Ferries", "Szeged"]
    decision = Decision.objects.get()
    assert (decision.action, decision.user) == ("write", editor)


def test_an_edit_remembers_the_fields_typed_and_finds_the_quotations_again(admin_client, article_form):
    article = make_article(headline="Ferry sails", body="<p>“It sails,” she said.</p>", slug="ferry-sails")
    quote = make_quote(article, "“It sails,”")
    form = article_form(
        headline="Ferry sails", slug="ferry-sails", language="en", body="<p>On Friday: “It sails,” she said.</p>"
    )
    admin_client.post(page_of(article), form)
    article.refresh_from_db()
    quote.refresh_from_db()
    assert article.edited_fields == ["body"]
    assert [article.text[start:end] for start, end in quote.spans] == [quote.text]


def test_saving_without_a_change_changes_nothing(admin_client, article_form):
    article = make_article(
        headline="Ferry sails",
        slug="ferry-sails",
        standfirst="Two\nlines",
        body="<p>It sails.</p>\n<p>Again.</p>",
        byline=("Tom Hill",),
        published=datetime(2031, 3, 4, tzinfo=UTC),
        tags=("ferries",),
    )
    form = article_form(
        headline="Ferry sails",
        slug="ferry-sails",
        language="en",
        standfirst="Two\r\nlines",
        body="<p>It sails.</p>\r\n<p>Again.</p>",
        published_0="2031-03-04",
        tags=["ferries"],
    )
    admin_client.post(page_of(article), form)
    article.refresh_from_db()
    assert (article.edited_fields, Decision.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    ("day", "hour", "published", "has_time"),
    [
        ("2031-03-04", "", datetime(2031, 3, 4, tzinfo=UTC), False),
        ("2031-03-04", "00:00", datetime(2031, 3, 4, tzinfo=UTC), True),
        ("2031-03-04", "14:05", datetime(2031, 3, 4, 14, 5, tzinfo=UTC), True),
        ("", "", None, False),
    ],
    ids=["a date alone", "midnight", "a time", "none"],
)
def test_a_date_may_bear_no_time(admin_client, article_form, day, hour, published, has_time):
    article = make_article(published=datetime(2030, 1, 1, 8, tzinfo=UTC), published_has_time=True)
    admin_client.post(page_of(article), article_form(published_0=day, published_1=hour))
    article.refresh_from_db()
    assert (article.published, article.published_has_time) == (published, has_time)


@pytest.mark.parametrize(
    ("field", "changes", "message"),
    [
        ("headline", {"headline": " "}, "This field is required."),
        ("headline", {"headline": "x" * 301}, "at most 300 characters"),
        ("published", {"published_1": "14:05"}, "A time needs a date."),
        ("published", {"published_0": "soon"}, "Enter a valid date."),
        ("address", {"address": "https://example.com/ferry"}, "This is the address of “Old ferry” already."),
        ("slug", {"slug": "old-ferry"}, "already exists"),
        ("tags", {"tags": ["x" * 101]}, "A tag has at most 100 characters"),
        ("end_notes", {"end_notes": "Tom\0Hill"}, "Null characters are not allowed."),
    ],
)
def test_errors_are_said_plainly_beside_the_field(admin_client, article_form, field, changes, message):
    make_article(headline="Old ferry", address="https://example.com/ferry")
    response = admin_client.post(ADD, article_form(**changes))
    assert message in " ".join(response.context["adminform"].form.errors[field])
    assert Article.objects.count() == 1


def test_a_merged_tag_becomes_its_survivor_and_case_makes_no_second_tag(admin_client, article_form):
    make_tag("Ships", merged_into=make_tag("Ferries"))
    admin_client.post(ADD, article_form(tags=["ships", "FERRIES, Ports"]))
    assert sorted(tag.name for tag in Article.objects.get().tags.all()) == ["Ferries", "Ports"]
    assert Tag.objects.count() == 3


def test_another_name_of_a_tag_becomes_the_tag(admin_client, article_form):
    TagSynonym.objects.create(tag=make_tag("Ferries"), name="Boats")
    admin_client.post(ADD, article_form(tags=["boats"]))
    assert [tag.name for tag in Article.objects.get().tags.all()] == ["Ferries"]


def test_all_suggestions_of_an_article_are_accepted_at_once(admin_client, article_form):
    article = make_article(body="<p>“It sails,” said Mara Finch.</p>")
    make_appearance(article, make_person("Mara Finch"), state=State.SUGGESTED)
    make_quote(article, "“It sails,”", state=State.SUGGESTED)
    page = admin_client.get(page_of(article)).content.decode()
    assert 'name="_accept"' in page
    response = admin_client.post(LIST, {"action": "accept_all_suggestions", "_selected_action": [article.pk]})
    assert said(response)[-1] == "2 suggestions were accepted."
    assert Quote.objects.get().state == State.ACCEPTED
    assert 'name="_accept"' not in admin_client.get(page_of(article)).content.decode()


def test_who_may_only_look_finds_no_buttons_and_no_actions(staff, article_form):
    client, article = staff("view_article"), make_article(status="draft")
    page = client.get(page_of(article)).content.decode()
    assert article.headline in page
    assert "_publish" not in page
    client.post(LIST, {"action": "publish", "_selected_action": [article.pk]})
    assert client.post(page_of(article), article_form(_publish="x")).status_code == 403
    article.refresh_from_db()
    assert not article.is_published


def test_the_list_tells_what_waits_for_a_decision(admin_client):
    waiting = make_article(headline="Waiting", body="<p>“It sails,” said Mara Finch.</p>")
    make_quote(waiting, "“It sails,”", state=State.SUGGESTED)
    make_appearance(waiting, make_person("Mara Finch"))
    make_article(headline="Done")
    [row] = admin_client.get(LIST, {"undecided": "yes"}).context["cl"].result_list
    assert (row.headline, row.people_count, row.quotes_count, row.undecided_count) == ("Waiting", 1, 1, 1)
    assert [row.headline for row in admin_client.get(LIST, {"undecided": "no"}).context["cl"].result_list] == ["Done"]


def test_panels_show_who_is_named_and_link_to_their_records(admin_client):
    article = make_article(body="<p>“It sails,” said Mara Finch in Szeged. “He lied.”</p>")
    mara, town = make_person("Mara Finch"), make_location("Szeged")
    make_appearance(article, mara, role="harbour master", evidence="named in full", candidates=[town.pk])
    make_appearance(article, town, state=State.UNSURE)
    make_quote(article, "“It sails,”", speaker=mara, cue="said", evidence="named beside the cue")
    make_quote(article, "“He lied.”", source="a pilot", anchoring="lost")
    panels = {panel.key: panel for panel in admin_client.get(page_of(article)).context["panels"]}
    people, organisations, locations, quotations = (
        panels[key] for key in ("people", "organisations", "locations", "quotations")
    )
    [row] = people.rows
    assert (row.label, row.url) == ("Mara Finch", reverse("admin:articles_person_change", args=[mara.pk]))
    assert row.facts == ["harbour master", "1 mention", "1 other record could be meant"]
    assert (row.state_label, row.evidence) == ("accepted", "named in full")
    assert (organisations.rows, organisations.empty) == ([], "No organisation is named.")
    assert [(row.label, row.state) for row in locations.rows] == [("Szeged", "unsure")]
    assert [row.facts[0] for row in quotations.rows] == ["Mara Finch", "“a pilot”, not named"]
    assert quotations.rows[1].facts[-1] == "its words are gone"


def post_decision(client, article, article_form, **choice):
    form = article_form(headline=article.headline, slug=article.slug, language="en", body=article.body, **choice)
    return client.post(page_of(article), form)


def test_suggested_tags_are_decided_about_beside_the_form(admin_client, editor, article_form):
    article = make_article()
    ferries = make_proposed_tag(article, "Ferries", evidence="“ferries” in the text")
    make_proposed_tag(article, "Top stories", origin="imported", evidence="keyword of the document")
    panel = admin_client.get(page_of(article)).context["panels"][-1]
    assert [(row.label, row.state, row.evidence) for row in panel.rows] == [
        ("Ferries", "suggested", "“ferries” in the text"),
        ("Top stories", "suggested", "keyword of the document"),
    ]
    assert [choice.name for choice in panel.rows[0].choices] == ["_accept_tag", "_reject_tag"]
    response = post_decision(admin_client, article, article_form, _accept_tag=ferries.pk)
    assert response["Location"] == f"{page_of(article)}#suggested-tags"
    assert said(response)[-1] == "1 tag is accepted now."
    article = Article.objects.get()
    assert [tag.name for tag in article.tags.all()] == ["Ferries"]
    assert Decision.objects.get(subject=Decision.Subject.PROPOSED_TAG).user == editor
    post_decision(admin_client, article, article_form, tags=["Ferries"], _reject_tag=ferries.pk)
    assert not article.tags.exists()


def test_all_suggested_tags_are_accepted_in_one_go_and_what_was_typed_is_saved(admin_client, article_form):
    article = make_article()
    rejected = make_proposed_tag(article, "Top stories", state="rejected")
    make_proposed_tag(article, "Ferries")
    make_proposed_tag(article, "Ports")
    post_decision(admin_client, article, article_form, standfirst="It sails.", _accept_tags="all")
    article.refresh_from_db()
    assert article.standfirst == "It sails."
    assert sorted(tag.name for tag in article.tags.all()) == ["Ferries", "Ports"]
    rejected.refresh_from_db()
    assert rejected.state == State.REJECTED


@pytest.mark.parametrize("choice", [{"_accept_tag": "x"}, {"_reject_tag": "0"}, {"_accept_tag": ""}])
def test_a_choice_of_no_tag_decides_nothing(admin_client, article_form, choice):
    article = make_article()
    make_proposed_tag(article, "Ferries")
    post_decision(admin_client, article, article_form, **choice)
    assert not Decision.objects.filter(subject=Decision.Subject.PROPOSED_TAG).exists()


def test_a_tag_of_another_article_is_not_decided_about_from_here(admin_client, article_form):
    article, other = make_article(), make_article()
    post_decision(admin_client, article, article_form, _accept_tag=make_proposed_tag(other, "Ferries").pk)
    assert not other.tags.exists()


def test_a_tag_typed_or_taken_off_decides_about_its_suggestion(admin_client, article_form):
    article = make_article()
    proposal = make_proposed_tag(article, "Ferries")
    post_decision(admin_client, article, article_form, tags=["ferries"])
    proposal.refresh_from_db()
    assert proposal.state == State.ACCEPTED
    post_decision(admin_client, article, article_form, tags=[])
    proposal.refresh_from_db()
    assert (proposal.state, article.tags.exists()) == (State.REJECTED, False)


def test_who_may_only_look_is_offered_no_decision(staff):
    article = make_article()
    make_proposed_tag(article, "Ferries")
    page = staff("view_article").get(page_of(article)).content.decode()
    assert "Ferries" in page
    assert "_accept_tag" not in page


def test_the_list_tells_whose_tags_wait(admin_client):
    make_proposed_tag(make_article(headline="Waiting"), "Ferries")
    make_proposed_tag(make_article(headline="Done"), "Ferries", state="rejected")
    for filters in {"suggested_tags": "yes"}, {"undecided": "yes"}:
        assert [row.headline for row in admin_client.get(LIST, filters).context["cl"].result_list] == ["Waiting"]


def test_a_long_panel_comes_in_pages(admin_client):
    article = make_article()
    for number in range(23):
        make_appearance(article, make_person(f"Mara Finch {number}"))
    panels = admin_client.get(page_of(article), {"people": "2", "quotations": "9"}).context["panels"]
    people = next(panel for panel in panels if panel.key == "people")
    assert (people.total, people.number, len(people.rows)) == (23, 2, 3)
    assert (people.previous_url, people.next_url) == ("?people=1&quotations=9#people", "")


@pytest.mark.parametrize(("status", "label"), [("draft", "Preview"), ("published", "View on site")])
def test_the_page_links_to_the_article_as_readers_see_it(admin_client, status, label):
    article = make_article(status=status)
    page = admin_client.get(page_of(article)).content.decode()
    assert f'<a href="{article.get_absolute_url()}" class="viewsitelink">{label}</a>' in page
