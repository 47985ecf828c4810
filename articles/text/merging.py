"""Make one text of two that were edited apart: the method of diff3, block by block.

Sanjeev Khanna, Keshav Kunal and Benjamin C. Pierce, “A Formal Investigation of Diff3” (2007), describe it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Keep = Literal["mine", "theirs", "both"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Blocks that follow each other: as they were, and as each side has them."""

    base: tuple[str, ...]
    mine: tuple[str, ...]
    theirs: tuple[str, ...]

    @property
    def is_conflict(self) -> bool:
        """Whether both sides changed it, each in its own way."""
        return self.mine != self.theirs and self.base not in (self.mine, self.theirs)

    def resolved(self, keep: Keep = "both") -> tuple[str, ...]:
        """What becomes of it; where both sides changed it, as `keep` says, theirs before mine."""
        if not self.is_conflict:
            return self.theirs if self.mine == self.base else self.mine
        if keep == "both":
            return (*self.theirs, *(block for block in self.mine if block not in self.theirs))
        return self.mine if keep == "mine" else self.theirs


def merge(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> list[Stretch]:
    """Three versions as stretches that both sides left alone, one side changed, or both did.

    >>> [stretch.resolved() for stretch in merge(["a", "b", "c"], ["A", "b", "c"], ["a", "b", "C"])]
    [('A',), ('b',), ('C',)]
    """
    return list(_stretches(base, mine, theirs))


def _stretches(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> Iterator[Stretch]:
    ours, others = _stayed(base, mine), _stayed(base, theirs)
    start, i, j = 0, 0, 0
    for number in range(len(base) + 1):
        is_end = number == len(base)
        if not is_end and not (number in ours and number in others):
            continue
        k, m = (len(mine), len(theirs)) if is_end else (ours[number], others[number])
        if (start, i, j) != (number, k, m):
            yield from _one_by_one(Stretch(tuple(base[start:number]), tuple(mine[i:k]), tuple(theirs[j:m])))
        if not is_end:
            block = (base[number],)
            yield Stretch(block, block, block)
        start, i, j = number + 1, k + 1, m + 1


def _one_by_one(stretch: Stretch) -> Iterator[Stretch]:
    """A stretch of as many blocks on each side, block by block: two neighbours edited apart are no conflict."""
    if len(stretch.base) == len(stretch.mine) == len(stretch.theirs):
        for blocks in zip(stretch.base, stretch.mine, stretch.theirs, strict=True):
            yield Stretch(*((block,) for block in blocks))
    else:
        yield stretch


def _stayed(base: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    """The blocks of `base` that `other` has still, each with its place there."""
    matcher = SequenceMatcher(None, base, other, autojunk=False)
    return {i + n: j + n for i, j, size in matcher.get_matching_blocks() for n in range(size)}
