"""The records. Django only: nothing here knows how a story is read or what is extracted from it."""

from articles.models.addresses import FormerAddress
from articles.models.archives import ArchivePart, ArchiveRun
from articles.models.articles import Article
from articles.models.authors import Author, Byline
from articles.models.corrections import Correction
from articles.models.coverage import Coverage, Naming, Saying, TagCoverage
from articles.models.days import CountedDay, DayCount
from articles.models.desk import DeskNote, ErrorReport
from articles.models.drafts import Draft, Presence
from articles.models.drawings import StoredDrawing
from articles.models.duplicates import DuplicatePair, NameKey
from articles.models.entities import Alias, Appearance, Entity, Location, Organisation, Person
from articles.models.filing import FrontPagePlace, RelatedArticle, Section, Series
from articles.models.grants import Grant
from articles.models.history import ArticleVersion, RemovedRecord
from articles.models.hubs import HubNews
from articles.models.identifiers import Identifier
from articles.models.imports import ArticleImport
from articles.models.jobs import JobRun
from articles.models.letters import NameEntry
from articles.models.merges import Merge, MovedRow
from articles.models.name_parts import NamePart
from articles.models.pages import ContentChange, PageKey, PageLock, StoredPage
from articles.models.pictures import ArticlePicture, Picture
from articles.models.previews import PreviewLink
from articles.models.quotes import Quote
from articles.models.review import Anchoring, Decision, Origin, Proposal, State
from articles.models.roles import Role
from articles.models.search import SearchEntry, SearchText, SearchWord
from articles.models.story_pairs import StoryBand, StoryPair
from articles.models.subscriptions import Feed, FeedItem
from articles.models.tags import (
    ProposedTag,
    Tag,
    TagAddress,
    TaggedArticle,
    TaggedEntity,
    TaggedQuote,
    TagMerge,
    TagSynonym,
)

__all__ = [
    "Alias",
    "Anchoring",
    "Appearance",
    "ArchivePart",
    "ArchiveRun",
    "Article",
    "ArticleImport",
    "ArticlePicture",
    "ArticleVersion",
    "Author",
    "Byline",
    "ContentChange",
    "Correction",
    "CountedDay",
    "Coverage",
    "DayCount",
    "Decision",
    "DeskNote",
    "Draft",
    "DuplicatePair",
    "Entity",
    "ErrorReport",
    "Feed",
    "FeedItem",
    "FormerAddress",
    "FrontPagePlace",
    "Grant",
    "HubNews",
    "Identifier",
    "JobRun",
    "Location",
    "Merge",
    "MovedRow",
    "NameEntry",
    "NameKey",
    "NamePart",
    "Naming",
    "Organisation",
    "Origin",
    "PageKey",
    "PageLock",
    "Person",
    "Picture",
    "Presence",
    "PreviewLink",
    "Proposal",
    "ProposedTag",
    "Quote",
    "RelatedArticle",
    "RemovedRecord",
    "Role",
    "Saying",
    "SearchEntry",
    "SearchText",
    "SearchWord",
    "Section",
    "Series",
    "State",
    "StoredDrawing",
    "StoredPage",
    "StoryBand",
    "StoryPair",
    "Tag",
    "TagAddress",
    "TagCoverage",
    "TagMerge",
    "TagSynonym",
    "TaggedArticle",
    "TaggedEntity",
    "TaggedQuote",
]
