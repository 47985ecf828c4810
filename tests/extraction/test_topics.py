from __future__ import annotations

from articles.documents.story import Story
from articles.extraction.topics import find_topics
from articles.extraction.types import Gazetteer, Topic

TAGS = Gazetteer(tags={"floods": "Floods", "climate change": "Climate change", "art": "Art"})


def test_keywords_come_first_as_the_archive_writes_them():
    story = Story(headline="Rain", body="<p>Climate change brings floods.</p>", keywords=("FLOODS", "Rain"))
    assert find_topics(story, TAGS) == (
        Topic("Floods", "keyword of the document"),
        Topic("Rain", "keyword of the document"),
        Topic("Climate change", "“Climate change” in the text"),
    )


def test_tag_is_found_as_whole_words_only():
    story = Story(headline="Artists start early", body="<p>Climate\nand change, floodsome</p>")
    assert find_topics(story, TAGS) == ()


def test_tag_of_the_headline_says_so():
    story = Story(headline="After the floods", body="<p>Floods again.</p>")
    assert find_topics(story, TAGS) == (Topic("Floods", "“floods” in the headline"),)


def test_tag_does_not_reach_over_two_paragraphs():
    assert find_topics(Story(headline="", body="<p>a bad climate</p><p>change now</p>"), TAGS) == ()


def test_no_topics_without_keywords_and_tags():
    assert find_topics(Story(headline="Floods", body="<p>Floods.</p>"), Gazetteer()) == ()
