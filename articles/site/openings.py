"""The first words of a story, where it has no standfirst."""

from __future__ import annotations


def opening(text: str) -> str:
    """The first paragraph of a text, or as many of its words as a standfirst might have."""
    paragraph = text.partition("\n")[0]
    return paragraph if len(paragraph) <= 220 else paragraph[:220].rpartition(" ")[0].rstrip(",;:–—-") + " …"
