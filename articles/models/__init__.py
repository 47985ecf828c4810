"""The records. Django only: nothing here knows how a story is read or what is extracted from it."""

from articles.models.articles import Article
from articles.models.entities import Alias, Appearance, Entity, Location, Organisation, Person
from articles.models.imports import ArticleImport
from articles.models.quotes import Quote
from articles.models.review import Anchoring, Decision, Origin, Proposal, State
from articles.models.roles import Role
from articles.models.tags import Tag, TaggedArticle, TaggedEntity, TaggedQuote

__all__ = [
    "Alias",
    "Anchoring",
    "Appearance",
    "Article",
    "ArticleImport",
    "Decision",
    "Entity",
    "Location",
    "Organisation",
    "Origin",
    "Person",
    "Proposal",
    "Quote",
    "Role",
    "State",
    "Tag",
    "TaggedArticle",
    "TaggedEntity",
    "TaggedQuote",
]
