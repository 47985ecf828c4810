"""The one door by which documents become records: the command and the admin call the same `import_document`."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO
from typing import IO

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import IntegrityError, transaction

from articles.documents.errors import DocumentError
from articles.documents.fetching import fetch
from articles.documents.languages import find_language
from articles.documents.reading import read_fetched, read_file
from articles.documents.story import Dateline, Story
from articles.documents.story import Status as StoryStatus
from articles.editing.access import may_edit
from articles.editing.keeping import keep
from articles.editing.moves import was_moved_by_hand
from articles.editing.publish import publish
from articles.extraction.pipeline import EXTRACTOR
from articles.extraction.types import Extraction
from articles.importing.accepting import accept_verified
from articles.importing.bringing import bring, find_brought
from articles.importing.extracting import (
    Mark,
    Prepared,
    archive_mark,
    extract_story,
    extraction_of,
    language_of,
    look_at,
)
from articles.importing.follow_ups import FollowUps
from articles.importing.gazetteer import gazetteer_for
from articles.importing.identity import digests_of, find_article, fingerprint_of
from articles.importing.linking import link
from articles.importing.options import ImportOptions, completed
from articles.importing.records import write_extraction, write_story
from articles.importing.reports import Report, failure, report
from articles.importing.taggers import tagger_for
from articles.importing.tagging import keywords_of, lacks_tags, propose_tags, tag_article, tags_said
from articles.importing.wire import KILLED, heed_embargo, heed_status, is_older
from articles.models import Article, ArticleImport, ArticleVersion

# Of the rules and the tagger, whose names may be of any length, records keep this much.
LONGEST_EXTRACTOR = 40

# So often a story is tried again that met another process making one of its records.
MEETINGS = 3

# How a warning begins that says why an article was not published as asked for.
LEFT_UNPUBLISHED = "left unpublished"
LEFT_ALONE = "the archive has this article: it is left as it is, with what was decided here"


class NotYours(DocumentError):
    """A story that the archive has, and that the one who imports it may not change."""


class CanceledStory(DocumentError):
    """A story that its source took back before it came here."""


class UnfitStory(DocumentError):
    """A story that was read but does not fit a record, with a headline of 400 characters, say."""


def import_document(
    content: bytes, *, source: str, options: ImportOptions | None = None, user: User | None = None
) -> list[Report]:
    """Import every story of a document that is in memory; see `import_file`."""
    return list(import_file(BytesIO(content), source=source, options=options, user=user))


def import_file(
    file: IO[bytes], *, source: str, options: ImportOptions | None = None, user: User | None = None
) -> Iterator[Report]:
    """Import every story of a file as it is read, each in a transaction of its own.

    Args:
        file: open at its beginning.
        source: what to call it in reports and errors.
        options: see `ImportOptions`.
        user: who imports; None for a command.

    Returns:
        One report a story. What cannot be read or does not fit gives a report with the status "failed" and the error
        in one line; nothing of it is saved but a line in the log of imports.
    """
    options = options or ImportOptions()
    limit = settings.NEWSROOM_MAX_DOCUMENT_BYTES
    yield from import_stories(read_file(file, source=source, max_bytes=limit, format=options.format), options, user)


def import_address(address: str, *, options: ImportOptions | None = None, user: User | None = None) -> Iterator[Report]:
    """Import every story of a document on the web: a page, or a feed with its items; see `import_file`."""
    options = options or ImportOptions()
    limit = settings.NEWSROOM_MAX_DOCUMENT_BYTES
    try:
        fetched = fetch(
            address,
            max_bytes=limit,
            seconds=settings.NEWSROOM_FETCH_SECONDS,
            allowed_hosts=settings.NEWSROOM_FETCH_HOSTS,
        )
    except DocumentError as error:
        yield refuse_document(error, options=options, user=user)
        return
    yield from import_stories(read_fetched(fetched, max_bytes=limit, format=options.format), options, user)


def import_stories(
    stories: Iterable[Story | DocumentError], options: ImportOptions, user: User | None = None
) -> Iterator[Report]:
    """Import stories that were read, each in a transaction of its own; see `import_file`."""
    for story in stories:
        yield from import_batch([completed(story, options)], options, user)


def import_batch(
    stories: Sequence[Prepared | Story | DocumentError],
    options: ImportOptions,
    user: User | None = None,
    *,
    before_commit: Callable[[list[Report]], None] | None = None,
) -> list[Report]:
    """Import stories in one transaction, each in a savepoint of its own: one that does not fit hinders no other.

    Args:
        stories: in their order; what is no story is reported and logged.
        before_commit: told the reports as the last thing within the transaction.
    """
    if options.dry_run:
        return [look_at(_story_of(each), options) for each in stories]
    with transaction.atomic():
        after, mark = FollowUps(), archive_mark()
        reports = [_import_one(each, options, user, mark, after) for each in stories]
        after.carry_out()
        if before_commit:
            before_commit(reports)
    return reports


def _import_one(
    each: Prepared | Story | DocumentError, options: ImportOptions, user: User | None, mark: Mark, after: FollowUps
) -> Report:
    story, prepared = _story_of(each), each if isinstance(each, Prepared) else None
    try:
        if isinstance(story, DocumentError):
            raise story
        own = FollowUps()
        said = _save_apart(story, prepared, options, user, mark, own)
        after.add(own)
    except DocumentError as error:
        said = _refuse(error, user, after)
    except ImproperlyConfigured as error:
        said = _refuse(DocumentError(story.source, str(error)), user, after)
    return said


def _save_apart(
    story: Story, prepared: Prepared | None, options: ImportOptions, user: User | None, mark: Mark, after: FollowUps
) -> Report:
    """Save a story in a savepoint. Where another process made one of its records meanwhile, the story finds it then."""
    for _ in range(MEETINGS):
        try:
            with transaction.atomic():
                return _save(story, prepared, options, user, mark, after)
        except IntegrityError:
            after.clear()
    try:
        with transaction.atomic():
            return _save(story, prepared, options, user, mark, after)
    except IntegrityError as error:
        if not story.kept:
            raise
        raise UnfitStory(story.source, f"what is kept of it does not fit the archive: {error}") from error


def _story_of(each: Prepared | Story | DocumentError) -> Story | DocumentError:
    return each.story if isinstance(each, Prepared) else each


def refuse_document(error: DocumentError, *, options: ImportOptions, user: User | None = None) -> Report:
    """Report and log a document that gives no story."""
    (said,) = import_batch([error], options, user)
    return said


def _refuse(error: DocumentError, user: User | None, after: FollowUps) -> Report:
    said = failure(error.source, str(error))
    status = ArticleImport.Status.FAILED
    after.log.append(ArticleImport(source=error.source[:500], status=status, error=str(error), report=said, user=user))
    return said


def _save(
    story: Story, prepared: Prepared | None, options: ImportOptions, user: User | None, mark: Mark, after: FollowUps
) -> Report:
    if story.kept:
        return _bring(story, user, after)
    fingerprint = fingerprint_of(story)
    article = find_article(story, fingerprint)
    if article and user and not may_edit(user, article):
        raise NotYours(story.source, "the archive has this story, and it is not yours to change")
    if story.status == StoryStatus.CANCELED:
        return _cancel(article, story, user, after)
    status, warnings = _compare(article, story, fingerprint, options)
    if article and (status == ArticleImport.Status.UPDATED or lacks_tags(article, options.tags)):
        keep(article, change=ArticleVersion.Change.IMPORT, user=user)
    if article is None or status == ArticleImport.Status.UPDATED:
        article = article or Article(created_by=user)
        story, extraction = _write(article, story, fingerprint, prepared, mark, after)
        warnings += heed_status(article, story, user=user) + heed_embargo(article, story, user=user)
    else:
        extraction = Extraction() if options.is_brief else extraction_of(story, prepared, mark)
    tagged = tag_article(article, options.tags, user=user)
    published, left = _publish(article, user) if options.publish else (False, [])
    if (tagged or published) and status == ArticleImport.Status.UNCHANGED:
        status = ArticleImport.Status.UPDATED
    if status != ArticleImport.Status.UNCHANGED:
        after.articles[article.pk] = article
    tags = tags_said(article)
    said = report(story, extraction, status=status, slug=article.slug, tags=tags, warnings=[*warnings, *left])
    if status != ArticleImport.Status.UNCHANGED:
        after.log.append(
            ArticleImport(source=story.source[:500], status=status, report=said, article=article, user=user)
        )
    return said


def _bring(story: Story, user: User | None, after: FollowUps) -> Report:
    """Write a story that comes with all that was decided about it, unless the archive has it."""
    article = find_brought(story)
    status = ArticleImport.Status.UNCHANGED if article else ArticleImport.Status.CREATED
    warnings = [LEFT_ALONE] if article else []
    article = article or bring(story, after)
    said = report(story, Extraction(), status=status, slug=article.slug, tags=tags_said(article), warnings=warnings)
    if not warnings:
        after.log.append(
            ArticleImport(source=story.source[:500], status=status, report=said, article=article, user=user)
        )
    return said


def _cancel(article: Article | None, story: Story, user: User | None, after: FollowUps) -> Report:
    """Withdraw the article of a story that its source canceled; of the notice itself nothing is taken over."""
    if article is None:
        raise CanceledStory(story.source, f"{KILLED}; there is nothing here to withdraw")
    is_known = article.source_status == Article.SourceStatus.CANCELED or is_older(article, story)
    status = ArticleImport.Status.UNCHANGED if is_known else ArticleImport.Status.UPDATED
    warnings = [] if is_known else heed_status(article, story, user=user)
    said = report(
        story, Extraction(), status=status, slug=article.slug, tags=tags_said(article), warnings=warnings or [KILLED]
    )
    if not is_known:
        after.log.append(
            ArticleImport(source=story.source[:500], status=status, report=said, article=article, user=user)
        )
    return said


def _compare(
    article: Article | None, story: Story, fingerprint: str, options: ImportOptions
) -> tuple[ArticleImport.Status, list[str]]:
    if article is None:
        return ArticleImport.Status.CREATED, []
    if article.fingerprint == fingerprint:
        return ArticleImport.Status.UNCHANGED, []
    if is_older(article, story):
        return ArticleImport.Status.UNCHANGED, [
            f"this is version {story.version}; the article has version {article.source_version}"
        ]
    if options.existing == "skip":
        return ArticleImport.Status.UNCHANGED, ["imported before and different now: left as it is"]
    kept = f"kept what an editor typed: {', '.join(article.edited_fields)}"
    return ArticleImport.Status.UPDATED, [kept] if article.edited_fields else []


@transaction.atomic
def extract_article(article: Article) -> Extraction:
    """Propose names, roles, quotations and tags for an article as it reads now, written or edited by hand.

    What a person decided stays; suggestions nobody has looked at are replaced.
    """
    after = FollowUps()
    story = story_of(article)
    extraction = extract_story(story, gazetteer_for(story))
    _write_extraction(article, story, extraction, after)
    after.carry_out()
    return extraction


def story_of(article: Article) -> Story:
    """The story that an article tells, as far as its extraction goes."""
    place, agency = article.dateline_place, article.dateline_agency
    return Story(
        headline=article.headline,
        body=article.body,
        source=str(article.pk),
        standfirst=article.standfirst,
        dateline=Dateline(place, agency) if place else None,
        language=find_language(article.text, declared=article.language),
        keywords=keywords_of(article),
    )


def _write(
    article: Article, story: Story, fingerprint: str, prepared: Prepared | None, mark: Mark, after: FollowUps
) -> tuple[Story, Extraction]:
    """Write a story and what is extracted from the body that the article ends up with, an editor's own perhaps."""
    is_new = article.pk is None
    try:
        write_story(article, story, digests_of(story))
    except ValidationError as error:
        raise UnfitStory(story.source, _in_one_line(error)) from error
    if article.body != story.body:
        story = dataclasses.replace(story, body=article.body)
    extraction = extraction_of(story, prepared, mark)
    _write_extraction(article, story, extraction, after, is_new=is_new)
    return story, extraction


