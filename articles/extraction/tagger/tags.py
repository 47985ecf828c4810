"""What a tagger says of a text, and what a tagger is: the protocol behind which the shipped model and others stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from articles.text.spans import Span


@dataclass(frozen=True, slots=True)
class Tag:
    """A stretch of the text, what it is, and how sure the tagger is of it (0..1)."""

    span: Span
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Voice:
    """Who may be speaking where a tagged content, cue or source stands: spans of names, each with its probability.

    What is left of 1 stands for nobody, or for somebody whose name is far away.
    """

    span: Span
    names: tuple[tuple[Span, float], ...]

    def named_behind(self, start: int) -> tuple[tuple[Span, float], ...]:
        """The names behind `start`, counted from there, as if those before it were not printed."""
        before = sum(share for span, share in self.names if span.start < start)
        least = max(1.0 - before, 1e-6)
        return tuple((span.moved(-start), share / least) for span, share in self.names if span.start >= start)


@dataclass(frozen=True, slots=True)
class Tags:
    """What a tagger found in a text, each in text order and without overlap among itself; names alone, perhaps.

    `names` carry the labels of `labels.NAMES`; `contents` are the reported words, one for each piece of a paragraph,
    quotation marks included; cues and sources may lie inside contents, where somebody reports what another said.
    `voices` say of contents, cues and sources whose they may be; a tagger need not know.
    """

    names: tuple[Tag, ...] = ()
    roles: tuple[Tag, ...] = ()
    contents: tuple[Tag, ...] = ()
    cues: tuple[Tag, ...] = ()
    sources: tuple[Tag, ...] = ()
    voices: tuple[Voice, ...] = ()

    def behind(self, start: int) -> Tags:
        """What lies behind `start`, counted from there; what a voice's names before it have falls to its others.

        >>> Tags(names=(Tag(Span(0, 3), "person", 1.0), Tag(Span(9, 12), "person", 1.0))).behind(5).names
        (Tag(span=Span(start=4, end=7), label='person', score=1.0),)
        """
        if not start:
            return self

        def kept(tags: tuple[Tag, ...]) -> tuple[Tag, ...]:
            return tuple(replace(tag, span=tag.span.moved(-start)) for tag in tags if tag.span.start >= start)

        voices = tuple(
            Voice(voice.span.moved(-start), voice.named_behind(start))
            for voice in self.voices
            if voice.span.start >= start
        )
        names, roles, contents, cues, sources = map(
            kept, (self.names, self.roles, self.contents, self.cues, self.sources)
        )
        return Tags(names, roles, contents, cues, sources, voices)


class NoTagger(Exception):
    """A tagger cannot be had: its library or its model is not installed, or of no use. The message says so."""


class Tagger(Protocol):
    """Anything that can tag a text."""

    @property
    def version(self) -> str:
        """What records name as the origin of what came of these tags."""

    def tag(self, text: str) -> Tags:
        """Tag a text of any length. Offsets are half-open code points into `text`."""
