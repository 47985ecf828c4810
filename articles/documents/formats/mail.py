"""E-mail: a message, what was forwarded in it, and the documents attached to it, each a story of its own.

The text of a message is its page where it has one (it keeps links and paragraphs), else its plain text. Where a text
has no headline the subject is it; sender and date fill in where the text is silent.
"""

from __future__ import annotations

import dataclasses
import email
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import parseaddr
from typing import IO, Any

import lxml.etree
import lxml.html

from articles.documents import blocks
from articles.documents.assembling import Draft, assemble
from articles.documents.blocks import Block
from articles.documents.bylines import bare_byline, find_byline
from articles.documents.dates import date_line
from articles.documents.encodings import decode
from articles.documents.errors import BrokenDocument, DocumentError, NoStory
from articles.documents.formats.flowed import unflowed
from articles.documents.formats.format import START, Format
from articles.documents.formats.mail_text import (
    Head,
    cut_ending,
    cut_greeting,
    is_greeting,
    moment,
    read_field,
    unfold,
)  # fmt: skip
from articles.documents.formats.plain_text import to_html
from articles.documents.formats.properties import split_keywords
from articles.documents.furniture import LONGEST_HEADLINE
from articles.documents.sanitizing import shallow
from articles.documents.story import Story
from articles.text import normalize

LABEL = "e-mail"
# Real heads have a few hundred characters; the standard library reads long ones in time that grows with the square.
LONGEST_HEADER = 2_000
MOST_PARTS = 200
# The standard library compares each line with the end of each open part, a million times in a fifth of a second.
MULTIPART = re.compile(rb"^content-type:\s*multipart/", re.IGNORECASE | re.MULTILINE)
MOST_COMPARED = 30_000_000
# A forwarded message in a forwarded message in a digest.
DEEPEST = 4
# A note beside attachments; what is longer is a story itself.
LONGEST_NOTE = 600
DAMAGES = (MessageError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,60}:(?:\s|$)")
# What only mail servers write.
TRANSPORT = re.compile(r"(?:return-path|received|delivered-to|mime-version|message-id|dkim-signature|x-[a-z-]+):", re.I)
PREFIX = re.compile(
    r"(?:(?:re|fwd?|fw|wg|aw|tr|sv|vs|rv|i|enc)\s*(?:\[\d+\])?:\s*|\[[^\]]{1,40}\]\s*"
    r"|(?:press|media|news) release\s*[:|–—-]+\s*)+",
    re.IGNORECASE,
)
# Files of files: what comes in an e-mail in an archive in an e-mail is nobody's story.
NOT_UNPACKED = frozenset({"mail", "mbox", "zip", "tar", "gzip"})
NOT_DOCUMENTS = (
    "image/",
    "audio/",
    "video/",
    "font/",
    "text/calendar",
    "text/vcard",
    "text/x-vcard",
    "application/pgp",
)
NOT_DOCUMENT_NAMES = (".p7s", ".p7m", ".asc", ".sig", ".ics", ".vcf", "winmail.dat")
NOT_STORY = (
    "//head|//style|//script|//title|//*[contains(translate(@style, ' ', ''), 'display:none')]"
    "|//*[contains(@class, 'gmail_signature') or contains(@class, 'moz-signature') or @id='Signature']"
)
LAYOUT = "//table[@role='presentation' or .//table or .//p or .//div or .//h1 or .//h2 or .//ul or not(.//tr[2])]"


@dataclass
class _Parts:
    """What a message has in it, apart by kind."""

    plain: list[EmailMessage] = field(default_factory=list)
    page: list[EmailMessage] = field(default_factory=list)
    attached: list[EmailMessage] = field(default_factory=list)
    messages: list[EmailMessage] = field(default_factory=list)


class _Policy(EmailPolicy):
    """The standard library's own, which reads a header that it cannot parse as it is written."""

    def header_fetch_parse(self, name: str, value: Any) -> Any:
        written = str(value)
        if len(written) <= LONGEST_HEADER:
            try:
                return super().header_fetch_parse(name, value)
            except (*DAMAGES, RecursionError):
                pass
        return " ".join(normalize.clean(written[:LONGEST_HEADER]).split())


