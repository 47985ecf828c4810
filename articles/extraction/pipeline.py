"""The stages of an extraction, in order, and nothing else."""

from __future__ import annotations

from articles.documents.story import Story
from articles.extraction.attribution import attribute
from articles.extraction.coreference import resolve_names
from articles.extraction.mentions import find_mentions
from articles.extraction.places import locate
from articles.extraction.quotations import find_quotations
from articles.extraction.roles import find_roles
from articles.extraction.tagger.predict import shipped_tagger
from articles.extraction.tagger.tags import Tagger
from articles.extraction.topics import find_topics
from articles.extraction.types import Extraction, Gazetteer

# Names the rules whose work a record is; raise it with every change that alters what comes out.
EXTRACTOR = "rules 2"
LANGUAGES = frozenset({"en"})


def extract(story: Story, gazetteer: Gazetteer | None = None, *, tagger: Tagger | None = None) -> Extraction:
    """Find the people, organisations, locations, roles, quotations and topics of a story.

    Args:
        story: what `read_stories` yields; every offset of the result counts in `story.text`.
        gazetteer: what the archive knows of the story's names; nothing when left out.
        tagger: what reads the text first; the shipped model when left out.

    Returns:
        Entities and quotations in order of first appearance. A story in a language without rules of its own gives
        topics and a warning, nothing else.
    """
    gazetteer = gazetteer or Gazetteer()
    topics = find_topics(story, gazetteer)
    if story.language.partition("-")[0] not in LANGUAGES:
        language = f"“{story.language}”" if story.language else "unknown"
        return Extraction(topics=topics, warnings=(f"nothing was extracted: no rules for the language {language}",))
    tags = (tagger or shipped_tagger()).tag(story.text)
    mentions = find_mentions(story.text, gazetteer, tags.names, context=f"{story.headline}\n{story.standfirst}")
    entities = resolve_names(story.text, mentions)
    entities = locate(entities, story.text, dateline=story.dateline)
    roles = find_roles(story.text, entities, tags.roles)
    quotations = find_quotations(story.text)
    quotations = attribute(story.text, quotations, entities, roles, tags)
    return Extraction(entities, roles, quotations, topics)
