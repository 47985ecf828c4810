"""A document after reading: what every format is turned into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

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


class Status(StrEnum):
    """What the source lets be done with a story (IPTC's publishing status): a canceled one was killed."""

    USABLE = "usable"
    WITHHELD = "withheld"
    CANCELED = "canceled"


@dataclass(frozen=True)
class Story:
    """One story, its furniture told apart from its body. What the document does not say stays empty.

    `body` is sanitised HTML (see `sanitizing.py`), `text` its plain text: one newline between blocks, and the
    text that all offsets of an extraction count in, in code points. `published` is a date where the document
    prints no time. `address` is where the story lives on the web, `publisher` whose story it is, `source` the
    file it was read from. `byline` has those who wrote it, `credits` who took the photographs or helped.

    What wires and systems say beside the story: `identifier` is the story's own at its source (a guid, a URN),
    `version` counts up where the source numbers its versions, `modified` is when it last changed. `section` is where
    the source filed it, `urgency` runs from 1 (flash) to 9, `copyright` is the notice, `instructions` what editors are
    told of it. It is not for readers before `embargo`, and not at all unless its `status` is usable. `corrections`
    says what a newer version corrects, a sentence each.

    `kept` has what another newsroom, or this one, knew of it beside its words: who is who in it, what was decided.
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
    identifier: str = ""
    version: int = 0
    modified: datetime | None = None
    section: str = ""
    urgency: int = 0
    copyright: str = ""
    instructions: str = ""
    embargo: datetime | None = None
    status: Status = Status.USABLE
    corrections: tuple[str, ...] = ()
    format: str = ""
    warnings: tuple[str, ...] = field(default=(), compare=False)
    kept: Mapping[str, Any] | None = field(default=None, compare=False)

    @cached_property
    def text(self) -> str:
        return plain_text(self.body)
