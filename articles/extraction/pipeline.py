"""The stages of an extraction, in order, and nothing else."""

from __future__ import annotations

from articles.documents.story import Story
from articles.extraction.attribution import attribute
from articles.extraction.coreference import resolve_names
from articles.extraction.mentions import find_mentions
from articles.extraction.name_parts import find_name_parts
from articles.extraction.occasions import find_occasions
from articles.extraction.places import locate
from articles.extraction.quotations import find_quotations
from articles.extraction.roles import find_roles
from articles.extraction.spoken import find_spoken
from articles.extraction.tagger.predict import shipped_tagger
from articles.extraction.tagger.tags import Tagger, Tags
from articles.extraction.topics import find_topics
from articles.extraction.types import Extraction, Gazetteer

# Names the rules whose work a record is; raise it with every change that alters what comes out.
EXTRACTOR = "rules 5"
# The language of the rules and word lists for roles, cues, sources and speech without marks.
ENGLISH = "en"
NOTHING_EXTRACTED = "nothing was extracted: "
NAMES_ALONE = "roles, speakers and speech without quotation marks are found in English stories alone"


def extract(story: Story, gazetteer: Gazetteer | None = None, *, tagger: Tagger | None = None) -> Extraction:
    """Find the people, organisations, locations, roles, quotations and topics of a story.

    Args:
        story: what `read_stories` yields; every offset of the result counts in `story.text`.
        gazetteer: what the archive knows of the story's names; nothing when left out.
        tagger: what reads the text first, in the story's language; the shipped model, for English, when left out.

    Returns:
        Entities and quotations in order of first appearance. A story in another language gives no roles, and of
        its quotations those in marks, without their cues and nearly always without a speaker. One that no tagger reads
        gives topics alone. A warning says either.
    """
    gazetteer = gazetteer or Gazetteer()
    topics = find_topics(story, gazetteer)
    is_english = story.language.partition("-")[0] == ENGLISH
    if tagger is None and is_english:
        tagger = shipped_tagger()
    if tagger is None:
        return Extraction(topics=topics, warnings=(NOTHING_EXTRACTED + _why_untagged(story),))
    tags = _tag(story, tagger)
    mentions = find_mentions(story.text, gazetteer, tags.names, context=f"{story.headline}\n{story.standfirst}")
    entities = resolve_names(story.text, mentions)
    entities = locate(entities, story.text, dateline=story.dateline)
    parts = find_name_parts(entities, story.text, dateline=story.dateline)
    quotations = find_quotations(story.text)
    if not is_english:
        quotations = find_spoken(story.text, quotations, entities, tags.names)
        return Extraction(entities, quotations=quotations, topics=topics, warnings=(NAMES_ALONE,), parts=parts)
    roles = find_roles(story.text, entities, tags.roles)
    quotations = attribute(story.text, quotations, entities, roles, tags)
    quotations = find_occasions(story.text, quotations, entities)
    return Extraction(entities, roles, quotations, topics, parts=parts)


def _tag(story: Story, tagger: Tagger) -> Tags:
    """The tags of a story's text, read behind its headline, which names many of whom the text speaks."""
    above = f"{story.headline}\n\n" if story.headline else ""
    return tagger.tag(above + story.text).behind(len(above))


def _why_untagged(story: Story) -> str:
    if not story.language:
        return "the language of the story is not clear"
    return f"there is no tagger for the language “{story.language}”"
