"""What mail programs put around a text: heads of forwarded messages, greetings, signatures, legal footers.

All works on blocks, so that plain messages and pages are treated alike. What only may be a signature stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from articles.documents import dates
from articles.documents.blocks import Block, part

# What the fields of a head are called by mail programs in the languages of their users.
NAMES = {
    "from": "from de von da van från fra od".split(),
    "date": "date sent datum gesendet envoyé enviado fecha data inviato verzonden skickat".split(),
    "subject": "subject betreff objet asunto oggetto onderwerp ämne emne assunto".split(),
    "": "to cc bcc reply-to an kopie à para a aan till til importance attachments priority".split(),
}
KINDS = {name: kind for kind, names in NAMES.items() for name in names}
FIELD = re.compile(r"[>*\s]{0,9}(?P<name>[^\W\d_][^\W\d_-]{0,11})\*?\s?:\*?(?:\s+(?P<value>.*))?")
MARKER = re.compile(
    r"[>\s]*(?:-{2,}\s*(?:forwarded|original|message|weitergeleitete|ursprüngliche|mensaje|messaggio)\b[^\n]{0,60}?-{2,}"
    r"|begin forwarded message\s*:|début du message (?:transféré|réexpédié)\s*:"
    r"|anfang der weitergeleiteten nachricht\s*:|[_-]{20,})\s*",
    re.IGNORECASE,
)
# "On Fri, 13 Mar 2026 at 17:05, Ana Moss <ana@example.org> wrote:" stands above what a reply quotes.
REPLIED = re.compile(
    r"(?:on|am|le|el|il|op)\s.{6,200}\s(?:wrote|schrieb|a écrit|escribió|ha scritto|schreef)\b.{0,60}:",
    re.IGNORECASE | re.DOTALL,
)
GREETING = re.compile(
    r"(?:dear|hi|hello|hey|good (?:morning|afternoon|evening)|greetings|bonjour|ch(?:er|ère)s?|hallo|guten tag"
    r"|liebe[rs]?|sehr geehrte[rs]?|estimad[oa]s?|hola)\b[^.?]{0,60}[,!:]|(?:hi|hello) (?:all|team|there)\.?",
    re.IGNORECASE,
)
COVERING = re.compile(
    r"(?:fyi\b|please (?:find|see)\b|(?:see|find|attached|below|enclosed)\b.{0,60}\b(?:attached|below|is|are|release)\b"
    r"|(?:i|we) (?:hope you|attach|enclose|am sending|are sending|thought you)\b|hope (?:you|this|all)\b"
    r"|veuillez trouver|anbei\b|im anhang\b)",
    re.IGNORECASE,
)
SIGNATURE_MARK = re.compile(r"--\s*")
CLOSING = re.compile(
    r"(?:(?:with )?(?:best|kind|kindest|warm|warmest)(?: regards| wishes)?|regards|(?:many )?thanks(?: again)?"
    r"|thank you|cheers|yours(?: sincerely| faithfully)?|sincerely|all the best|mit freundlichen grüßen|viele grüße"
    r"|cordialement|bien à vous|saludos)[,.!]?",
    re.IGNORECASE,
)
SENT_FROM = re.compile(
    r"(?:sent from (?:my|mail|yahoo|outlook|proton)|get outlook for|von meinem|envoyé de mon)\b.{0,60}", re.IGNORECASE
)
LEGAL = re.compile(
    r"(?:confidentiality|legal|privacy|e-?mail) (?:notice|disclaimer)\b|disclaimer\s*:"
    r"|this (?:e-?mail|message|communication)\b.{0,120}\b(?:confidential|privileged|intended|to you)\b"
    r"|the information (?:contained )?in this (?:e-?mail|message|communication)"
    r"|if you (?:are not|have received)\b.{0,80}\b(?:recipient|in error)\b|please consider the environment"
    r"|you(?: are receiving|(?: have|'ve|’ve)? received) this\b"
    r"|(?:click here to |to )?unsubscribe\b|manage (?:your )?(?:preferences|subscription)|update your preferences"
    r"|ce (?:message|courriel) .{0,60}confidentiel|diese (?:e-?mail|nachricht) .{0,60}vertraulich",
    re.IGNORECASE | re.DOTALL,
)
IN_BROWSER = re.compile(r"(?:view|see|read|open|problems|trouble|can.t see)\b.{0,60}\bbrowser\b.{0,30}", re.IGNORECASE)
# A signature has a name, an office, a telephone, an address; a disclaimer fills a screen.
MOST_SIGNATURE_LINES = 14
LONGEST_SIGNATURE_LINE = 90
LONGEST_FOOTER = 3_000
# A note above a forwarded text is a few lines; what is longer is an answer.
LONGEST_NOTE = 600
MOST_HEAD_LINES = 12


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a block: the block's number among its fellows, where the line begins in it, its words."""

    block: int
    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a message inside the text of another one; what it does not say is empty."""

    sender: str = ""
    subject: str = ""
    sent: date | datetime | None = None


def lines_of(blocks: Sequence[Block]) -> list[Line]:
    lines: list[Line] = []
    for number, block in enumerate(blocks):
        start = 0
        for text in block.lines:
            lines.append(Line(number, start, text))
            start += len(text) + 1
    return lines


def before(blocks: Sequence[Block], line: Line) -> list[Block]:
    return [*blocks[: line.block], *(part(blocks[line.block], 0, line.start) if line.start else [])]


def behind(blocks: Sequence[Block], line: Line) -> list[Block]:
    return [*part(blocks[line.block], line.start + len(line.text)), *blocks[line.block + 1 :]]


def unfold(blocks: list[Block]) -> tuple[list[Block], Head, str]:
    """Take off what stands above a forwarded text, forwarded once or often, and below an answer.

    Returns:
        The blocks of the text itself; the innermost head, empty where nothing was forwarded; and the notes above.
    """
    head = Head()
    notes: list[str] = []
    for _ in range(MOST_HEAD_LINES):
        found = _find_head(blocks)
        if not found:
            break
        above, inner, below = found
        words = "\n".join(block.text for block in above)
        if len(words) > LONGEST_NOTE or not below:
            return above, head, "\n".join(notes)
        head, blocks = inner, below
        notes += [words] if words else []
    return _without_reply(blocks), head, "\n".join(notes)


def cut_ending(blocks: list[Block]) -> list[Block]:
    """Leave out legal footers and the signature; at least one block stays."""
    lines = lines_of(blocks)
    size = sum(len(line.text) for line in lines)
    read = 0
    for line in lines:
        if line.block and size - read <= LONGEST_FOOTER and LEGAL.match(line.text):
            blocks = before(blocks, line)
            break
        read += len(line.text)
    return _without_signature(blocks)


def cut_greeting(blocks: list[Block]) -> tuple[list[Block], str]:
    """Take off "Dear editor," and the sentence below that says what is sent; the sentence is given back, too."""
    rest = list(blocks)
    while len(rest) > 1 and IN_BROWSER.fullmatch(rest[0].text):
        rest.pop(0)
    if len(rest) > 1 and GREETING.fullmatch(rest[0].lines[0].strip()):
        rest = part(rest[0], len(rest[0].lines[0])) + rest[1:]
    note = ""
    if len(rest) > 1 and COVERING.match(rest[0].text) and len(rest[0].text) <= LONGEST_NOTE:
        note = rest.pop(0).text
    return rest, note


def is_greeting(line: str) -> bool:
    return GREETING.fullmatch(line.strip()) is not None


def moment(written: str) -> date | datetime | None:
    """The date of a head, as the standard writes it or as programs print it.

    >>> moment("Fri, 13 Mar 2026 17:05:00 +0000").isoformat()
    '2026-03-13T17:05:00+00:00'
    """
    written = " ".join(written.split())[:100]
    try:
        return parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError, OverflowError):
        return dates.full_date(written)


def read_field(line: str) -> tuple[str, str] | None:
    """The kind of a field of a head (from, date, subject, or "" for another one) and its value; None for no field.

    >>> read_field("> *Betreff:* Fähre")
    ('subject', 'Fähre')
    """
    match = FIELD.fullmatch(line)
    kind = KINDS.get(match["name"].casefold()) if match else None
    return None if match is None or kind is None else (kind, (match["value"] or "").strip(" *"))


def _find_head(blocks: list[Block]) -> tuple[list[Block], Head, list[Block]] | None:
    lines = lines_of(blocks)
    for at, line in enumerate(lines):
        if not read_field(line.text):
            continue
        said: dict[str, str] = {}
        end = at
        while end < len(lines) and end - at < MOST_HEAD_LINES and (field := read_field(lines[end].text)):
            if field[0] in said and field[0]:
                break
            said.setdefault(*field)
            end += 1
        if "from" in said and ("subject" in said or "date" in said) and end - at > 1:
            above = before(blocks, line)
            while above and MARKER.fullmatch(above[-1].lines[-1]):
                last = above[-1]
                above[-1:] = part(last, 0, len(last.text) - len(last.lines[-1]))
            head = Head(said["from"], said.get("subject", ""), moment(said.get("date", "")))
            return above, head, behind(blocks, lines[end - 1])
    return None


def _without_reply(blocks: list[Block]) -> list[Block]:
    for number, block in enumerate(blocks):
        if number and REPLIED.fullmatch(block.text):
            return blocks[:number]
    return blocks


def _without_signature(blocks: list[Block]) -> list[Block]:
    lines = lines_of(blocks)
    while lines and lines[-1].block and SENT_FROM.fullmatch(lines[-1].text.strip()):
        blocks = before(blocks, lines[-1])
        lines = lines_of(blocks)
    for line in lines[-MOST_SIGNATURE_LINES:]:
        text = line.text.strip()
        if line.block and (SIGNATURE_MARK.fullmatch(text) or CLOSING.fullmatch(text)):
            rest = lines[lines.index(line) + 1 :]
            if all(len(other.text) <= LONGEST_SIGNATURE_LINE for other in rest):
                return before(blocks, line)
    return blocks