POLICY = _Policy()


def is_mail(start: bytes) -> bool:
    """Whether a file begins with the head of a message: From with Subject or Date, or what only servers write.

    >>> is_mail(b"From: Ana Moss <ana@example.org>\\nSubject: Rain\\n\\nIt rained.")
    True
    """
    text = start.decode("utf-8-sig", "replace").lstrip("\r\n")
    kinds: set[str] = set()
    number = 0
    for number, line in enumerate(text.split("\n")):
        line = line.rstrip("\r")
        if number and line[:1] in (" ", "\t") and line.strip():
            continue
        if TRANSPORT.match(line):
            kinds.add("transport")
        if said := read_field(line):
            kinds.add(said[0])
        elif not HEADER.match(line):
            break
    heads = kinds & {"from", "subject", "date"}
    return ("from" in heads and len(heads) > 1) or (len(heads) > 0 and "transport" in kinds)


def read(file: IO[bytes], source: str, max_bytes: int) -> Iterator[Story | DocumentError]:
    """Read the stories of a message: its text, the messages and the documents attached to it.

    Of a message that is larger than a story may be, the beginning is read; attachments behind it are left out.
    """
    content = file.read(max_bytes + 1)
    yield from read_message(content, source, max_bytes)


def read_message(content: bytes, source: str, max_bytes: int) -> Iterator[Story | DocumentError]:
    """Read the stories of one message, cut off at `max_bytes`."""
    try:
        message = _parsed(content[:max_bytes].lstrip(b"\r\n"), source)
        found = list(_stories(message, source, max_bytes, depth=1))
    except RecursionError as error:
        raise BrokenDocument(source, f"this {LABEL} has parts in parts without end; expected a message") from error
    if len(content) > max_bytes:
        cut = f"the message has more than {max_bytes:,} bytes; attachments behind that were left out"
        found = [_warned(story, cut) for story in found]
    yield from found


def _parsed(content: bytes, source: str) -> EmailMessage:
    if len(MULTIPART.findall(content)) * content.count(b"\n") > MOST_COMPARED:
        raise BrokenDocument(source, f"this {LABEL} has parts in parts without end; expected a message")
    message = email.message_from_bytes(_standard(content), policy=POLICY)
    assert isinstance(message, EmailMessage)
    return message


def _standard(content: bytes) -> bytes:
    """A pasted head in the standard's words: "Gesendet:" is Date, and a blank line ends it."""
    if TRANSPORT.match(content[:200].decode("ascii", "replace")):
        return content
    lines = content.split(b"\n")
    for number, line in enumerate(lines):
        text = line.decode("utf-8", "replace").rstrip("\r")
        said = read_field(text)
        if said and said[0]:
            lines[number] = f"{said[0].capitalize()}: {said[1]}".encode()
        elif not text.strip() or (not HEADER.match(text) and not said and text[:1] not in (" ", "\t")):
            return b"\n".join([*lines[:number], b"", *lines[number:]])
    return b"\n".join(lines)


def _stories(message: EmailMessage, source: str, max_bytes: int, *, depth: int) -> Iterator[Story | DocumentError]:
    parts = _Parts()
    _sort(message, parts, depth=0)
    attached: list[Story | DocumentError] = []
    left: list[str] = []
    for part in parts.attached[:MOST_PARTS]:
        attached += _attachment(part, source, max_bytes, left)
    for number, inner in enumerate(parts.messages[:MOST_PARTS], 1):
        if depth < DEEPEST:
            attached += _inner(inner, f"{source}/message {number}", max_bytes, depth + 1)
    has_others = any(isinstance(story, Story) for story in attached)
    body, head, note = _text(parts, source)
    words = "\n".join(block.text for block in body)
    if has_others and len(words) <= LONGEST_NOTE:
        told = "\n".join(filter(None, (note, words)))
        yield from (_instructed(story, told) for story in attached)
        return
    try:
        yield _assembled(message, body, head, note, source, left)
    except NoStory as error:
        if not attached:
            detail = f"; {'; '.join(left)}" if left else ""
            yield NoStory(source, f"{error.found}{detail}") if left else error
    yield from attached


