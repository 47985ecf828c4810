"""The place and agency in front of a story's first words.

What is decided: whether the beginning of a paragraph is a dateline, and where the story begins behind it. Undecided:
where in the world the place is. In doubt the words stay in the story.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from articles.documents import dates
from articles.documents.places import folded, is_city, is_famous_city, is_large_city, is_place, is_region
from articles.documents.story import Dateline
from articles.documents.words import words

# "VÍCTOR ROSALES, Mexico, July 19 (Cono News)" is as long as they get; a little more for a long agency.
LONGEST = 110
SEPARATOR = re.compile(r"\s*(?P<mark>[—–―]|-{2,}|(?<=\s)-(?=\s)|-(?=[^\W\d_])|[:|])\s*(?=\S)")
# "BUDAPEST, October 2 (EuroPress). A court": looked at last, for abbreviations have points as well ("FARGO, N.D. --").
FULL_STOP = re.compile(r"(?P<mark>\.)\s+(?=\S)")
AGENCY = re.compile(r"\s*\((?P<agency>[^()]{2,50})\)$")
DATE_WORDS = re.compile(
    r"(?:(?P<month>[^\W\d_]{3,10})\.?\s*(?P<day>\d{1,2})|(?P<day2>\d{1,2})\s*(?P<month2>[^\W\d_]{3,10})\.?)"
)
SMALL_WORDS = frozenset(
    "al and da das de del der di do dos du el en la las le les los of on sur the und upon van y".split()
)
# What a lead can begin with, after a dateline: "PARIS — The", "“No,”", "14 people".
BEGINNING = re.compile(r"[^\W_a-zß-öø-ÿ]|[“”\"'‘«„»]|\[")
DASHES = frozenset("—–―-")


@dataclass(frozen=True, slots=True)
class Filed:
    """A dateline found: `length` code points of the paragraph belong to it, the separator and its spaces included.

    `published` is the date it prints, only where that has its year.
    """

    dateline: Dateline
    length: int
    published: date | datetime | None = None


@dataclass(frozen=True, slots=True)
class _Head:
    place: str
    agency: str
    city: str
    region: str
    has_date: bool
    published: date | datetime | None

    @property
    def is_capitals(self) -> bool:
        """As "LaGRANGE" and "ST. CLOUD" are, and "Paris" is not."""
        letters = [character for character in self.city if character.isalpha()]
        small = sum(character.islower() for character in letters)
        return len(letters) >= 2 and small * 4 <= len(letters)

    @property
    def is_known(self) -> bool:
        return any(is_place(part) for part in [self.city, *re.split(r"[/-]", self.city)])


def find_dateline(paragraph: str, story: str = "") -> Filed | None:
    """Find the dateline at the beginning of a paragraph.

    A place in capitals with an agency, a date or a region beside it is one; so is a place alone that GeoNames or the
    story itself knows ("in Esuk Oron"). Small letters need a known place as well. Never an acronym that begins a
    sentence ("NATO – the alliance – said").

    Args:
        paragraph: the plain text of the story's first paragraph.
        story: the text of the whole story, in which an unknown place may be named again.

    Returns:
        None where there is none, or where it is in doubt.

    >>> find_dateline("TORONTO (Kurdistan 24) – Canada will lead a mission.")
    Filed(dateline=Dateline(place='TORONTO', agency='Kurdistan 24'), length=25, published=None)
    """
    start = paragraph[: LONGEST + 8]
    for separator in (*SEPARATOR.finditer(start), *FULL_STOP.finditer(start)):
        head = _read_head(paragraph[: separator.start()])
        rest = paragraph[separator.end() :]
        if head and _is_dateline(head, separator["mark"].strip(), rest, story):
            return Filed(Dateline(head.place, head.agency), separator.end(), head.published)
    return None


def lone_dateline(line: str, story: str = "") -> Filed | None:
    """Read a line that is a dateline and nothing else: "MINAKAMI, Japan" above the first paragraph.

    >>> lone_dateline("MUSCAT, Dec 1 (Gulf Dispatch)").dateline
    Dateline(place='MUSCAT', agency='Gulf Dispatch')
    """
    head = _read_head(line.strip())
    if head is None or len(head.city.split()) > 3:
        return None
    has_proof = head.is_known and (is_region(head.region) or head.has_date or bool(head.agency))
    has_proof = has_proof or (head.is_capitals and is_region(head.region))
    if has_proof or (head.is_capitals and (head.is_known or _is_named(head.city, story))):
        return Filed(Dateline(head.place, head.agency), len(line), head.published)
    return None


def _is_dateline(head: _Head, mark: str, rest: str, story: str) -> bool:
    if not BEGINNING.match(rest):
        return False
    is_dash = mark[0] in DASHES
    if mark == "." and not (head.agency or (head.is_capitals and (is_region(head.region) or not head.region))):
        return False
    if head.is_capitals:
        is_known = head.is_known or _is_named(head.city, rest) or _is_named(head.city, story)
        # "KOSONEN (Radio Vaasa): Why now?" is a speaker with the name of who sends him.
        if is_known or is_region(head.region):
            return True
        # "NATO – the alliance – said" and "IBM -- The company": no place of that name. Nor "IBM, Apple – The
        # companies".
        return is_dash and bool(head.agency or (head.has_date and len(head.city) > 5))
    if not head.is_known or (mark == "-" and not (head.agency or head.has_date or head.region)):
        return False
    if head.agency or head.has_date:
        return True
    if head.region:
        return is_region(head.region) and is_city(head.city) and mark != "."
    # "Amersham – A churchwarden", "Cairo: A limestone figure"; "Florence: I was nine" is a speaker, told by what
    # follows.
    if mark == ":":
        return is_large_city(head.city) and not _has_labels(story)
    return mark in {"—", "–", "―", "--", "|"}


def _read_head(head: str) -> _Head | None:
    """Take apart "BATTIR, West Bank, April 22 (Agence Levant)"; None for what has another shape."""
    if not 2 <= len(head) <= LONGEST or "\n" in head:
        return None
    agency, has_date, published = "", False, None
    # "MAZARGUES (Marseille)" says where a place is; "LAGOS (Meridian)" is an agency, whatever town bears its name.
    if (match := AGENCY.search(head)) and not is_famous_city(match["agency"]):
        # "(Mindanao Wire, 11 Feb)" has its date inside.
        agency, *dated = re.split(r"\s*[,/|]\s*(?=\S*\d)", match["agency"].strip(), maxsplit=1)
        has_date = bool(dated and _date_parts(dated))
        if not (agency[0].isupper() or agency[0].isdigit()) or len(dated) > has_date:
            return None
        head = head[: match.start()]
    places = [part.strip() for part in head.strip(" ,").split(",")]
    while len(places) > 1 and (said := _date_parts(places)):
        count, moment = said
        has_date, published = True, published or moment
        del places[-count:]
    if not 1 <= len(places) <= 3 or not all(_is_name(place) for place in places):
        return None
    city = re.sub(r"\s*\([^()]*\)$", "", places[0])
    return _Head(", ".join(places), agency, city, places[1] if len(places) > 1 else "", has_date, published)


def _date_parts(parts: list[str]) -> tuple[int, date | datetime | None] | None:
    """How many of the last parts are a date, and the date where they print its year."""
    for count in (3, 2):
        if count < len(parts) and (moment := dates.full_date(", ".join(parts[-count:]))):
            return count, moment
    last = parts[-1]
    if moment := dates.full_date(last):
        return 1, moment
    if dates.is_weekday(last):
        return 1, None
    match = DATE_WORDS.fullmatch(last.rstrip("."))
    if match and dates.is_month(match["month"] or match["month2"]):
        return 1, None
    return None


def _is_name(name: str) -> bool:
    """One to five words in capitals or with capitals at their beginning."""
    name = re.sub(r"\s*\(([^()]*)\)$", r" \1", name)
    parts = [part for part in re.split(r"[\s/]+", name) if part]
    if not 1 <= len(parts) <= 5 or not all(part in SMALL_WORDS or _is_name_word(part) for part in parts):
        return False
    return not any(part.casefold() in words("weekdays") for part in parts) and parts[-1] not in SMALL_WORDS


def _is_name_word(word: str) -> bool:
    return bool(
        re.fullmatch(r"[^\W\d_a-zß-öø-ÿ][^\W\d_]*(?:['’.-][^\W\d_]*)*", word.removeprefix("al-").removeprefix("'"))
    )


def _is_named(city: str, story: str) -> bool:
    """Whether the story itself says where the place is: "in Esuk Oron", "near Stony Narrows"."""
    letters = folded(city)
    if len(letters) < 4:
        return False
    for match in re.finditer(
        r"\b(?:in|at|near|from|of|to|around|outside|above)\s+((?:[^\W\d_][\w’'.-]*\s*){1,5})", story
    ):
        if f"{folded(match[1])} ".startswith(f"{letters} ") and not match[1].split()[0].islower():
            return True
    return False


def _has_labels(story: str) -> bool:
    """Whether other paragraphs begin with a label and a colon, as the turns of an interview do."""
    return bool(re.search(r"\n[^\W\d_][\w .]{0,30}: ", story))
