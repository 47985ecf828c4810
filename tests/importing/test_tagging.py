"""Tags that stories bring or print are suggestions; what a person says of them stays said."""

import pytest

from articles.documents.story import Story
from articles.editing.decide import accept_suggested, decide, follow_tags
from articles.importing.gazetteer import gazetteer_for
from articles.importing.service import ImportOptions, extract_article, import_document
from articles.models import Article, ProposedTag, State, Tag, TagSynonym
from tests.factories import make_tag

pytestmark = pytest.mark.django_db

STORY = """\
---
title: Ferry to close
tags: Ferries, Top stories
date: 2026-03-06
---

The ferry from Cobh will stop in {month}, when the new coronavirus rules begin.
"""


def run(month="May", **options):
    (report,) = import_document(
        STORY.format(month=month).encode(), source="ferry.md", options=ImportOptions(format="markdown", **options)
    )
    return report


def states():
    return {str(proposal): proposal.state for proposal in ProposedTag.objects.select_related("tag")}


def borne():
    return {tag.name for tag in Article.objects.get().tags.all()}


@pytest.fixture
def covid():
    tag = make_tag("COVID-19")
    TagSynonym.objects.create(tag=tag, name="Coronavirus")
    return tag


def test_keywords_and_tags_in_the_text_are_suggested_with_their_reasons(covid):
    report = run()
    assert set(ProposedTag.objects.values_list("name", "origin", "state", "evidence")) == {
        ("Ferries", "imported", "suggested", "keyword of the document"),
        ("Top stories", "imported", "suggested", "keyword of the document"),
        ("COVID-19", "extracted", "suggested", "“coronavirus” in the text"),
    }
    assert borne() == set()
    assert set(Tag.objects.values_list("name", flat=True)) == {"COVID-19"}
    assert report["tags"] == ["Ferries", "Top stories", "COVID-19"]
    assert report["topics"][2] == {"name": "COVID-19", "state": "suggested", "evidence": "“coronavirus” in the text"}


def test_a_preview_says_what_would_be_suggested_and_given(covid):
    report = run(dry_run=True, tags=("Harbours", "ferries"))
    assert [(topic["name"], topic["state"]) for topic in report["topics"]] == [
        ("Harbours", "accepted"),
        ("ferries", "accepted"),
        ("Top stories", "suggested"),
        ("COVID-19", "suggested"),
    ]


def test_an_accepted_suggestion_becomes_a_tag_with_its_reason(covid, editor):
    run()
    accept_suggested(Article.objects.all(), user=editor)
    assert borne() == {"Ferries", "Top stories", "COVID-19"}
    items = Article.objects.get().tagged_items
    assert items.get(tag__name="Ferries").reason == "keyword of the document"


def test_the_same_and_a_newer_story_propose_nothing_twice(covid, editor):
    run()
    decide([ProposedTag.objects.get(name="Top stories")], state=State.REJECTED, user=editor)
    decide([ProposedTag.objects.get(name="Ferries")], state=State.ACCEPTED, user=editor)
    said = {"Ferries": "accepted", "Top stories": "rejected", "COVID-19": "suggested"}
    assert states() == said
    run()
    run("June")
    assert states() == said
    assert borne() == {"Ferries"}


def test_a_rejected_tag_stays_away_under_each_of_its_names(covid, editor):
    run()
    decide([ProposedTag.objects.get(name="COVID-19")], state=State.REJECTED, user=editor)
    covid.name = "Coronavirus pandemic"
    covid.save()
    run("June")
    assert states()["Coronavirus pandemic"] == "rejected"
    assert ProposedTag.objects.count() == 3


def test_a_suggestion_that_nothing_speaks_for_any_more_goes(covid):
    run()
    TagSynonym.objects.all().delete()
    run("June")
    assert set(states()) == {"Ferries", "Top stories"}


def test_an_edited_article_keeps_the_keywords_of_its_document(covid):
    run()
    article = Article.objects.get()
    article.body, article.text = "<p>Nothing of it.</p>", "Nothing of it."
    article.save()
    extract_article(article)
    assert set(states()) == {"Ferries", "Top stories"}


def test_a_tag_that_a_person_typed_is_not_proposed():
    run()
    article = Article.objects.get()
    article.tags.add("Ferries")
    follow_tags(article, user=None)
    run("June")
    assert states()["Ferries"] == "accepted"
    assert borne() == {"Ferries"}


def test_a_tag_given_with_the_import_is_borne_whatever_was_decided_before(editor):
    run()
    decide([ProposedTag.objects.get(name="Ferries")], state=State.REJECTED, user=editor)
    run(tags=("FERRIES",))
    assert borne() == {"FERRIES"}
    assert states()["FERRIES"] == "accepted"


def test_two_articles_make_one_tag(editor):
    run()
    import_document(
        STORY.format(month="May").replace("to close", "to open").encode(),
        source="b.md",
        options=ImportOptions(format="markdown"),
    )
    accept_suggested(Article.objects.all(), user=editor)
    assert Tag.objects.get(name="Ferries").taggedarticle_items.count() == 2


@pytest.mark.parametrize(
    ("tag", "text", "found"),
    [
        ("Ferry", "Two ferries collided.", "ferries"),
        ("Ferries", "A FERRY sank.", "FERRY"),
        ("Car ferries", "The car ferry sank.", "car ferry"),
        ("Élections", "Après les élections", "élections"),
        ("Tax", "New taxes", "taxes"),
        ("Climate change", "climate\u00a0change", "climate\u00a0change"),
        ("News", "A new pier", None),
        ("Art", "The arts", None),
        ("WHO", "Those who came. Who?", None),
        ("WHO", "The WHO said", "WHO"),
        ("AIDS", "It aids them.", None),
        ("AIDS", "Aids is treated.", "Aids"),
        ("COVID-19", "Covid-19 spreads.", "Covid-19"),
        ("Class", "In clas", None),
    ],
)
def test_a_tag_is_found_in_either_number_and_any_sensible_case(tag, text, found):
    make_tag(tag)
    tags = gazetteer_for(Story(headline="", body=f"<p>{text}</p>")).tags
    assert tags == ({found: tag} if found else {})


def test_the_name_of_a_merged_tag_and_other_names_lead_to_the_tag():
    harbours = make_tag("Harbours")
    TagSynonym.objects.create(tag=make_tag("Ports", merged_into=harbours), name="Havens")
    story = Story(headline="Port and haven", body="", keywords=("PORTS",))
    assert gazetteer_for(story).tags == {"Port": "Harbours", "haven": "Harbours", "PORTS": "Harbours"}


def test_looking_for_tags_asks_as_much_for_many_as_for_one(django_assert_num_queries):
    words = [f"Harbour{letter}" for letter in "abcdefgh"]
    story = Story(headline="", body=f"<p>{' and '.join(words)}</p>")
    make_tag(words[0])
    with django_assert_num_queries(3):
        gazetteer_for(story)
    for word in words[1:]:
        TagSynonym.objects.create(tag=make_tag(), name=word)
    with django_assert_num_queries(3):
        assert len(gazetteer_for(story).tags) == len(words)
