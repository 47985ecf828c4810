"""Tell headline, standfirst, byline, dateline, date lines and end notes apart from the story itself.

Everything here reads paragraphs in order and takes from the front what is plainly furniture. What is not plain stays in
the body, in its place: a standfirst is never guessed from its length alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from articles.documents.blocks import Block, part
from articles.documents.bylines import bare_byline, find_byline, find_credits, is_affiliation
from articles.documents.datelines import Filed, find_dateline, lone_dateline
from articles.documents.dates import date_line
from articles.documents.endings import cut_end_notes
from articles.documents.story import Credit, Dateline

# Longer lines are paragraphs: of headlines in print, the longest go to some 150 characters.
LONGEST_HEADLINE = 250
# Two sentences; what is longer between a headline and a byline is the story already.
LONGEST_STANDFIRST = 350
# Notice, standfirst, byline, date line, dateline: further down no furniture of the head is looked for.
HEAD = 6
# From here on a line can hold a sentence.
SHORTEST_PARAGRAPH = 80
NOTICE = re.compile(
    r"\W*(?:for immediate release|embargoed? (?:until|for|till)|strictly embargoed"
    r"|not for (?:release|broadcast|publication)|press release(?: no\.? .*)?$"
    r"|media (?:advisory|release)|news release|\(?eds:|editors: )",
    re.IGNORECASE,
)
QUOTED = re.compile(r"[“\"«„‘'].+[”\"»“’'][.,]?", re.DOTALL)
# Elements in which furniture is written; a list or a table is story.
PLAIN = frozenset({"p", "h2", "h3", "h4", "blockquote"})
# Blocks that may stand among the furniture without being any: a kicker, a score.
MOST_OTHERS = 2
SENTENCE_END = (".", "!", "?", "”", "’", '"', "'", "»", ")", ":", "…")


@dataclass
class Furniture:
    """What stands around a story, and the blocks that are the story. What is not there is empty."""

    headline: str = ""
    standfirst: str = ""
    byline: tuple[str, ...] = ()
    credits: tuple[Credit, ...] = ()
    dateline: Dateline | None = None
    published: date | datetime | None = None
    publisher: str = ""
    end_notes: tuple[str, ...] = ()
    body: list[Block] = field(default_factory=list)


def tell_apart(blocks: Sequence[Block], *, headline: str = "", standfirst: str = "") -> Furniture:
    """Tell the furniture of a story from its body.

    Args:
        blocks: the outermost elements of a document, in order.
        headline: where the document names it apart from its text; a block that repeats it is left out, with the kicker
            above it. Without it the first line is the headline, whatever it says, but for notices ("FOR IMMEDIATE
            RELEASE").
        standfirst: the same.

    Returns:
        No headline where the first block is longer than one can be.

    >>> from articles.documents.blocks import paragraph
    >>> lines = ["Rain floods Lagos", "By Ana Moss", "LAGOS (Delta Wire) – It rained."]
    >>> told = tell_apart([paragraph([line]) for line in lines])
    >>> told.headline, told.byline, told.dateline.agency, told.body[0].text
    ('Rain floods Lagos', ('Ana Moss',), 'Delta Wire', 'It rained.')
    """
    told = Furniture(headline=headline, standfirst=standfirst)
    rest = list(blocks)
    notices: list[str] = []
    while len(rest) > 1 and NOTICE.match(rest[0].text) and len(rest[0].text) <= LONGEST_HEADLINE:
        notices.append(rest.pop(0).text)
    rest = _without_headline(rest, headline) if headline else _take_headline(rest, told)
    if standfirst:
        rest = [block for number, block in enumerate(rest) if number >= HEAD or _bare(block.text) != _bare(standfirst)]
    rest = _take_head(rest, told, notices)
    ending = cut_end_notes(rest)
    told.body = ending.story
    told.end_notes = (*notices, *ending.notes)
    told.byline = told.byline or ending.names
    return told


def _take_headline(blocks: list[Block], told: Furniture) -> list[Block]:
    if not blocks or len(blocks[0].lines[0]) > LONGEST_HEADLINE:
        return blocks
    told.headline = blocks[0].lines[0].strip()
    return part(blocks[0], len(blocks[0].lines[0])) + blocks[1:]


def _without_headline(blocks: list[Block], headline: str) -> list[Block]:
    """Leave out the headline where the body repeats it, and what stands above it: a section's name, a label."""
    for number, block in enumerate(blocks[:HEAD]):
        if _bare(block.text) == _bare(headline):
            return blocks[number + 1 :]
        if _is_paragraph(block):
            break
    return blocks


def _take_head(blocks: list[Block], told: Furniture, notices: list[str]) -> list[Block]:
    """Take notices, byline, date lines, dateline and standfirst out of the first blocks; give back the others."""
    others: list[tuple[int, Block]] = []  # blocks that are no furniture, though some may follow
    first = last = None  # where furniture begins, and where the story may begin behind the last of it
    for number, block in enumerate(blocks[:HEAD]):
        story = [*(other.text for _, other in others), *(later.text for later in blocks[number + 1 :])]
        is_early = number <= 2 and len(others) <= 1
        if NOTICE.match(block.text) and len(block.text) <= LONGEST_HEADLINE:
            notices.append(block.text)
        elif block.name in PLAIN and _read_lines(block, told, story, is_early=is_early):
            first = number if first is None else first
        elif block.name == "p" and (filed := _dateline(block.text, story)):
            told.dateline, told.published = filed.dateline, told.published or filed.published
            blocks[number : number + 1] = part(block, filed.length)
            first, last = number if first is None else first, number
            break
        else:
            others.append((number, block))
            if len(others) > MOST_OTHERS or sum(_is_paragraph(other) for _, other in others) > 1:
                break
            continue
        last = number + 1
    last = last or 0
    before = [block for number, block in others if number < (first or 0)]
    behind = [block for number, block in others if (first or 0) < number < last]
    rest = behind + blocks[last:]
    if told.standfirst:
        return before + rest
    if before and first is not None and _can_be_standfirst(before[0], rest):
        told.standfirst = before.pop(0).text
    elif standfirst := _unmarked_standfirst(before + rest):
        told.standfirst = standfirst.text
        return [block for block in before + rest if block is not standfirst]
    return before + rest


def _read_lines(block: Block, told: Furniture, story: Sequence[str], *, is_early: bool) -> bool:
    """Read a block whose every line is byline, office, date line or dateline; else read nothing, and say no."""
    names: tuple[str, ...] = ()
    credits: tuple[Credit, ...] = ()
    place: Filed | None = None
    published = updated = None
    has_byline, publisher = False, ""
    for line in block.lines:
        parts = [part for part in re.split(r"\s+[|·•]\s+", line.strip()) if part]
        moments = [date_line(part) for part in parts]
        for moment in filter(None, moments):
            published, updated = published or moment.published, updated or moment.updated
        said = " | ".join(part for part, moment in zip(parts, moments, strict=True) if not moment)
        if not said:
            continue
        can_be_bare = is_early and _stands_alone(said, story)
        byline = find_byline(said) or (bare_byline(said) if can_be_bare else None)
        # "MUSCAT, Dec 1 (Gulf Dispatch)" is no heading; "RANIPET" may be one.
        filed = (
            lone_dateline(said, "\n".join(story)) if is_early and (can_be_bare or "," in said or "(" in said) else None
        )
        if byline and not has_byline and not (filed and said.split(",")[0].isupper()):
            has_byline, names, credits = True, byline.names, find_credits(said)
            place = place or (Filed(Dateline(byline.place), 0) if byline.place else None)
        elif filed:
            place = filed
        elif can_be_bare and _is_credit(said):
            publisher = publisher or said
        elif has_byline and (more := find_credits(said)):
            credits += more
        elif not (has_byline and is_affiliation(said)):
            return False
    told.byline = told.byline or names
    told.credits = told.credits or credits
    told.publisher = told.publisher or publisher
    told.published = told.published or published or updated or (place.published if place else None)
    told.dateline = told.dateline or (place.dateline if place else None)
    return True


def _dateline(text: str, story: Sequence[str]) -> Filed | None:
    """The dateline of the first paragraph; none where others have theirs, as in a column of news in brief."""
    filed = find_dateline(text, "\n".join(story))
    return None if filed and any(find_dateline(line) for other in story for line in other.split("\n")) else filed


def _is_credit(line: str) -> bool:
    """A newspaper's or agency's name, alone: "Magadh Bulletin Network", "VOCB Radio, Gander"."""
    return len(line.split()) <= 6 and line[0].isupper() and is_affiliation(line) and not re.search(r"\d", line)


def _stands_alone(line: str, story: Sequence[str]) -> bool:
    """Whether a line without a mark of its own ("Ruth Moss", "RANIPET") is no heading: a story follows, and no other
    line like it, as it would between the parts of a story or the items of a list."""
    if not any(len(text) >= SHORTEST_PARAGRAPH for text in story[:3]):
        return False
    headings = [text for text in story[1:-1] if _is_heading(text) and len(text) < SHORTEST_PARAGRAPH]
    return not any(text.isupper() == line.isupper() for text in headings)


def _can_be_standfirst(block: Block, rest: Sequence[Block]) -> bool:
    """Between headline and byline or dateline: a sentence or two, no label like "Diary"."""
    text = block.text
    if block.name not in PLAIN or len(text) > LONGEST_STANDFIRST or not rest:
        return False
    return bool(QUOTED.fullmatch(text)) or (len(text.split()) >= 5 and not text.endswith(":") and "\n" not in text)


def _unmarked_standfirst(blocks: Sequence[Block]) -> Block | None:
    """A standfirst told by its form or words alone: a quotation that is repeated, a long line without full stop."""
    if len(blocks) < 2 or blocks[0].name not in PLAIN:
        return None
    text, later = blocks[0].text, [block.text for block in blocks[1:]]
    if QUOTED.fullmatch(text) and len(text) <= LONGEST_STANDFIRST:
        words = _bare(text)
        return blocks[0] if len(words) >= 20 and any(words in _bare(other) for other in later) else None
    # "Mayor says the warning came by text message, forty minutes late" above a paragraph; "Erie 3 Skokie 3" is no such
    # line.
    is_line = 40 <= len(text) <= 200 and _is_heading(text) and len(text.split()) >= 6 and not text.isupper()
    if not is_line or re.search(r"[.:] |\d+\s*[-–]\s*\d+|\n", text) or not _is_paragraph(blocks[1]):
        return None
    return None if any(_is_heading(other) for other in later[1:-1]) else blocks[0]


def _is_heading(text: str) -> bool:
    return len(text) <= 200 and not text.rstrip().endswith(SENTENCE_END)


def _is_paragraph(block: Block) -> bool:
    return len(block.text) >= SHORTEST_PARAGRAPH and block.text.rstrip().endswith(SENTENCE_END)


def _bare(text: str) -> str:
    """Words alone, so that the comma before a closing mark, or the kind of mark, makes no difference."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))
