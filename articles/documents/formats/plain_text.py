"""Plain text: paragraphs between blank lines, or a paragraph a line; lines broken by hand are joined again."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from articles.documents import blocks
from articles.documents.assembling import Draft, assemble
from articles.documents.encodings import decode
from articles.documents.story import Story
from articles.text import normalize

# Mail breaks lines at 72 to 80 characters, old terminals at 132 at most; a longest line beyond this was not broken by
# hand.
WIDEST = 132
# Narrower columns are verse and lists.
NARROWEST = 40
# A typesetter that balances lines leaves some room at their ends.
ROOM = 0.9
GAP = re.compile(r" {2,}|\t| ?\.{4,} ?")


def read(content: bytes, source: str) -> Iterator[Story]:
    """Read one story from a plain text.

    Raises:
        UnknownEncoding: the bytes are no text.
        NoStory: the first paragraph is too long for a headline.
    """
    text = normalize.clean(decode(content, source))
    yield assemble(Draft(to_html(text)), source=source, format="text")


def to_html(text: str) -> str:
    """Write a plain text as paragraphs.

    Aligned columns become `pre`, lines behind ">" a quotation; other single line ends stay line ends, unless the lines
    were broken to a width.

    >>> to_html("Rain\\n\\nIt rained.\\nA lot.")
    '<p>Rain</p><p>It rained.<br>A lot.</p>'
    """
    lines = [line.rstrip() for line in text.strip("\n").split("\n")]
    width = _broken_to(lines)
    groups = _groups(lines)
    if len(groups) == 1 and len(groups[0]) > 1:
        # No blank line at all: each line is a paragraph, or each run of lines that were broken to the width.
        groups = [[line] for line in _joined(groups[0], width)]
    return "".join(_block(group, width) for group in groups)


def _groups(lines: Sequence[str]) -> list[list[str]]:
    groups: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def _block(lines: list[str], width: int) -> str:
    if len(lines) > 1 and all(line.startswith(">") for line in lines):
        return f"<blockquote>{to_html(chr(10).join(line.lstrip('> ') for line in lines))}</blockquote>"
    if _is_table(lines):
        written = html.escape("\n".join(lines), quote=False)
        return f"<pre>{written}</pre>"
    joined = [line.strip() for line in _joined(lines, width)]
    # A long line is a paragraph of its own: no list and no verse has such lines.
    if any(len(line) > WIDEST for line in joined[1:]):
        return "".join(blocks.paragraph([line]).html for line in joined)
    return blocks.paragraph(joined).html


def _is_table(lines: Sequence[str]) -> bool:
    """Whether most lines have gaps between columns; one such gap is a slip."""
    return len(lines) > 2 and sum(len(GAP.findall(line.strip())) > 0 for line in lines) * 3 >= len(lines) * 2


def _broken_to(lines: Sequence[str]) -> int:
    """The width that the lines of a document were broken to; 0 where they were not."""
    width = max(map(len, lines), default=0)
    if not NARROWEST <= width <= WIDEST:
        return 0
    pairs = [(line, after) for line, after in pairwise(lines) if line.strip() and after.strip()]
    full = [line for line, after in pairs if _is_full(line, after, width)]
    return width if len(full) >= 3 and len(full) * 2 >= len(pairs) else 0


def _is_full(line: str, after: str, width: int) -> bool:
    """Whether the next line's first word did not fit on a line any more."""
    return len(line) + 1 + len(after.split()[0]) > width * ROOM


def _joined(lines: Sequence[str], width: int) -> list[str]:
    if not width:
        return list(lines)
    joined = [lines[0]]
    for line, after in pairwise(lines):
        if _is_full(line, after, width) and not GAP.search(after.strip()):
            joined[-1] += f" {after.strip()}"
        else:
            joined.append(after)
    return joined
