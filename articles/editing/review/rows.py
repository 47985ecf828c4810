"""The rows of one article that its review is about, by the names that the screen gives them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from articles.editing.changes import SUBJECTS, Decidable
from articles.models import Appearance, Article, ProposedTag, Quote, Role
from articles.text.spans import Span

KINDS: dict[str, type[Decidable]] = {subject.value: model for model, subject in SUBJECTS.items()}


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that machines and editors say about one article, each kind in order of its place in the text."""

    article: Article
    appearances: list[Appearance]
    quotes: list[Quote]
    roles: list[Role]
    tags: list[ProposedTag]

    def __iter__(self) -> Iterator[Decidable]:
        yield from self.appearances
        yield from self.quotes
        yield from self.roles
        yield from self.tags

    def find(self, name: str) -> Decidable | None:
        """The row of this name; None where it is not, or no longer, one of the article's."""
        return next((row for row in self if name_of(row) == name), None)

    def roles_of(self, appearance: Appearance) -> list[Role]:
        return [role for role in self.roles if role.person_id == appearance.entity_id]

    def appearance_of(self, record: int | None) -> Appearance | None:
        return next((each for each in self.appearances if each.entity_id == record), None)


def read_sheet(article: Article) -> Sheet:
    """The rows of an article, in four queries whatever their number."""
    return Sheet(
        article,
        list(article.appearances.select_related("entity").order_by("start", "pk")),
        list(article.quotes.for_article()),
        list(article.roles.select_related("organisation", "location").order_by("start", "pk")),
        list(article.proposed_tags.select_related("tag__merged_into").order_by("pk")),
    )


def name_of(row: Decidable) -> str:
    """What the screen calls a row: “quote-12”."""
    return f"{SUBJECTS[type(row)].value}-{row.pk}"


def revision_of(row: Decidable, text: str) -> str:
    """A digest of what an editor decides about: who looked at the same words and the same state has the same one.

    Where in `text` the words stand does not count, so that it survives an edit of the text elsewhere.
    """
    said: tuple[str, int | None, list[str]]
    match row:
        case Appearance():
            said = str(row.state), row.entity_id, sorted(span.of(text) for span in spans_of(row))
        case Quote():
            said = str(row.state), row.speaker_id, [row.text]
        case Role():
            said = str(row.state), row.person_id, [row.title]
        case _:
            said = str(row.state), row.tag_id, [row.name]
    return hashlib.blake2s(repr(said).encode(), digest_size=6).hexdigest()


def said_of(row: Decidable) -> str:
    """All that a row says, its record's name and kind included, so that two moments can be compared."""
    record = row.entity if isinstance(row, Appearance) else row.speaker if isinstance(row, Quote) else None
    own = [getattr(row, field.attname) for field in row._meta.concrete_fields if field.name != "modified"]
    return repr((own, record and (record.name, record.kind)))


def text_revision(article: Article) -> str:
    """A digest of the text that the places on the screen count in."""
    return hashlib.blake2s(article.text.encode(), digest_size=8).hexdigest()


def spans_of(row: Appearance | Quote) -> list[Span]:
    return [Span(*pair) for pair in row.spans]
