from __future__ import annotations

from articles.documents.story import Story
from articles.extraction.topics import find_topics
from articles.extraction.types import Gazetteer, Topic

TAGS = Gazetteer(
    tags={
        **dict.fromkeys(["FLOODS", "floods", "Floods"], "Floods"),
        **dict.fromkeys(["Climate change", "global warming"], "Climate change"),
        **dict.fromkeys(["York", "Art"], "Art"),
        "New York": "New York",
    }
)


def test_keywords_come_first_as_the_archive_writes_them():
    story = Story(headline="Rain", body="<p>Climate change brings floods.</p>", keywords=("FLOODS", "Rain"))
    assert find_topics(story, TAGS) == (
        Topic("Floods", "keyword of the document", is_keyword=True),
        Topic("Rain", "keyword of the document", is_keyword=True),
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


def test_another_name_of_a_tag_is_told_as_printed():
    story = Story(headline="On global warming", body="", keywords=("global warming",))
    assert find_topics(story, TAGS) == (Topic("Climate change", "keyword “global warming”", is_keyword=True),)


def test_name_within_a_longer_one_is_no_topic():
    story = Story(headline="", body="<p>It rained in New York.</p>")
    assert [topic.name for topic in find_topics(story, TAGS)] == ["New York"]
