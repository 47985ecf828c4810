"""What a story is about: the keywords its document brings, and tags of the archive whose name the story prints.

No tag is made up: a topic is always a word that an editor, here or where the story comes from, has chosen.
"""

from __future__ import annotations

from collections.abc import Iterator

from articles.documents.story import Story
from articles.extraction.names import read_words
from articles.extraction.types import Gazetteer, Topic

# The longest name of a tag that is looked for in the text, in words.
LONGEST_TAG = 4


def find_topics(story: Story, gazetteer: Gazetteer) -> tuple[Topic, ...]:
    """Propose tags: first the document's keywords, in its order, then the archive's tags, in order of the text.

    Each tag comes once, written as the archive writes it.

    >>> story = Story(headline="Floods in Jakarta", body="<p>Rain fell.</p>", keywords=("Weather",))
    >>> [(topic.name, topic.reason) for topic in find_topics(story, Gazetteer(tags={"Floods": "Flood"}))]
    [('Weather', 'keyword of the document'), ('Flood', '“Floods” in the headline')]
    """
    topics: dict[str, Topic] = {}
    for keyword in story.keywords:
        name = gazetteer.tags.get(keyword, keyword)
        said = "keyword of the document" if name.casefold() == keyword.casefold() else f"keyword “{keyword}”"
        topics.setdefault(name.casefold(), Topic(name, said, is_keyword=True))
    for place, text in ("headline", story.headline), ("text", story.text):
        for form, name in _printed_tags(text, gazetteer) if gazetteer.tags else ():
            topics.setdefault(name.casefold(), Topic(name, f"“{form}” in the {place}"))
    return tuple(topics.values())


def read_phrases(text: str) -> Iterator[tuple[int, str]]:
    """Yield where each phrase that could be a tag begins, and the phrase: whole words, within one paragraph.

    In order of the text, the longest of those that begin at one word first.

    >>> [phrase for _, phrase in read_phrases("Rain fell, again")]
    ['Rain fell', 'Rain', 'fell', 'again']
    """
    words = read_words(text)
    for i, word in enumerate(words):
        last = i
        while last + 1 < min(i + LONGEST_TAG, len(words)) and words[last + 1].gap in (" ", "\N{NO-BREAK SPACE}"):
            last += 1
        for end in range(last, i - 1, -1):
            yield word.start, text[word.start : words[end].end]


def _printed_tags(text: str, gazetteer: Gazetteer) -> Iterator[tuple[str, str]]:
    """Yield the tags that a text prints: as printed, and as the archive writes it.

    A name within a longer one is not meant: “New York” is not about York.
    """
    end = 0
    for start, phrase in read_phrases(text):
        if start >= end and phrase in gazetteer.tags:
            end = start + len(phrase)
            yield phrase, gazetteer.tags[phrase]
