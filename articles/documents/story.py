"""A document after reading: what every format is turned into."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from articles.text.body import plain_text


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where and by whom a story was filed, as printed: `Dateline("TORONTO", "Kurdistan 24")`."""

    place: str
    agency: str = ""


@dataclass(frozen=True, slots=True)
class Credit:
    """Who did something else than writing: `role` is photographs, additional (reporting), editing or translation."""

    name: str
    role: str


@dataclass(frozen=True)
class Story:
    """One story, its furniture told apart from its body. What the document does not say stays empty.

    `body` is sanitised HTML (see `sanitizing.py`), `text` its plain text: one newline between blocks, and the
    text that all offsets of an extraction count in, in code points. `published` is a date where the document
    prints no time. `address` is where the story lives on the web, `publisher` whose story it is, `source` the
    file it was read from. `byline` has those who wrote it, `credits` who took the photographs or helped.
    """

    headline: str
    body: str
    source: str = ""
    standfirst: str = ""
    byline: tuple[str, ...] = ()
    credits: tuple[Credit, ...] = ()
    dateline: Dateline | None = None
    published: date | datetime | None = None
    language: str = ""
    address: str = ""
    publisher: str = ""
    keywords: tuple[str, ...] = ()
    end_notes: tuple[str, ...] = ()
    format: str = ""
    warnings: tuple[str, ...] = field(default=(), compare=False)

    @cached_property
    def text(self) -> str:
        return plain_text(self.body)
