"""What a newsroom writes under a story: credits, end marks, copyright, sources, notes to editors.

Decides where the story ends. What only may be a note stays story: a paragraph too many is seen and struck out, a
paragraph too few is not missed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from articles.documents.blocks import Block, part
from articles.documents.bylines import find_byline

# "ENDS", "(END)", "- ends -", "-30-", "###": what stands behind one of these is no story any more.
END_MARK = re.compile(r"(?:#\s*){2,}|[-—–]+\s*30\s*[-—–]+|[-—–(\s]*(?:ENDS?|Ends|ends)[-—–)\s]*\.?")
# A line of stars or dashes, which separates the story from nothing.
RULE = re.compile(r"(?:[*•·_=~—–-]\s*)+")
# Headings under which lists of other things stand, down to the end of the page.
HEADING = re.compile(
    r"(?:sources?|references|bibliography|see also|further reading|external links|sister links"
    r"|related(?: (?:news|stories|articles|links|content|coverage|topics|posts))?"
    r"|read (?:more|next)|most read|recommended"
    r"|more on this(?: story| topic)?|you may also like|more (?:news|stories)|(?:media |press )?contacts?)\s*:?",
    re.IGNORECASE,
)
NOTES_HEADING = re.compile(r"notes? (?:for|to) editors\s*:?", re.IGNORECASE)
# Names must follow: "Reporting by Ana Moss; editing by Tom Hill" is a credit, "Reporting by the tribunal has shown" is
# not.
CREDIT = re.compile(
    r"[\s\[(—–*-]*(?:(?:additional|further|extra)\s+)?(?:reporting|reported|writing|written|editing|edited|compiled|translated"
    r"|photographs?|photographed|photos?|pictures?|graphics?)(?:\s+(?:and|&)\s+\w+)*(?:\s+(?:by|from)\b\s*:?|\s*:)\s*(?P<names>.+)",
    re.IGNORECASE | re.DOTALL,
)
CLOSING_CREDIT = re.compile(
    r"\s*[\[(](?:additional )?(?:reporting|writing|editing|compiled|edited|written) by [^()\[\]]{2,300}[)\]]\.?$",
    re.IGNORECASE,
)
NOTE = re.compile(
    r"[\s\[(—–*-]*(?:"
    # labels
    r"sources?:|additional reporting:|(?:media |press )?contacts?:|rsvp:|more: *https?:"
    r"|read more:|slug:|keywords:|tags:"
    # "-- From staff and wire reports", "With files from The Canadian Press"
    r"|from (?:staff|wire|our)\b.{0,60}\b(?:reports|services|agencies)\b|with (?:reporting|files) (?:by|from)\b"
    r"|for (?:more|further) information\b|follow (?:us\b|@)"
    r"|©|\(c\) |copyright (?:©|\(c\)|\d{4})|all rights reserved|all (?:pictures|photos|images)\b.{0,30}©"
    r"|this (?:article|story) (?:was|is) (?:originally |first )?(?:re)?published"
    r")|\((?:eds?|desk|editors)\b",
    re.IGNORECASE,
)
# "(pw/kk)", "(Hanbit)", "GNA": with these agencies sign.
SIGNATURE = re.compile(r"[—–-]*\s*(?:\([\w/.&]{1,24}(?: [\w/.&]{1,24})?\)|[A-Z]{2,5}(?:/[A-Za-z]{2,6})*)")
ADDRESSES = re.compile(r"(?:(?:[^\s@]+@[^\s@]+\.[^\s@]+|https?://\S+|www\.\S+|#\w+|@\w+|\|)\s*)+")
LONGEST_NOTE = 400
LONGEST_LIST_LINE = 200


@dataclass(frozen=True, slots=True)
class Ending:
    """A story without its end: its blocks, the notes under it as printed, writers whose names stood there."""

    story: list[Block]
    notes: tuple[str, ...]
    names: tuple[str, ...] = ()


def cut_end_notes(body: Sequence[Block]) -> Ending:
    """Take the end notes off a story. At least one block stays with it.

    >>> from articles.documents.blocks import paragraph
    >>> body = [paragraph(["It rained."]), paragraph(["(Reporting by Ana Moss; editing by Tom Hill)"])]
    >>> cut_end_notes(body).notes
    ('(Reporting by Ana Moss; editing by Tom Hill)',)
    """
    story = list(body)
    notes: list[str] = []
    names: tuple[str, ...] = ()
    for number in filter(None, (_end_mark(story), _closing_heading(story))):
        notes[:0] = [block.text for block in story[number:]]
        del story[number:]
    while len(story) > 1 and (line := story[-1].lines[-1]):
        if byline := _signed(line):
            names = byline + names
            note = "" if len(line) < 60 else line
        elif RULE.fullmatch(line):
            note = ""
        elif is_note(line) or (not notes and SIGNATURE.fullmatch(line)):
            note = line
        else:
            break
        notes[:0] = [note] if note else []
        story[-1:] = part(story[-1], 0, len(story[-1].text) - len(line))
    last = story[-1].text if story else ""
    if (credit := CLOSING_CREDIT.search(last, max(len(last) - LONGEST_NOTE, 0))) and credit.start():
        notes.insert(0, credit.group().strip())
        story[-1:] = part(story[-1], 0, credit.start())
    return Ending(story, tuple(note for note in notes if not RULE.fullmatch(note)), names)


def is_note(line: str) -> bool:
    """Whether a line at the end of a story speaks of the story, not in it.

    >>> is_note("-- From staff and wire reports"), is_note("Research by the institute found nothing.")
    (True, False)
    """
    if len(line) > LONGEST_NOTE:
        return False
    credit = CREDIT.match(line)
    if credit and (line.lstrip()[0] in "([" or _are_names(credit["names"])):
        return True
    return bool(NOTE.match(line) or ADDRESSES.fullmatch(line))


def _are_names(said: str) -> bool:
    first = re.split(r"[;|]|\.(?:\s|$)", said, maxsplit=1)[0]
    return find_byline(f"By {first.strip()}") is not None


def _signed(line: str) -> tuple[str, ...]:
    """The names of a byline under the story: "By Ana Moss", "By Ana Moss, special to The Weekly. © The Weekly"."""
    if not line.startswith(("By ", "BY ")):
        return ()
    byline = find_byline(line) or find_byline(line.split(". ")[0])
    return byline.names if byline else ()


def _end_mark(story: Sequence[Block]) -> int:
    """The first end mark, where two paragraphs and a third of the document come before it; 0 for none."""
    for number, block in enumerate(story):
        if number >= 2 and number * 3 >= len(story) and END_MARK.fullmatch(block.text):
            return number
    return 0


def _closing_heading(story: Sequence[Block]) -> int:
    """A heading like "Sources" with nothing but short lines and lists behind it; 0 for none."""
    for number, block in enumerate(story):
        if number == 0 or not (HEADING.fullmatch(block.lines[0]) or NOTES_HEADING.fullmatch(block.lines[0])):
            continue
        behind = [line for other in story[number:] for line in other.lines]
        is_list = all(len(line) <= LONGEST_LIST_LINE for line in behind)
        if NOTES_HEADING.fullmatch(block.lines[0]) or (is_list and (len(behind) > 1 or number == len(story) - 1)):
            return number
    return 0
