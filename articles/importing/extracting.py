"""What is extracted from a story: by the tagger of its language, and with what the archive knows of its names.

Extraction is dear and needs no transaction, so it can be done before the story is written, by another process even.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TypeAlias

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Max

from articles.documents.errors import DocumentError
from articles.documents.languages import is_too_short_to_tell
from articles.documents.story import Story
from articles.extraction.pipeline import extract
from articles.extraction.types import Extraction, Gazetteer
from articles.importing.gazetteer import gazetteer_for
from articles.importing.options import ImportOptions
from articles.importing.reports import Report, failure, report
from articles.importing.taggers import tagger_for
from articles.importing.tagging import tags_expected
from articles.models import Decision, Merge, Tag, TagSynonym

# The last of everything by which people tell the archive what names and tags mean.
Mark: TypeAlias = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A story, and what was extracted from it while the archive knew what it knew at `mark`."""

    story: Story
    extraction: Extraction
    mark: Mark


# What an import is given: a story, perhaps with what was extracted from it, or what is wrong with what is none.
Item: TypeAlias = Prepared | Story | DocumentError


def prepare(story: Story, mark: Mark) -> Prepared:
    """Extract a story ahead of its transaction; `mark` was asked for before.

    Raises:
        ImproperlyConfigured: the tagger of its language cannot be had.
    """
    return Prepared(story, extract_story(story, gazetteer_for(story)), mark)


def archive_mark() -> Mark:
    """What tells whether the archive has learned anything since that an extraction could heed."""
    lasts = (model.objects.aggregate(last=Max("pk"))["last"] for model in (Decision, Merge, Tag, TagSynonym))
    return tuple(last or 0 for last in lasts)


def extraction_of(story: Story, prepared: Prepared | None, mark: Mark) -> Extraction:
    """What was extracted from just this story at `mark`, or else is extracted now."""
    if prepared and prepared.mark == mark and prepared.story == story:
        return prepared.extraction
    return extract_story(story, gazetteer_for(story))


def extract_story(story: Story, gazetteer: Gazetteer) -> Extraction:
    language = language_of(story)
    return extract(dataclasses.replace(story, language=language), gazetteer, tagger=tagger_for(language))


def language_of(story: Story) -> str:
    """The language that a story is read in: the newsroom's own where it is too short to tell."""
    own = settings.LANGUAGE_CODE.partition("-")[0]
    return story.language or (own if is_too_short_to_tell(story.text) else "")


def look_at(story: Story | DocumentError, options: ImportOptions) -> Report:
    """What an import would say, without writing anything."""
    if isinstance(story, DocumentError):
        return failure(story.source, str(story))
    try:
        extraction = extract_story(story, gazetteer_for(story) if options.archive else Gazetteer())
    except ImproperlyConfigured as error:
        return failure(story.source, str(DocumentError(story.source, str(error))))
    tags = tags_expected(extraction.topics, options.tags)
    return report(story, extraction, status="dry-run", slug=None, tags=tags)
