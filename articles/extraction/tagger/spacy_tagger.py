"""Any spaCy pipeline as a tagger of names: other languages, and larger models.

spaCy is not part of the program (`pip install "newsroom[spacy]"`), nor are its pipelines. A pipeline tags names alone:
no roles, no speech. It is loaded at the first text, once a process.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from articles.extraction.tagger.labels import LOCATION, ORGANISATION, OTHER, PERSON
from articles.extraction.tagger.tags import NoTagger, Tag, Tags
from articles.text.spans import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Span as EntitySpan

# What the pipelines of some twenty languages call their entities. Nationalities (NORP), dates and numbers are no names.
_LABELS = {
    PERSON: "PER PERSON PRS persName",
    ORGANISATION: "ORG ORGANIZATION GPE_ORG orgName",
    LOCATION: "LOC GPE GPE_LOC FAC FACILITY placeName geogName",
    OTHER: "EVENT EVN EVT LAW MISC OBJ PROD PRODUCT WORK_OF_ART WRK",
}
KINDS = {label: kind for kind, labels in _LABELS.items() for label in labels.split()}
# Pipelines do not say how sure they are. Their published F1 on news is about this: sure enough to look for a name again
# where it was passed over, not enough to overrule a list.
CERTAINTY = 0.85
# A pipeline refuses texts of more than a million characters, and its memory grows with the text.
_LONGEST = 20_000
_PIECE = re.compile(
    "|".join(rf".{{1,{_LONGEST}}}{end}" for end in (r"(?:\n|\Z)", r"[.?!]\s", r"\s")) + rf"|.{{{_LONGEST}}}", re.DOTALL
)


class SpacyTagger:
    """The tagger of a loaded pipeline.

    Raises:
        NoTagger: nothing that the pipeline finds is a name.
    """

    def __init__(self, pipeline: Language) -> None:
        about = pipeline.meta
        self._version = f"spaCy {about['lang']}_{about['name']} {about['version']}"
        labels = {label for labels in pipeline.pipe_labels.values() for label in labels}
        if not labels & KINDS.keys():
            raise NoTagger(f"{self._version} finds no names; expected a pipeline with one of the labels PER, LOC, ORG")
        self._pipeline = pipeline

    @property
    def version(self) -> str:
        return self._version

    def tag(self, text: str) -> Tags:
        """Tag a text; see `Tagger.tag`. Long texts are read in pieces, cut behind a paragraph or else a sentence."""
        return Tags(
            names=tuple(
                Tag(_span(piece, name), KINDS[name.label_], CERTAINTY)
                for piece in _PIECE.finditer(text)
                for name in self._pipeline(piece.group()).ents
                if name.label_ in KINDS
            )
        )


def _span(piece: re.Match[str], name: EntitySpan) -> Span:
    """Where a name stands in the text; “the Harbour Board” is the Harbour Board."""
    skipped = len("the ") if name.text.startswith("the ") else 0
    return Span(piece.start() + name.start_char + skipped, piece.start() + name.end_char)


@cache
def spacy_tagger(name: str) -> SpacyTagger:
    """The tagger of an installed pipeline (“de_core_news_sm”) or of a folder with one, loaded once a process.

    Raises:
        NoTagger: spaCy or the pipeline is not installed, or it cannot be used.
    """
    if problem := find_problem(name):
        raise NoTagger(problem)
    import spacy

    try:
        return SpacyTagger(spacy.load(name))
    except (ImportError, OSError, ValueError) as error:
        raise NoTagger(f"the spaCy pipeline “{name}” cannot be loaded: {' '.join(str(error).split())}") from error


def find_problem(name: str) -> str:
    """Why the pipeline of a name is not there, in words, without loading anything; empty if it is."""
    if find_spec("spacy") is None:
        return 'spaCy is not installed; “pip install "newsroom[spacy]"” installs it'
    if Path(name, "config.cfg").is_file() or (name.isidentifier() and find_spec(name)):
        return ""
    return f"there is no spaCy pipeline “{name}”; “python -m spacy download {name}” installs those of spaCy"
