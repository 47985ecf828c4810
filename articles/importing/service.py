"""The one door by which documents become records: the command and the admin call the same `import_document`."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
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
from articles.editing.trying import whole
from articles.extraction.types import Extraction
from articles.importing.accepting import accept_verified
from articles.importing.batch import Batch
from articles.importing.bringing import bring, find_brought
from articles.importing.extracting import Item, Mark, Prepared, archive_mark, extract_story, extraction_of, look_at
from articles.importing.follow_ups import FollowUps
from articles.importing.gazetteer import gazetteer_for
from articles.importing.options import ImportOptions, completed
from articles.importing.proposing import extractor_of, propose, propose_for
from articles.importing.records import add_story, fill_story, write_story
from articles.importing.reports import Report, failure, report
from articles.importing.tagging import keywords_of, lacks_tags, tag_article, tags_proposed, tags_said
from articles.importing.wire import KILLED, heed_embargo, heed_status, is_older
from articles.models import Article, ArticleImport, ArticleVersion, ProposedTag

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
    stories: Sequence[Item],
    options: ImportOptions,
    user: User | None = None,
    *,
    before_commit: Callable[[list[Report]], None] | None = None,
) -> list[Report]:
    """Import stories in one transaction, as they would be one by one: one that does not fit hinders no other.

    Where another process took away what they lead to, or waits for them while they wait for it, they are tried again.

    Args:
        stories: in their order; what is no story is reported and logged.
        before_commit: told the reports as the last thing within the transaction.
    """
    if options.dry_run:
        return [look_at(_story_of(each), options) for each in stories]

    @whole
    def write() -> list[Report]:
        reports, after = _import_all(stories, options, user, archive_mark())
        after.carry_out()
        if before_commit:
            before_commit(reports)
        return reports

    return write()


def _import_all(
    stories: Sequence[Item], options: ImportOptions, user: User | None, mark: Mark
) -> tuple[list[Report], FollowUps]:
    """Import stories in a savepoint, together.

    Where one does not fit what is there, or another process made one of their records meanwhile, each is imported by
    itself, and finds it then.
    """
    for _ in range(MEETINGS):
        try:
            return _import_together(stories, options, user, mark)
        except IntegrityError:
            if len(stories) > 1:
                reports, after = [], FollowUps()
                for each in stories:
                    said, own = _import_all([each], options, user, mark)
                    reports += said
                    after.add(own)
                return reports, after
    return _import_together(stories, options, user, mark, is_last_try=True)


@transaction.atomic
def _import_together(
    stories: Sequence[Item], options: ImportOptions, user: User | None, mark: Mark, *, is_last_try: bool = False
) -> tuple[list[Report], FollowUps]:
    batch = Batch(stories, options, user, mark, is_last_try=is_last_try)
    reports = [_import_one(each, batch) for each in stories]
    batch.write()
    return reports, batch.after


def _import_one(each: Item, batch: Batch) -> Report:
    story = _story_of(each)
    try:
        if isinstance(story, DocumentError):
            raise story
        return _save(story, each if isinstance(each, Prepared) else None, batch)
    except DocumentError as error:
        return _refuse(error, batch)
    except ImproperlyConfigured as error:
        return _refuse(DocumentError(story.source, str(error)), batch)


def _story_of(each: Item) -> Story | DocumentError:
    return each.story if isinstance(each, Prepared) else each


def refuse_document(error: DocumentError, *, options: ImportOptions, user: User | None = None) -> Report:
    """Report and log a document that gives no story."""
    (said,) = import_batch([error], options, user)
    return said


def _refuse(error: DocumentError, batch: Batch) -> Report:
    said = failure(error.source, str(error))
    batch.after.log.append(_line(error.source, said, None, batch.user))
    return said


def _save(story: Story, prepared: Prepared | None, batch: Batch) -> Report:
    if story.kept:
        return _bring(story, batch)
    article = batch.find(story)
    if article and batch.user and not may_edit(batch.user, article):
        raise NotYours(story.source, "the archive has this story, and it is not yours to change")
    if article is None and story.status == StoryStatus.CANCELED:
        raise CanceledStory(story.source, f"{KILLED}; there is nothing here to withdraw")
    if article is None:
        return _create(story, prepared, batch)
    if article.fingerprint != batch.digests[id(story)]["fingerprint"]:
        batch.write()
    own = FollowUps()
    with transaction.atomic():
        said = (_cancel if story.status == StoryStatus.CANCELED else _update)(article, story, prepared, batch, own)
    batch.after.add(own)
    batch.hold(story)
    return said


def _bring(story: Story, batch: Batch) -> Report:
    """Write a story that comes with all that was decided about it, unless the archive has it."""
    batch.write()
    article, own = find_brought(story), FollowUps()
    status = ArticleImport.Status.UNCHANGED if article else ArticleImport.Status.CREATED
    warnings = [LEFT_ALONE] if article else []
    try:
        with transaction.atomic():
            article = article or bring(story, own)
    except IntegrityError as error:
        if not batch.is_last_try:
            raise
        raise UnfitStory(story.source, f"what is kept of it does not fit the archive: {error}") from error
    batch.after.add(own)
    batch.hold(story, article)
    said = report(story, Extraction(), status=status, slug=article.slug, tags=tags_said(article), warnings=warnings)
    if not warnings:
        batch.after.log.append(_line(story.source, said, article, batch.user))
    return said


def _create(story: Story, prepared: Prepared | None, batch: Batch) -> Report:
    """Make an article of a story that is new; what does not fit is found out before anything of it waits."""
    article = Article(created_by=batch.user)
    with _fitting(story):
        fill_story(article, story, batch.digests[id(story)])
    extraction = extraction_of(story, prepared, batch.mark)
    extractor = extractor_of(story)
    archive = batch.archive_for(extraction)
    add_story(article, story, batch.rows)
    batch.add(story)
    proposals = propose(article, extraction, extractor, archive, batch.rows, batch.after, is_new=True)
    if settings.NEWSROOM_ACCEPT_VERIFIED or story.status != StoryStatus.USABLE or story.embargo:
        batch.write()
    accept_verified(article)
    warnings = heed_status(article, story, user=batch.user) + heed_embargo(article, story, user=batch.user)
    return _finish(article, story, extraction, ArticleImport.Status.CREATED, warnings, batch, batch.after, proposals)


def _update(article: Article, story: Story, prepared: Prepared | None, batch: Batch, after: FollowUps) -> Report:
    """Bring an article in line with a newer version of its story, unless this is none."""
    options, digests = batch.options, batch.digests[id(story)]
    status, warnings = _compare(article, story, digests["fingerprint"], options)
    if status == ArticleImport.Status.UPDATED or lacks_tags(article, options.tags):
        keep(article, change=ArticleVersion.Change.IMPORT, user=batch.user)
    if status == ArticleImport.Status.UPDATED:
        with _fitting(story):
            write_story(article, story, digests)
        # What is extracted is what the article ends up with: an editor's own words perhaps.
        if article.body != story.body:
            story = dataclasses.replace(story, body=article.body)
        extraction = extraction_of(story, prepared, batch.mark)
        propose_for(article, story, extraction, after)
        warnings += heed_status(article, story, user=batch.user) + heed_embargo(article, story, user=batch.user)
    else:
        extraction = Extraction() if options.is_brief else extraction_of(story, prepared, batch.mark)
    return _finish(article, story, extraction, status, warnings, batch, after)


def _cancel(article: Article, story: Story, prepared: Prepared | None, batch: Batch, after: FollowUps) -> Report:
    """Withdraw the article of a story that its source canceled; of the notice itself nothing is taken over."""
    is_known = article.source_status == Article.SourceStatus.CANCELED or is_older(article, story)
    status = ArticleImport.Status.UNCHANGED if is_known else ArticleImport.Status.UPDATED
    warnings = [] if is_known else heed_status(article, story, user=batch.user)
    said = report(
        story, Extraction(), status=status, slug=article.slug, tags=tags_said(article), warnings=warnings or [KILLED]
    )
    if not is_known:
        after.log.append(_line(story.source, said, article, batch.user))
    return said


def _finish(
    article: Article,
    story: Story,
    extraction: Extraction,
    status: ArticleImport.Status,
    warnings: list[str],
    batch: Batch,
    after: FollowUps,
    proposals: Sequence[ProposedTag] = (),
) -> Report:
    """Tag and publish as asked, and say what was done; an article that waits has but these `proposals`."""
    options = batch.options
    if options.tags or options.publish:
        batch.write()
    tagged = tag_article(article, options.tags, user=batch.user)
    published, left = _publish(article, batch.user) if options.publish else (False, [])
    if (tagged or published) and status == ArticleImport.Status.UNCHANGED:
        status = ArticleImport.Status.UPDATED
    tags = tags_proposed(proposals) if batch.has_waiting(article) else tags_said(article)
    said = report(story, extraction, status=status, slug=article.slug, tags=tags, warnings=[*warnings, *left])
    if status != ArticleImport.Status.UNCHANGED:
        after.articles[article.pk] = article
        after.log.append(_line(story.source, said, article, batch.user))
    if batch.has_waiting(article):
        batch.rows.told.append((article, said))
    return said


def _line(source: str, said: Report, article: Article | None, user: User | None) -> ArticleImport:
    """A line of the log of imports."""
    error = said["error"] or ""
    return ArticleImport(
        source=source[:500], status=said["status"], error=error, report=said, article=article, user=user
    )


def _compare(
    article: Article, story: Story, fingerprint: str, options: ImportOptions
) -> tuple[ArticleImport.Status, list[str]]:
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
    propose_for(article, story, extraction, after)
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


@contextmanager
def _fitting(story: Story) -> Iterator[None]:
    try:
        yield
    except ValidationError as error:
        raise UnfitStory(story.source, _in_one_line(error)) from error


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