def _inner(message: EmailMessage, source: str, max_bytes: int, depth: int) -> list[Story | DocumentError]:
    try:
        return list(_stories(message, source, max_bytes, depth=depth))
    except DocumentError as error:
        return [error]


def _sort(message: EmailMessage, parts: _Parts, *, depth: int) -> None:
    """Take a message apart; of alternatives both are kept, the text chooses."""
    kind = message.get_content_type()
    payload = message.get_payload()
    if depth > 20 or len(parts.attached) > MOST_PARTS:
        return
    if kind == "message/rfc822" and isinstance(payload, list):
        parts.messages += [inner for inner in payload if isinstance(inner, EmailMessage)]
    elif isinstance(payload, list):
        for inner in payload[:MOST_PARTS]:
            if isinstance(inner, EmailMessage):
                _sort(inner, parts, depth=depth + 1)
    elif kind in ("text/plain", "text/html") and not (_is_attached(message) or (message.get_filename() and depth)):
        (parts.plain if kind == "text/plain" else parts.page).append(message)
    elif depth:
        parts.attached.append(message)


def _is_attached(message: EmailMessage) -> bool:
    return str(message.get("content-disposition", "")).casefold().startswith("attachment")


def _attachment(part: EmailMessage, source: str, max_bytes: int, left: list[str]) -> list[Story | DocumentError]:
    """The stories of an attachment in a known format; of another one, its name goes to what is left out."""
    from articles.documents.formats import FORMATS  # here, because it names this module
    from articles.documents.telling import find_format

    name = " ".join(normalize.clean(part.get_filename() or "").split()).replace("/", "_")
    kind = part.get_content_type()
    if kind.startswith(NOT_DOCUMENTS) or name.casefold().endswith(NOT_DOCUMENT_NAMES):
        return []
    called = name or kind
    size = len(str(part.get_payload())) * 3 // 4
    if size > max_bytes:
        left.append(f"the attachment {called!r} has some {size:,} bytes, more than {max_bytes:,}, and was left out")
        return []
    content = _bytes(part)
    try:
        format = find_format(content[:START], source=name or "attachment") if content.strip() else ""
        form = FORMATS.get(format)
        is_text = format != "text" or kind == "text/plain" or name.endswith(".txt")
        if form is None or format in NOT_UNPACKED or not is_text:
            left.append(f"the attachment {called!r} is no document that is read")
            return []
        if isinstance(form, Format):
            return list(form.read(content, f"{source}/{called}"))
        return list(form.read(io.BytesIO(content), f"{source}/{called}", max_bytes))
    except DocumentError as error:
        left.append(f"the attachment {called!r} was left out: {error.found}")
        return []


def _text(parts: _Parts, source: str) -> tuple[list[Block], Head, str]:
    """The text of a message without what its program put around it; the head it was forwarded with; notes above it."""
    plain = [block for part in parts.plain for block in blocks.split(_plain_markup(part, source))]
    page = [block for part in parts.page for block in blocks.split(_page_markup(part, source))]
    # Some pages are a picture and a link, or "your program shows no HTML" the other way round.
    body = page if 2 * _size(page) >= _size(plain) else plain
    body, head, note = unfold(body)
    body, covering = cut_greeting(body)
    return cut_ending(body), head, "\n".join(filter(None, (note, covering)))


def _size(body: list[Block]) -> int:
    return sum(len(block.text) for block in body)


def _plain_markup(part: EmailMessage, source: str) -> str:
    text = normalize.clean(_decoded(part, source))
    if str(part.get_param("format") or "").casefold() == "flowed":
        text = unflowed(text, delete_space=str(part.get_param("delsp") or "").casefold() == "yes")
    quoted = [line for line in text.split("\n") if line.strip()]
    if quoted and sum(line.startswith(">") for line in quoted) * 2 > len(quoted):
        text = re.sub(r"(?m)^>+ ?", "", text)
    return to_html(text)


