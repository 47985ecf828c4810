"""Stories that are imported together: what is known of all of them, and the rows that they bring."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.models import User

from articles.documents.story import Story
from articles.editing.bylines import Authors
from articles.extraction.types import Extraction, Kind
from articles.importing.asking import initials_of
from articles.importing.candidates import Archive
from articles.importing.extracting import Item, Mark, Prepared
from articles.importing.follow_ups import FollowUps
from articles.importing.identity import MARKS, digests_of, find_article, marks_held, marks_of
from articles.importing.new_records import Numbers
from articles.importing.options import ImportOptions
from articles.importing.rows import Rows
from articles.models import Article


class Batch:
    """What is at hand while stories are imported one after the other.

    New articles wait among `rows`. Whatever reads their rows from the database has them written first; what is known of
    the names of the stories to come is read anew then.
    """

    def __init__(
        self,
        stories: Sequence[Item],
        options: ImportOptions,
        user: User | None,
        mark: Mark,
        *,
        is_last_try: bool = False,
    ) -> None:
        """With `is_last_try`, stories that met another process are not tried again."""
        self.options, self.user, self.mark, self.is_last_try = options, user, mark, is_last_try
        told = [each.story if isinstance(each, Prepared) else each for each in stories]
        read = [story for story in told if isinstance(story, Story)]
        names = (name for story in read for name in (*story.byline, *(credit.name for credit in story.credits)))
        self.rows = Rows(numbers=Numbers(len(read)), authors=Authors(names))
        self.after = FollowUps()
        self.digests = {id(story): digests_of(story) for story in read}
        self.marks = {id(story): marks_of(story, self.digests[id(story)]) for story in read}
        self.held = marks_held(mark for marks in self.marks.values() for mark in marks)
        self.waiting: set[tuple[str, str]] = set()
        # What was extracted from stories that are new, and are still to come.
        self.to_come = {
            id(each.extraction): each.extraction
            for each in stories
            if isinstance(each, Prepared) and each.mark == mark and not self.marks[id(each.story)] & self.held
        }
        self._archive: Archive | None = None

    def find(self, story: Story) -> Article | None:
        """The article that a story was imported as before, locked."""
        marks = self.marks[id(story)]
        if marks & self.waiting:
            self.write()
        return find_article(story, self.digests[id(story)]["fingerprint"]) if marks & self.held else None

    def add(self, story: Story) -> None:
        """An article of this story waits to be written."""
        self.waiting |= self.marks[id(story)]

    def hold(self, story: Story, article: Article | None = None) -> None:
        """An article of this story is written."""
        self.held |= self.marks[id(story)]
        self.held |= {(field, getattr(article, field)) for field in MARKS} if article else set()

    def has_waiting(self, article: Article) -> bool:
        """Whether the article that was added last waits still."""
        return any(each is article for each in self.rows.articles[-1:])

    def archive_for(self, extraction: Extraction) -> Archive:
        """What the archive knows of the names of a new story, and with it of all that are still to come."""
        if self.waiting and initials_of(entity for entity in extraction.entities if entity.kind == Kind.PERSON):
            self.write()
        if self._archive is None:
            self._archive = Archive([each.entities for each in self.to_come.values()])
            self._archive.tags_named(topic.name for each in self.to_come.values() for topic in each.topics)
        if self.to_come.pop(id(extraction), None) is None:
            self._archive.read([extraction.entities])
        return self._archive

    def write(self) -> None:
        """Write what waits.

        Raises:
            django.db.IntegrityError: another process has written one of the records or articles meanwhile.
        """
        self.rows.write()
        self.held |= self.waiting
        self.waiting.clear()
        self._archive = None
