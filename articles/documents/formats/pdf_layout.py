"""From the lines of printed pages to a headline and paragraphs.

What is decided from where lines stand and how large they are: which of them repeat on every page, where a paragraph
ends, what is a heading. Columns are read in the order in which the document draws them.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from articles.documents.furniture import LONGEST_HEADLINE, NOTICE

LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
PAGE_NUMBER = re.compile(
    r"[\W_]*(?:(?:page|seite|página|p\.|s\.)\s*)?\d{1,4}(?:\s*(?:/|of|von|sur|de|–|-)\s*\d{1,4})?[\W_]*", re.IGNORECASE
)
# Heads and feet stand in the outer eighths of a page.
MARGIN = 0.125
BULLET = re.compile(r"[•●▪‣◦∙■]\s*|[–*-]\s+")
SENTENCE_END = (".", "!", "?", "”", "’", '"', "»", ":", ")", "…")
HYPHENS = ("-", "‐", "\u00ad")
# "well-known", "self-made": with these a hyphen at the end of a line is one of the word, too.
COMPOUNDS = frozenset(
    "all anti cross ex first full half high long low mid multi new non off old on one post pre pro second self semi "
    "short so south north east west third two three four five six seven eight nine ten under up well".split()
)


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: its left end and its base in points from the page's corner, its size, its height on the page from
    0 (bottom) to 1."""

    text: str
    x: float
    y: float
    size: float
    is_bold: bool
    height: float


@dataclass(frozen=True, slots=True)
class Layout:
    """A headline, empty where none is larger than the text, and the text as HTML."""

    headline: str
    markup: str


def lay_out(pages: Sequence[Sequence[Line]]) -> Layout:
    """Put the lines of pages together again.

    >>> lines = [Line(text, 72, y, 11, False, y / 800) for text, y in [("It rains in", 700), ("Lagos.", 687)]]
    >>> lay_out([lines]).markup
    '<p>It rains in Lagos.</p>'
    """
    kept = [_with_initials(page) for page in without_margins(pages)]
    size = _usual([(line.size, len(line.text)) for page in kept for line in page])
    leading = _leading(kept, size)
    words = Counter(word for page in kept for line in page for word in re.findall(r"[\w-]+", line.text.casefold()))
    paragraphs: list[list[Line]] = []
    for page in kept:
        for number, line in enumerate(page):
            last = paragraphs[-1][-1] if paragraphs else None
            if last and _goes_on(last, line, page, leading, is_new_page=not number):
                paragraphs[-1].append(line)
            else:
                paragraphs.append([line])
    texts = [(paragraph[0], _joined(paragraph, words)) for paragraph in paragraphs]
    return Layout(_headline(texts, size), "".join(_markup(texts, size)))


