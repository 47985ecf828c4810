"""Which article a story is: what is enough to recognise it, and what is not."""

from datetime import date

import pytest

from articles.documents.story import Story
from articles.importing.service import ImportOptions, import_stories
from articles.models import Article, StoryPair
from tests.text.test_shingles import STORY

pytestmark = pytest.mark.django_db


def imported(text=STORY, headline="Ferry afloat in Cobh", **fields):
    (report,) = import_stories([Story(headline, f"<p>{text}</p>", source="ferry", **fields)], ImportOptions())
    return report["status"]


@pytest.mark.parametrize(
    ("first", "again"),
    [
        ({"identifier": "cs:1"}, {"identifier": "cs:1", "headline": "Another", "text": "It sails."}),
        ({"address": "http://cobh.example/1"}, {"address": "https://cobh.example/1", "headline": "Another"}),
        ({}, {"headline": "FERRY AFLOAT IN COBH", "published": date(2031, 5, 2)}),
        ({"identifier": "cs:1"}, {"address": "https://cobh.example/1", "text": STORY.replace(",", ";")}),
    ],
    ids=["identifier", "address of the other scheme", "words, dated later", "words, with punctuation of its own"],
)
def test_it_is_the_same_story(first, again):
    assert imported(**first) == "created"
    assert imported(**again) == "updated"
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    ("first", "again"),
    [
        ({"identifier": "cs:1"}, {"identifier": "cs:2"}),
        ({"address": "https://cobh.example/1"}, {"address": "https://cobh.example/2"}),
        ({"published": date(2031, 5, 2)}, {"published": date(2031, 5, 3)}),
        ({}, {"headline": "Tugs pull ferry off sandbank"}),
    ],
    ids=["identifiers", "addresses", "dates", "headlines"],
)
def test_it_is_another_story_that_an_editor_is_asked_about(first, again):
    assert imported(**first) == imported(**again) == "created"
    pair = StoryPair.objects.get()
    assert (pair.state, pair.score) == ("suggested", 1)
    assert imported(**again) == "unchanged"


def test_two_short_stories_of_the_same_words_are_two():
    assert imported("None today.", "Deaths", published=date(2031, 5, 2)) == "created"
    assert imported("None today.", "Deaths") == "created"
    assert not StoryPair.objects.exists()
