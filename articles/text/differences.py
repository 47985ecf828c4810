"""What changed between two versions of a text, block by block and word by word, and how three versions become one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

# A word with the white space behind it, or one mark: “Harbour”, “ ”, “,”.
WORDS = re.compile(r"\w+(?:['’]\w+)*|\s+|[^\w\s]")
ALIKE = 0.4  # share of words that two blocks must have in common to be one block, edited
LONGEST_COMPARED = 4_000  # words; comparing longer blocks word by word takes too long
FOLD_AROUND = 1  # unchanged blocks that stay beside a change, to see where it is


class Kind(Enum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand in both versions or in one of them."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a text with what changed in it. `folded` says how many unchanged blocks are left out here."""

    pieces: tuple[Piece, ...]
    folded: int = 0

    @property
    def is_changed(self) -> bool:
        return any(piece.kind is not Kind.SAME for piece in self.pieces)


def compare(old: str, new: str) -> list[Block]:
    """The blocks (lines) of two versions of a text, in order, each with its words that stayed, came and went.

    >>> [piece.text for piece in compare("It sails.", "It sails again.")[0].pieces]
    ['It sails', ' again', '.']
    """
    before, after = old.splitlines(), new.splitlines()
    blocks: list[Block] = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            blocks += [Block((Piece(Kind.SAME, line),)) for line in before[i:j]]
        else:
            blocks += _paired(before[i:j], after[k:m])
    return blocks


def _paired(before: Sequence[str], after: Sequence[str]) -> Iterator[Block]:
    """Edited blocks beside what they were, those that only one version has by themselves."""
    start = 0
    for line in before:
        # The nearest one that is alike: blocks that changed places as well are shown as gone and new.
        found = next((n for n in range(start, len(after)) if _are_alike(line, after[n])), None)
        if found is None:
            yield Block((Piece(Kind.REMOVED, line),))
            continue
        yield from (Block((Piece(Kind.ADDED, each),)) for each in after[start:found])
        yield Block(tuple(compare_words(line, after[found])))
        start = found + 1
    yield from (Block((Piece(Kind.ADDED, each),)) for each in after[start:])


def _are_alike(left: str, right: str) -> bool:
    ours, theirs = words(left), words(right)
    if max(len(ours), len(theirs)) > LONGEST_COMPARED:
        return False
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def words(text: str) -> list[str]:
    return WORDS.findall(text)


def compare_words(old: str, new: str) -> list[Piece]:
    """Two versions of one line, as runs of words that stayed, went and came."""
    before, after = words(old), words(new)
    pieces: list[Piece] = []
    gone = come = ""
    opcodes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for number, (tag, i, j, k, m) in enumerate(opcodes):
        same = "".join(before[i:j])
        is_between = 0 < number < len(opcodes) - 1
        if tag == "equal" and (same.strip() or not is_between):
            pieces += [*_changed(gone, come), Piece(Kind.SAME, same)]
            gone = come = ""
        else:
            # A space between two words that changed belongs to both: one change reads better than two.
            gone, come = gone + same, come + "".join(after[k:m])
    return [*pieces, *_changed(gone, come)]


def _changed(gone: str, come: str) -> list[Piece]:
    return [Piece(kind, text) for kind, text in ((Kind.REMOVED, gone), (Kind.ADDED, come)) if text]


def fold(blocks: Sequence[Block], *, around: int = FOLD_AROUND) -> list[Block]:
    """The blocks without long unchanged stretches: in place of each stands one that says how many it was."""
    near = {
        other
        for number, block in enumerate(blocks)
        if block.is_changed
        for other in range(number - around, number + around + 1)
    }
    shown: list[Block] = []
    for number, block in enumerate(blocks):
        if number in near:
            shown.append(block)
        elif shown and shown[-1].folded:
            shown[-1] = Block((), shown[-1].folded + 1)
        else:
            shown.append(Block((), 1))
    return shown


def count_words(blocks: Sequence[Block]) -> tuple[int, int]:
    """How many words came, and how many went."""
    numbers = {Kind.ADDED: 0, Kind.REMOVED: 0, Kind.SAME: 0}
    for block in blocks:
        for piece in block.pieces:
            numbers[piece.kind] += sum(word[0].isalnum() for word in words(piece.text))
    return numbers[Kind.ADDED], numbers[Kind.REMOVED]
