"""What a story is about: the keywords its document brings, and tags of the archive whose name the story prints.

No tag is made up: a topic is always a word that an editor, here or where the story comes from, has chosen.
"""

from __future__ import annotations

from articles.documents.story import Story
from articles.extraction.names import read_words
from articles.extraction.types import Gazetteer, Topic

# The longest tag that is looked for in the text, in words.
LONGEST_TAG = 6


def find_topics(story: Story, gazetteer: Gazetteer) -> tuple[Topic, ...]:
    """Propose tags: first the document's keywords, in its order, then the archive's tags, in order of the text.

    Each tag comes once, written as the archive writes it.

    >>> story = Story(headline="Floods in Jakarta", body="<p>Rain fell.</p>", keywords=("Weather",))
    >>> [(topic.name, topic.reason) for topic in find_topics(story, Gazetteer(tags={"floods": "Floods"}))]
    [('Weather', 'keyword of the document'), ('Floods', '“Floods” in the headline')]
    """
    topics: dict[str, Topic] = {}
    for keyword in story.keywords:
        name = gazetteer.tags.get(keyword.casefold(), keyword)
        topics.setdefault(name.casefold(), Topic(name, "keyword of the document"))
    for place, text in ("headline", story.headline), ("text", story.text):
        for form, name in _printed_tags(text, gazetteer) if gazetteer.tags else ():
            topics.setdefault(name.casefold(), Topic(name, f"“{form}” in the {place}"))
    return tuple(topics.values())


def _printed_tags(text: str, gazetteer: Gazetteer) -> list[tuple[str, str]]:
    """The tags that stand in a text as whole words: what is printed, and the tag as the archive writes it."""
    words = read_words(text)
    found = []
    for i, word in enumerate(words):
        for end in range(i, min(i + LONGEST_TAG, len(words))):
            if "\n" in words[end].gap and end > i:
                break
            form = text[word.start : words[end].end]
            if form.casefold() in gazetteer.tags:
                found.append((form, gazetteer.tags[form.casefold()]))
    return found
