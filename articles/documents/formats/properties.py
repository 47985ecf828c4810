"""What office documents say of themselves beside their text, much of which nobody ever looked at.

A title may be that of the template, an author the name of a computer, a date that of a file which was written over for
years. So the text goes first, and properties fill in where it is silent and they are plausible.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from articles.documents import blocks
from articles.documents.assembling import Draft, assemble
from articles.documents.bylines import bare_byline, find_byline
from articles.documents.furniture import HEAD, LONGEST_HEADLINE
from articles.documents.story import Story

# "Microsoft Word - rain_final2.doc", "Document1", "ferry-sails.indd": programs' titles.
NO_TITLE = re.compile(
    r"microsoft word\b.*|(?:untitled|unbenannt|sans titre|document|dokument|slide|layout)[ \d.-]*"
    r"|\S+\.\w{2,5}|.*\.(?:docx?|pdf|indd|odt|qxp|rtf)",
    re.IGNORECASE,
)
# What is saved again later than this was written over an old file.
STALE = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Properties:
    """Properties as the document has them; empty where it is silent."""

    title: str = ""
    authors: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    created: datetime | None = None
    modified: datetime | None = None
    identifier: str = ""
    section: str = ""
    copyright: str = ""
    instructions: str = ""
    language: str = ""


def assemble_with(properties: Properties, draft: Draft, *, source: str, format: str) -> Story:
    """Assemble a draft, and let the document's properties say what its text does not.

    Raises:
        NoStory: there is nothing that can be a headline.
    """
    story = assemble(
        dataclasses.replace(
            draft,
            headline=draft.headline or _headline(properties.title, draft.body),
            language=properties.language,
            keywords=properties.keywords,
            modified=_last_saved(properties),
            identifier=properties.identifier,
            section=properties.section,
            copyright=properties.copyright,
            instructions=properties.instructions,
        ),
        source=source,
        format=format,
    )
    return dataclasses.replace(
        story,
        byline=story.byline or _names(properties.authors),
        published=story.published or _written(properties),
    )


def split_keywords(*written: str) -> tuple[str, ...]:
    """The words of "ferries, Cobh; harbours", each once."""
    words = (word.strip(" \"'") for text in written for word in re.split(r"[,;\n]", text))
    return tuple(dict.fromkeys(word for word in words if word))


def split_names(written: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in re.split(r"[;\n]", written) if name.strip())


def _headline(title: str, body: str) -> str:
    """The title, where the text begins with it, or begins with what is no headline."""
    title = " ".join(title.split())
    if not title or len(title) > LONGEST_HEADLINE or NO_TITLE.fullmatch(title):
        return ""
    head = blocks.split(body)[:HEAD]
    if any(block.text.casefold() == title.casefold() for block in head):
        return title
    return title if not head or len(head[0].lines[0]) > LONGEST_HEADLINE else ""


def _names(authors: Iterable[str]) -> tuple[str, ...]:
    """Those of the authors who are people: "Ana Moss", not "HP", "Press office" or "admin"."""
    bylines = (find_byline(author) or bare_byline(author) for author in authors)
    return tuple(dict.fromkeys(name for byline in bylines if byline for name in byline.names))


def _written(properties: Properties) -> datetime | None:
    created, modified = properties.created, properties.modified
    if created and modified and _is_stale(created, modified):
        return modified
    return created or modified


def _last_saved(properties: Properties) -> datetime | None:
    """None where it is that of a template, older than the document."""
    created, modified = properties.created, properties.modified
    return modified if not (created and modified and _is_before(modified, created)) else None


def _is_before(first: datetime, second: datetime) -> bool:
    return first.replace(tzinfo=None) < second.replace(tzinfo=None)


def _is_stale(created: datetime, modified: datetime) -> bool:
    return modified.replace(tzinfo=None) - created.replace(tzinfo=None) > STALE
