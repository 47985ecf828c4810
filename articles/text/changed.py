"""Which blocks of a text an edit changed."""

from __future__ import annotations

from difflib import SequenceMatcher

from articles.text.spans import Span


def changed_blocks(old: str, new: str) -> tuple[list[Span], list[Span]]:
    """The blocks that stand in only one of two versions of a text, as spans of the first and of the second, in order.

    A block is a line. A changed one is in both lists; one that was added is in the second alone.

    >>> changed_blocks("It sails.\\nAll is well.", "It stays.\\nAll is well.")
    ([Span(start=0, end=9)], [Span(start=0, end=9)])
    """
    old_lines, new_lines = old.split("\n"), new.split("\n")
    gone: list[Span] = []
    come: list[Span] = []
    old_places, new_places = _places(old_lines), _places(new_lines)
    for tag, i, j, k, m in SequenceMatcher(None, old_lines, new_lines, autojunk=False).get_opcodes():
        if tag != "equal":
            gone += [place for place in old_places[i:j] if place]
            come += [place for place in new_places[k:m] if place]
    return gone, come


def _places(lines: list[str]) -> list[Span | None]:
    """The span of each line; an empty one has none."""
    places: list[Span | None] = []
    start = 0
    for line in lines:
        places.append(Span(start, start + len(line)) if line else None)
        start += len(line) + 1
    return places