def _write_extraction(
    article: Article, story: Story, extraction: Extraction, after: FollowUps, *, is_new: bool = False
) -> None:
    links = link(extraction, article, is_new=is_new)
    tagger = tagger_for(language_of(story))
    extractor = (f"{EXTRACTOR}, {tagger.version}" if tagger else EXTRACTOR)[:LONGEST_EXTRACTOR]
    write_extraction(article, extraction, links, extractor=extractor, after=after, is_new=is_new)
    propose_tags(article, extraction.topics, extractor=EXTRACTOR, is_new=is_new)
    accept_verified(article)


def _publish(article: Article, user: User | None) -> tuple[bool, list[str]]:
    """Publish a draft as asked; False and why where it stays as it is. What a person moved is theirs to move."""
    if article.is_published:
        return False, []
    if article.status != Article.Status.DRAFT or was_moved_by_hand(article):
        return False, [f"{LEFT_UNPUBLISHED}: an editor moved it, and it is {article.get_status_display()}"]
    moved = publish([article], user=user)
    article.refresh_from_db(fields=["status", "released"])
    return bool(moved.articles), [f"{LEFT_UNPUBLISHED}: {' '.join(refusal.reasons)}" for refusal in moved.refused]


def _in_one_line(error: ValidationError) -> str:
    return "; ".join(f"{field}: {' '.join(messages)}" for field, messages in error.message_dict.items())
