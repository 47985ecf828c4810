"""A text as words, names, stretches in quotation marks and points, cut into sentences.

A name and a stretch in marks are one token each, so that rules read “…” Hill said as three tokens whatever is inside.
Decides where sentences end outside marks; leaves to `reports.py` whether a sentence goes on after a full stop within
them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from articles.extraction.types import Entity
from articles.text.spans import Span


class Sort(Enum):
    WORD = "word"
    NAME = "name"
    QUOTED = "quoted"
    POINT = "point"


@dataclass(frozen=True, slots=True)
class Part:
    """Which cue, source and content of the tagger's a token is in, by number; -1 for none.

    `score` is how sure the tagger is of the content, 0..1.
    """

    cue: int = -1
    source: int = -1
    content: int = -1
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a text that rules do not look into.

    `word` is the text in lower case with straight apostrophes. `index` numbers the entity of a name, and the quotation
    of a stretch in marks. `part` is None where no tagger looked for speech.
    """

    span: Span
    text: str
    word: str
    sort: Sort
    index: int = -1
    part: Part | None = None

    @property
    def is_capitalised(self) -> bool:
        return self.text[:1].isupper()

    @property
    def is_name(self) -> bool:
        return self.sort is Sort.NAME

    @property
    def is_quoted(self) -> bool:
        return self.sort is Sort.QUOTED

    def is_point(self, points: str) -> bool:
        return self.sort is Sort.POINT and self.text[0] in points

    @property
    def opens_sentence(self) -> bool:
        """Whether what stands in marks begins with a capital."""
        return self.is_quoted and self.text.lstrip("“„\"«»‘'[(… \u2009")[:1].isupper()

    def ends_with(self, points: str) -> bool:
        """Whether the last character inside the marks of a stretch is one of these points."""
        return self.is_quoted and self.text.rstrip("“”„\"«»‘’')] \u2009")[-1:] in tuple(points)


@dataclass(frozen=True, slots=True)
class Piece:
    """One span of a quotation."""

    span: Span
    quotation: int


NamedSpan = tuple[Span, int]

# A full stop within these ends no sentence. Initials and letters with stops (U.S., a.m.) are known by their shape.
_TITLES = (
    "Mr Mrs Ms Dr Prof Rev Hon St Sr Jr Gov Sen Rep Gen Col Capt Lt Sgt Maj Cmdr Cpl Pvt Det Insp Supt Pres Sec Amb "
    "Barr Cllr Msgr Fr Bro Engr Adj Comr Asst Assoc Brig Adm Atty Nos vs cf Inc Ltd Co Corp Bros Mt Ft Ave Blvd Rd "
    "Jan Feb Aug Sept Oct Nov Dec Ala Ariz Ark Calif Colo Conn Fla Ga Ind Kan Ky Md Mich Minn Mo Mont Neb Nev Okla "
    "Tenn Tex Va Vt Wis Wyo Ont Que Alta Sask"
).split()
# Ends a sentence where a new one plainly begins: at 9 p.m. The road …
_MAY_END = re.compile(r"(?:[a-z]\.[a-z]\.|Inc\.|Ltd\.|Co\.|Corp\.|Jr\.|Sr\.|U\.S\.|U\.K\.|B\.C\.|D\.C\.)\Z")
_TOKEN = re.compile(
    rf"""
    (?P<word>
        (?:[A-Za-z]\.){{2,}}                   # U.S., a.m.
      | [A-Z]\.(?=\s?[A-Z])                   # J. Hill
      | [Nn]o\.(?=\s?\d)                      # No. 2
      | (?:{"|".join(_TITLES)})\.             # Gov.
      | \d[\d.,:]*\d(?:[ap]m)?(?![\w‐-])     # 1,170 and 6.30pm
      | (?:(?<=\w)-)? \w+ (?:[’'\-‐&]\w+)*   # harbour, don’t, 34-year-old, -based behind a name
        (?:(?<=[sS])[’'](?=\s) | -(?=\S|\Z))? # farmers’, D- before a name
    )
  | (?P<point> \.\.\. | --+ | [^\w\s])
    """,
    re.VERBOSE,
)
_POSSESSIVE = re.compile(r"[’']s?(?!\w)")
_PARAGRAPH = re.compile(r"[^\n]+")
_STARTERS = frozenset(
    "the a an he she it they we i in on at but and his her its their there this that these those when while after "
    "as if for to no one some most many".split()
)


