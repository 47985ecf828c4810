"""Who speaks where a quotation has no cue of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from articles.extraction.cast import Cast
from articles.extraction.discourse import Discourse
from articles.extraction.parts import SURE_OF_MARKS
from articles.extraction.sources import Range, leading_subject
from articles.extraction.speakers import Speaker, speaker_of
from articles.extraction.tokens import Sort, Token
from articles.extraction.types import Kind
from articles.extraction.words import may_be_finite

LABELLED = "named beside the quotation"
CONTINUED = "continues the speaker before"
SUBJECT = "the one told of just before"
ANSWER = "the answer to the question before"

# A label before a colon has no more words than this: From Hugh Hill of the Harbour Trust: …
_LONGEST_LABEL = 14


@dataclass(frozen=True, slots=True)
class Loose:
    """A speaker, and the source phrase that names them, if one does."""

    speaker: Speaker
    source: Range | None = None


def speaker_without_cue(
    tokens: Sequence[Token], at: int, cast: Cast, discourse: Discourse, *, begins_paragraph: bool
) -> Loose | None:
    """Find who speaks the stretch in marks at token `at`; None where it is no speech.

    “Ana Lopez: “No.””, ““No.” — Ana Lopez” and “She is blunt: “No.”” name her; ““No.”” alone is hers who spoke or was
    told of before. Marks in the middle of a sentence, without a colon before them, enclose no speech.
    """
    if at and tokens[at - 1].is_point(":"):
        return _behind_colon(tokens, at, cast, discourse)
    if any(token.sort is not Sort.POINT and not token.is_quoted for token in tokens[:at]):
        return None
    behind = tokens[at + 1 :]
    if not any(token.sort is not Sort.POINT and not token.is_quoted for token in behind):
        return Loose(_before(discourse, cast, begins_paragraph=begins_paragraph))
    if behind[0].is_point("—–-") and any(token.is_name for token in behind[1:4]):
        end = len(tokens) - tokens[-1].is_point(".")
        if not any(may_be_finite(token) for token in behind):
            speaker = speaker_of(tokens, (at + 2, end), cast, discourse)
            return Loose(Speaker(speaker.index, LABELLED), (at + 2, end))
    return None


def speaker_within(tokens: Sequence[Token], at: int, cast: Cast, discourse: Discourse) -> Loose | None:
    """Find who speaks a stretch in the middle of a sentence; None where the tagger does not clearly take it for speech.

    Ana Lopez had an answer ready. “Sell it.” She calls it “my own small war with the sea”.
    """
    part = tokens[at].part
    if part is None or part.score < SURE_OF_MARKS:
        return None
    subject = leading_subject(tokens[:at])
    return Loose(Speaker(speaker_of(tokens, subject, cast, discourse).index, SUBJECT) if subject else Speaker())


def _behind_colon(tokens: Sequence[Token], at: int, cast: Cast, discourse: Discourse) -> Loose:
    label = (int(tokens[0].word == "from"), at - 1)
    is_label = 0 < label[1] - label[0] <= _LONGEST_LABEL and not any(
        may_be_finite(token) or token.is_quoted for token in tokens[slice(*label)]
    )
    if is_label:
        speaker = speaker_of(tokens, label, cast, discourse)
        if speaker.index is not None:
            return Loose(Speaker(speaker.index, LABELLED), label)
    subject = leading_subject(tokens[: at - 1])
    if subject:
        return Loose(Speaker(speaker_of(tokens, subject, cast, discourse).index, SUBJECT))
    return Loose(_before(discourse, cast, begins_paragraph=False))


def _before(discourse: Discourse, cast: Cast, *, begins_paragraph: bool) -> Speaker:
    """The one who spoke, or was told of, in the sentence before; in a dialogue the other one."""
    if not discourse.told:
        return Speaker()
    last = discourse.told[-1]
    if begins_paragraph and last.is_question:
        other = discourse.other_speaker()
        if other is not None:
            return Speaker(other, ANSWER)
    if last.is_stranger:
        return Speaker()
    if last.speaker is not None:
        return Speaker(last.speaker, CONTINUED)
    wanted = {Kind.PERSON, Kind.ORGANISATION} if last.leads_in else {Kind.PERSON}
    return Speaker(discourse.last(wanted, memory=4), SUBJECT)