def without_margins(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Leave out page numbers, and heads and feet that are the same on several pages, whatever number is in them."""
    seen = Counter(key for page in pages for key in {_key(line) for line in page if _is_marginal(line)})
    often = max(2, (len(pages) + 1) // 2)
    return [
        [
            line
            for line in page
            if not (_is_marginal(line) and (seen[_key(line)] >= often or PAGE_NUMBER.fullmatch(line.text)))
        ]
        for page in pages
    ]


def _is_marginal(line: Line) -> bool:
    return not MARGIN < line.height < 1 - MARGIN


def _key(line: Line) -> str:
    return re.sub(r"\d+", "0", line.text.casefold())


def _with_initials(page: Sequence[Line]) -> list[Line]:
    """Put a capital that fills several lines before the line that it begins, and letters that are one apart again."""
    lines: list[Line] = []
    for line in page:
        text = line.text.translate(LIGATURES)
        last = lines[-1] if lines else None
        if last and len(last.text) == 1 and last.text.isupper() and last.size > 1.6 * line.size:
            lines[-1] = replace(line, text=last.text + text)
        else:
            lines.append(replace(line, text=text))
    return lines


def _usual(sizes: Sequence[tuple[float, int]]) -> float:
    counted: Counter[float] = Counter()
    for size, length in sizes:
        counted[size] += length
    return max(counted, key=lambda size: counted[size], default=0.0)


def _leading(pages: Sequence[Sequence[Line]], size: float) -> float:
    """How far the lines of the text are apart, in sizes of their letters."""
    gaps = [
        (line.y - after.y) / size
        for page in pages
        for line, after in pairwise(page)
        if size and line.size == after.size == size and 0 < line.y - after.y < 3 * size
    ]
    # The smallest usual one: between paragraphs there may be more.
    return min(median(gaps), _usual([(round(gap, 1), 1) for gap in gaps])) if gaps else 1.2


def _goes_on(last: Line, line: Line, page: Sequence[Line], leading: float, *, is_new_page: bool) -> bool:
    """Whether a line belongs to the paragraph of the one before it."""
    if abs(last.size - line.size) > 0.6 or last.is_bold != line.is_bold or BULLET.match(line.text):
        return False
    gap = (last.y - line.y) / (line.size or 1)
    ends = last.text.endswith(SENTENCE_END)
    longest = max((len(other.text) for other in page if other.size == line.size), default=0)
    if is_new_page or not -0.5 < gap < 4:
        # The next page or column: what does not end there goes on.
        is_cut = line.text[:1].islower() or last.text.endswith((*HYPHENS, ",")) or len(last.text) > 0.6 * longest
        return not ends and is_cut
    if gap > 1.25 * max(leading, 0.9) and gap > leading + 0.2:
        return False
    is_short = len(last.text) < 0.7 * longest
    is_indented = line.x > last.x + 0.8 * line.size
    return not (ends and (is_short or is_indented))


def _joined(lines: Sequence[Line], words: Counter[str]) -> str:
    text = lines[0].text
    for line in lines[1:]:
        if text.endswith(HYPHENS) and text[-2:-1].isalnum() and line.text[:1].isalpha():
            text = _mended(text, line.text, words)
        else:
            text += f" {line.text}"
    return text


def _mended(text: str, after: str, words: Counter[str]) -> str:
    """Join a word that a line end cut: "har-" and "bour" are harbour, "well-" and "known" stay what they are."""
    first = re.search(r"[^\W_]*.$", text)
    before = first.group()[:-1].casefold() if first else ""
    behind = re.match(r"[^\W_]*", after.casefold())
    second = behind.group() if behind else ""
    is_soft = text.endswith("\u00ad")
    has_hyphen = words[f"{before}-{second}"] or (before in COMPOUNDS and not words[before + second])
    if not is_soft and (has_hyphen or not after[:1].islower()) and not words[before + second] > 0:
        return f"{text}{after}"
    return f"{text[:-1]}{after}"


def _headline(texts: Sequence[tuple[Line, str]], size: float) -> str:
    """The largest text that can be a headline, on the first page."""
    large = [
        (line.size, text)
        for line, text in texts[:20]
        if line.size > 1.15 * size
        and len(text) <= LONGEST_HEADLINE
        and len(text.split()) >= 3
        and not NOTICE.match(text)
    ]
    return max(large, key=lambda found: found[0])[1] if large else ""


def _markup(texts: Sequence[tuple[Line, str]], size: float) -> Iterator[str]:
    has_list = False
    for line, text in texts:
        bullet = BULLET.match(text)
        if bool(bullet) != has_list:
            yield "</ul>" if has_list else "<ul>"
            has_list = bool(bullet)
        written = html.escape(text[bullet.end() :] if bullet else text, quote=False)
        is_heading = (line.size > 1.1 * size or line.is_bold) and len(text) < 90 and not text.endswith((".", "!", "?"))
        yield f"<li>{written}</li>" if bullet else f"<h2>{written}</h2>" if is_heading else f"<p>{written}</p>"
    if has_list:
        yield "</ul>"
