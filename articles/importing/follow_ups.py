"""What follows from the rows of imported articles, done once for all stories of a batch.

Nothing of it decides what a later story of the batch becomes: counts, the calendar, the search, the queues of likely
duplicates and of stories told twice, pages that are kept, and the log of imports.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from articles.editing.counts import refresh_counts_of
from articles.editing.days import count_days
from articles.editing.duplicates import suggest_duplicates
from articles.editing.same_story import suggest_same
from articles.editing.touching import touch_articles
from articles.models import Article, ArticleImport
from articles.models.inserting import insert_rows
from articles.searching.index import follow_entities, follow_tags


@dataclass(slots=True)
class FollowUps:
    """Numbers of articles whose rows changed, of records that they name, of records that got names, and of new tags."""

    rows: set[int] = field(default_factory=set)
    records: set[int] = field(default_factory=set)
    named: set[int] = field(default_factory=set)
    tags: set[int] = field(default_factory=set)
    articles: dict[int, Article] = field(default_factory=dict)
    log: list[ArticleImport] = field(default_factory=list)

    def add(self, other: FollowUps) -> None:
        self.rows |= other.rows
        self.records |= other.records
        self.named |= other.named
        self.tags |= other.tags
        self.articles |= other.articles
        self.log += other.log

    def clear(self) -> None:
        for held in (self.rows, self.records, self.named, self.tags, self.articles, self.log):
            held.clear()

    def carry_out(self) -> None:
        """Bring all of it in step, in the transaction that wrote the rows."""
        suggest_duplicates(self.records)
        suggest_same(self.rows)
        refresh_counts_of(self.rows)
        follow_entities(self.named)
        follow_tags(self.tags)
        count_days(self.articles)
        touch_articles(self.articles.values())
        insert_rows(self.log)
