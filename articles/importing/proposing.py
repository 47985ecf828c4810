"""Propose what was extracted from an article: link its names, and write names, roles, quotations and tags."""

from __future__ import annotations

from articles.documents.story import Story
from articles.extraction.pipeline import EXTRACTOR
from articles.extraction.types import Extraction
from articles.importing.accepting import accept_verified
from articles.importing.candidates import Archive
from articles.importing.extracting import language_of
from articles.importing.follow_ups import FollowUps
from articles.importing.linking import link
from articles.importing.records import write_extraction
from articles.importing.rows import Rows
from articles.importing.taggers import tagger_for
from articles.importing.tagging import propose_tags
from articles.models import Article, ProposedTag

# Of the rules and the tagger, whose names may be of any length, records keep this much.
LONGEST_EXTRACTOR = 40


def extractor_of(story: Story) -> str:
    """What extracted a story, as its rows name it.

    Raises:
        ImproperlyConfigured: the tagger of its language cannot be had.
    """
    tagger = tagger_for(language_of(story))
    return (f"{EXTRACTOR}, {tagger.version}" if tagger else EXTRACTOR)[:LONGEST_EXTRACTOR]


def propose_for(article: Article, story: Story, extraction: Extraction, after: FollowUps) -> None:
    """Write what was extracted from an article that is there."""
    archive, rows = Archive([extraction.entities], article), Rows()
    propose(article, extraction, extractor_of(story), archive, rows, after)
    rows.write()
    accept_verified(article)


def propose(
    article: Article,
    extraction: Extraction,
    extractor: str,
    archive: Archive,
    rows: Rows,
    after: FollowUps,
    *,
    is_new: bool = False,
) -> list[ProposedTag]:
    """Link and write what was extracted; what is new waits among `rows`. Returns the new suggestions of tags."""
    links = link(extraction, article, archive=archive)
    write_extraction(
        article, extraction, links, extractor=extractor, archive=archive, rows=rows, after=after, is_new=is_new
    )
    return propose_tags(article, extraction.topics, extractor=EXTRACTOR, archive=archive, rows=rows, is_new=is_new)
