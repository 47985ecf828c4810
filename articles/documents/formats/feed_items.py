"""What the items of feeds have in common: whether one is a story or only tells of one, and what stands around it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from urllib.parse import urljoin

import lxml.html

from articles.documents import declared
from articles.documents.assembling import Draft, assemble
from articles.documents.errors import BrokenDocument, DocumentError, NoStory, SummaryOnly
from articles.documents.formats import plain_text
from articles.documents.furniture import LONGEST_STANDFIRST
from articles.documents.sanitizing import sanitise, shallow
from articles.documents.story import Story
from articles.text import body, normalize

# A summary that feeds give in place of the story goes to some 500 characters, and a story that is no longer is rare.
SHORTEST_STORY = 600
TAG = re.compile(r"</?[a-z][a-z0-9]*\b[^<>]*>", re.IGNORECASE)
# What publishing systems put below each item: “The post Rain appeared first on Cobh Sheet.”
FOOTER = re.compile(
    r"<p>\s*The post\b(?:(?!</?p\b).)*\b(?:appeared first|first appeared) on\b(?:(?!</?p\b).)*</p>\s*$",
    re.IGNORECASE | re.DOTALL,
)
CONTINUES = re.compile(
    r"(?:\[\s*(?:…|\.{3})\s*\]|\(more\s*(?:…|\.{3})\)|(?:continue|keep) reading|read (?:more|on)"
    r"|read the (?:full|whole|rest) \w+|lire la suite|weiterlesen|leer m[aá]s|sigue leyendo|lees (?:meer|verder))"
    r"[\s.…»→>:]*$",
    re.IGNORECASE,
)
# Where the story ends is looked for in so many characters.
END = 2000
ELLIPSIS = re.compile(r"(?:…|\.{3})\W*$")
RELATIVE = re.compile(r"""\bhref\s*=\s*+(?!["']?(?:https?:|mailto:|#))""", re.IGNORECASE)
ADDRESS = re.compile(r"https?://[^\s/]\S{0,480}")
# “ana@cobh.example (Ana Moss)”, as RSS writes authors, and “Ana Moss <ana@cobh.example>”.
MAILBOX = re.compile(r"\S+@\S+\s*\((?P<name>[^()]+)\)|(?P<before>(?:[^<>@]*\s)?)<?\S+@\S+>?")
LONGEST_AUTHOR = 300
# A feed's title is its publisher's name unless it says which part of it the feed is: “Cobh Sheet » Shipping”.
DIVIDED = re.compile(r"\s[|»>:–—-]\s|»")


@dataclass(frozen=True, slots=True)
class Item:
    """What a feed says of a story: `draft` but for its body, and the story and a summary as any HTML."""

    draft: Draft
    content: str
    summary: str


def stories_of(items: Iterable[Item], *, source: str, format: str) -> Iterator[Story | DocumentError]:
    """The stories of a feed in its order; in the place of an item that is none, what is wrong with it."""
    number = 0
    for number, item in enumerate(items, 1):
        try:
            yield _story_of(item, f"{source}, item {number}", format)
        except DocumentError as error:
            yield error
    if not number:
        raise NoStory(source, "there is no item in this feed; expected one or more")


def line(markup: str) -> str:
    """HTML, or a text with HTML's references, as a line of text."""
    return " ".join(body.plain_text(sanitise(markup)).split())


def web_address(value: str, base: str = "") -> str:
    """An address of the web, of a relative one that below the base; empty for anything else."""
    try:
        address = urljoin(base, value.strip())
    except ValueError:
        return ""
    return address if ADDRESS.fullmatch(address) else ""


def authors(values: Iterable[str]) -> tuple[str, ...]:
    """The writers, of whom feeds often know the mail address alone.

    >>> authors(["ana@cobh.example (Ana Moss)", "By Tom Hill", "desk@cobh.example"])
    ('Ana Moss', 'Tom Hill')
    """
    return declared.names(_without_mail(line(value)) for value in values)


def publisher(title: str) -> str:
    return "" if DIVIDED.search(title) else title


def moment(values: Iterable[str]) -> tuple[date | datetime | None, tuple[str, ...]]:
    """The first of some dates that is one, and a warning for each that stands before it and is none."""
    warnings: list[str] = []
    for value in values:
        try:
            if found := declared.day_or_moment(value, "", "its date"):
                return found, tuple(warnings)
        except BrokenDocument as error:
            warnings.append(error.found)
    return None, tuple(warnings)


def as_time(found: date | datetime | None) -> datetime | None:
    return found if found is None or isinstance(found, datetime) else datetime.combine(found, time.min)


def _story_of(item: Item, source: str, format: str) -> Story:
    content, summary = _without_footer(item.content), _without_footer(item.summary)
    draft = item.draft
    text, said = line(content), line(summary)
    if said and not text and (_is_story(said) or not draft.address):
        content, text, said = summary, said, ""
    if (said and not text) or (_breaks_off(text) and draft.address):
        found = f"{_named(draft)}only a summary; its page is at {draft.address}"
        raise SummaryOnly(source, found, address=draft.address)
    if not text:
        raise NoStory(source, f"{_named(draft)}there is no text in it")
    markup = content if TAG.search(content) else plain_text.to_html(normalize.clean(html.unescape(content)))
    standfirst = _standfirst(said, markup)
    return assemble(
        replace(draft, body=_absolute(markup, draft.address), standfirst=standfirst), source=source, format=format
    )


def _without_footer(markup: str) -> str:
    return markup[:-END] + FOOTER.sub("", markup[-END:])


def _breaks_off(text: str) -> bool:
    return bool(CONTINUES.search(text[-END:]))


def _trails_off(text: str) -> bool:
    return _breaks_off(text) or bool(ELLIPSIS.search(text[-END:]))


def _named(draft: Draft) -> str:
    return f"“{draft.headline[:80]}”: " if draft.headline else ""


def _is_story(text: str) -> bool:
    return len(text) >= SHORTEST_STORY and not _trails_off(text)


def _standfirst(summary: str, markup: str) -> str:
    """A summary that somebody wrote, and not the first words of the story again."""
    if len(summary) > LONGEST_STANDFIRST or _trails_off(summary):
        return ""
    return declared.unless_repeated(summary, markup)


def _without_mail(author: str) -> str:
    match = MAILBOX.fullmatch(author[:LONGEST_AUTHOR])
    return (match["name"] or match["before"] or "").strip(" \"'") if match else author


def _absolute(markup: str, base: str) -> str:
    """The same with links that lead somewhere from outside their site."""
    if not base or not RELATIVE.search(markup):
        return markup
    page = lxml.html.document_fromstring(shallow(markup), parser=lxml.html.HTMLParser(huge_tree=True))
    page.make_links_absolute(base, handle_failures="ignore")
    return str(lxml.html.tostring(page, encoding="unicode"))
