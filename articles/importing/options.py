"""What the person who imports asked for."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date
from typing import Literal

from articles.documents.errors import DocumentError
from articles.documents.story import Story


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the person who imports asked for.

    `publisher`, `section` (its name) and `date` fill in where the document is silent. `existing` says what happens to
    a story that was imported before and now reads differently. Without `archive`, which a dry run can do without, names
    that the archive knows are not looked up. If reports are to be brief, nothing is extracted from what is unchanged.
    With `decisions` a story that was exported whole comes back whole; without, it is a story like any other.
    """

    format: str | None = None
    dry_run: bool = False
    publish: bool = False
    tags: tuple[str, ...] = ()
    publisher: str = ""
    section: str = ""
    date: date | None = None
    existing: Literal["update", "skip"] = "update"
    archive: bool = True
    is_brief: bool = False
    decisions: bool = False


def completed(story: Story | DocumentError, options: ImportOptions) -> Story | DocumentError:
    """The story with what the person who imports knows and the document does not say."""
    if isinstance(story, DocumentError):
        return story
    return dataclasses.replace(
        story,
        publisher=story.publisher or options.publisher,
        section=story.section or options.section,
        published=story.published or options.date,
        kept=story.kept if options.decisions else None,
    )