def named_spans(entities: Sequence[Entity]) -> list[NamedSpan]:
    """The mentions of all entities in text order, each with the index of its entity."""
    return sorted((span, index) for index, entity in enumerate(entities) for span in entity.mentions)


def tokenise(
    text: str, pieces: Sequence[Piece], names: Sequence[NamedSpan], within: Span | None = None
) -> list[list[Token]]:
    """Cut a text, or the stretch of it that `within` says, into paragraphs of tokens.

    `names` is what `named_spans` yields. Names inside marks stay inside; marks inside a name (Leopold “Lee” Church) are
    part of it. A possessive ending is a token of its own behind a name.
    """
    start, end = (within.start, within.end) if within else (0, len(text))
    first = bisect_left(names, start, key=lambda name: name[0].start)
    last = bisect_left(names, end, key=lambda name: name[0].start)
    names = names[first:last]
    blocks = [Token(p.span, p.span.of(text), "“”", Sort.QUOTED, p.quotation) for p in _outside_names(pieces, names)]
    quoted = [block.span for block in blocks]
    blocks += [
        Token(span, span.of(text), span.of(text).lower(), Sort.NAME, index)
        for span, index in _outside_marks(names, sorted(quoted))
    ]
    blocks.sort(key=lambda token: token.span)
    paragraphs, number = [], 0
    for paragraph in _PARAGRAPH.finditer(text, start, end):
        tokens: list[Token] = []
        position = paragraph.start()
        while number < len(blocks) and blocks[number].span.start < paragraph.end():
            block = blocks[number]
            tokens += _plain(text, position, block.span.start)
            tokens.append(block)
            position = block.span.end
            if block.is_name and (ending := _POSSESSIVE.match(text, position)):
                tokens.append(Token(Span(*ending.span()), ending.group(), "'s", Sort.WORD))
                position = ending.end()
            number += 1
        tokens += _plain(text, position, paragraph.end())
        paragraphs.append(tokens)
    return paragraphs


def _plain(text: str, start: int, end: int) -> Iterator[Token]:
    for match in _TOKEN.finditer(text, start, end):
        sort = Sort.WORD if match.lastgroup == "word" else Sort.POINT
        yield Token(Span(*match.span()), match.group(), match.group().lower().replace("’", "'"), sort)


def _outside_names(pieces: Sequence[Piece], names: Sequence[NamedSpan]) -> Iterator[Piece]:
    """The pieces that lie in no name."""
    number = 0
    for piece in sorted(pieces, key=lambda piece: piece.span):
        while number < len(names) and names[number][0].end <= piece.span.start:
            number += 1
        if number == len(names) or not (
            names[number][0].contains(piece.span) and len(names[number][0]) > len(piece.span)
        ):
            yield piece


def _outside_marks(names: Sequence[NamedSpan], quoted: Sequence[Span]) -> Iterator[NamedSpan]:
    number, end = 0, 0
    for span, index in names:
        while number < len(quoted) and quoted[number].end <= span.start:
            number += 1
        if span.start >= end and (number == len(quoted) or not quoted[number].overlaps(span)):
            yield span, index
            end = span.end


def ends_sentence(tokens: Sequence[Token], at: int) -> bool:
    """Whether a sentence ends with the token at `at`, which is no stretch in marks.

    “He left at 9 p.m. The road was shut” has two sentences; “at 9 p.m. Tuesday” and “Gov. Hill” none that ends there.
    ““No,” said Owen Pratt Jr. “Never,” said Ana Lopez.” has two as well.
    """
    token = tokens[at]
    if at + 1 == len(tokens):
        return True
    following = tokens[at + 1]
    if token.is_point(".?!…"):
        if following.is_point(".?!…)]"):
            return False
        starts = following.is_quoted or following.is_capitalised or following.text[0].isdigit()
        return starts or following.is_point("[—–-•“\"‘'") or not token.is_point("….")
    begins = (following.is_capitalised and following.word in _STARTERS) or (
        following.opens_sentence and following.ends_with(",.?!…")
    )
    return begins and bool(_MAY_END.search(token.text))
