"""From what a format found to a `Story`: the same steps for every format."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from articles.documents import blocks, furniture
from articles.documents.addresses import canonical
from articles.documents.errors import NoStory
from articles.documents.languages import find_language
from articles.documents.story import Credit, Dateline, Status, Story
from articles.text import normalize

EXPECTED = "expected a headline on a line of its own, then the story in paragraphs"


@dataclass(frozen=True, slots=True)
class Draft:
    """What a document says of its story in so many words; the body as any HTML. What it does not say is empty.

    `language` is the declared one. `headline` is empty where it is the first line of the body. `warnings` are what a
    format has to tell of what it left out.
    """

    body: str
    headline: str = ""
    standfirst: str = ""
    byline: tuple[str, ...] = ()
    credits: tuple[Credit, ...] = ()
    published: date | datetime | None = None
    language: str = ""
    address: str = ""
    publisher: str = ""
    keywords: tuple[str, ...] = ()
    dateline: Dateline | None = None
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
    warnings: tuple[str, ...] = ()


def assemble(draft: Draft, *, source: str, format: str) -> Story:
    """Sanitise a draft, tell its furniture apart and make it a story.

    What the document declares wins over what its first lines look like; those are taken out of the body all the same.
    A story that was killed needs no headline: who takes it back often sends nothing but its identifier.

    Raises:
        NoStory: there is nothing that can be a headline.
    """
    told = furniture.tell_apart(
        blocks.split(draft.body), headline=_line(draft.headline), standfirst=_line(draft.standfirst)
    )
    if draft.status is not Status.USABLE:
        told.headline = told.headline or _line(draft.identifier)
    if len(told.headline) > furniture.LONGEST_HEADLINE:
        raise NoStory(source, f"the headline is {len(told.headline)} characters long; {EXPECTED}")
    if not told.headline:
        raise NoStory(source, f"{_without_headline(told)}; {EXPECTED}")
    body = blocks.join(told.body)
    text = "\n".join(block.text for block in told.body)
    warnings = list(draft.warnings)
    if not text and draft.status is Status.USABLE:
        warnings.append("the story has no body")
    language = find_language(f"{told.headline}\n{told.standfirst}\n{text}", declared=draft.language)
    return Story(
        headline=told.headline,
        body=body,
        source=source,
        standfirst=told.standfirst,
        byline=draft.byline or told.byline,
        credits=draft.credits or told.credits,
        dateline=_dateline(draft.dateline, told.dateline),
        published=draft.published or told.published,
        language=language,
        address=canonical(draft.address),
        publisher=_line(draft.publisher) or told.publisher,
        keywords=draft.keywords,
        end_notes=draft.end_notes or told.end_notes,
        identifier=_line(draft.identifier),
        version=draft.version,
        modified=draft.modified,
        section=_line(draft.section),
        urgency=draft.urgency,
        copyright=_line(draft.copyright),
        instructions=_line(draft.instructions),
        embargo=draft.embargo,
        status=draft.status,
        corrections=tuple(filter(None, map(_line, draft.corrections))),
        format=format,
        warnings=tuple(warnings),
    )


def _without_headline(told: furniture.Furniture) -> str:
    if not told.body:
        return "there is no text in it"
    return f"the first paragraph is {len(told.body[0].lines[0])} characters long and there is no headline"


def _dateline(declared: Dateline | None, printed: Dateline | None) -> Dateline | None:
    """What is declared, with the agency that the story prints where none is: wires declare the place alone."""
    if declared and printed and not declared.agency:
        return replace(declared, agency=printed.agency)
    return declared or printed


def _line(text: str) -> str:
    return " ".join(normalize.clean(text).split())