def _page_markup(part: EmailMessage, source: str) -> str:
    """The page of a message, tables that only lay it out and frames around what is quoted taken away."""
    markup = shallow(normalize.clean(_decoded(part, source)))
    try:
        page = lxml.html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", markup))
    except (lxml.etree.ParserError, ValueError):
        return ""
    for element in page.xpath(NOT_STORY):
        if element.getparent() is not None:
            element.drop_tree()
    for table in page.xpath(LAYOUT):
        for element in table.xpath("self::table|*[self::tbody or self::thead]|*/tr|tr|*/tr/td|*/tr/th|tr/td|tr/th"):
            element.tag = "div"
    for frame in page.xpath("//blockquote[@type='cite' or contains(@class, 'gmail_quote')]"):
        frame.tag = "div"
    return str(lxml.html.tostring(page, encoding="unicode"))


def _decoded(part: EmailMessage, source: str) -> str:
    declared = str(part.get_param("charset") or "").casefold()
    # What is UTF-16 shows it; no mail program writes it, but some say so.
    return decode(_bytes(part), source, declared=None if declared.startswith(("utf-16", "utf-32", "ucs")) else declared)


def _bytes(part: EmailMessage) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except DAMAGES:
        content = None
    return content if isinstance(content, bytes) else b""


def _assembled(message: EmailMessage, body: list[Block], head: Head, note: str, source: str, left: list[str]) -> Story:
    subject = PREFIX.sub("", head.subject or _header(message, "Subject"), count=1).strip()[:LONGEST_HEADLINE]
    story = assemble(
        Draft(
            blocks.join(body),
            headline="" if _has_headline(body, subject) else subject,
            language=_header(message, "Content-Language").split(",")[0],
            keywords=split_keywords(_header(message, "Keywords")),
            identifier="" if head.sender else _header(message, "Message-ID").strip("<>"),
            instructions=note,
        ),
        source=source,
        format="mail",
    )
    byline, publisher = _sender(head.sender or _header(message, "From"))
    return dataclasses.replace(
        story,
        byline=story.byline or byline,
        publisher=story.publisher or publisher,
        published=story.published or head.sent or moment(_header(message, "Date")),
        warnings=(*story.warnings, *left),
    )


def _has_headline(body: list[Block], subject: str) -> bool:
    """Whether a text begins with a headline of its own: a line of some words above a paragraph."""
    if len(body) < 2 or not subject:
        return not subject
    line = body[0].lines[0].strip()
    if is_greeting(line) or find_byline(line) or date_line(line):
        return False
    return len(line.split()) >= 4 and len(line) <= 150 and not line.endswith((".", "!", ":", ",", ";", "…"))


def _sender(written: str) -> tuple[tuple[str, ...], str]:
    """The person who sent a message, or else the house: ("Ana Moss",) or "Cobh Harbour Authority"."""
    name = parseaddr(written[:LONGEST_HEADER])[0] or ("" if "@" in written else written)
    name = re.sub(r"\s+via\s.*|\s*[(\[<].*|[\"*]", "", name).strip(" '")
    if not name or "@" in name:
        return (), ""
    family, _, given = name.partition(", ")
    byline = bare_byline(f"{given} {family}" if given and " " not in family else name)
    return (byline.names, "") if byline and byline.names else ((), name)


def _header(message: EmailMessage, name: str) -> str:
    return " ".join(normalize.clean(str(message.get(name, ""))).split())


def _instructed(story: Story | DocumentError, note: str) -> Story | DocumentError:
    if isinstance(story, DocumentError) or not note:
        return story
    return dataclasses.replace(story, instructions=" ".join(f"{story.instructions} {note}".split()))


def _warned(story: Story | DocumentError, warning: str) -> Story | DocumentError:
    if isinstance(story, DocumentError):
        return story
    return dataclasses.replace(story, warnings=(*story.warnings, warning))
