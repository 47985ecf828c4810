"""Word lists of the documents layer: data files beside this module, each with its source and licence on top."""

from __future__ import annotations

from functools import cache
from importlib import resources


def lines(name: str) -> list[str]:
    """The lines of a word list, comments left out."""
    text = resources.files("articles.documents.lexicons").joinpath(f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def words(name: str) -> frozenset[str]:
    """The words of a list, casefolded."""
    return frozenset(word.casefold() for line in lines(name) for word in line.split())
