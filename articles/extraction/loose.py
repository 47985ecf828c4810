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
from articles.extraction.words import DOCUMENTS, may_be_finite

LABELLED = "named beside the quotation"
CONTINUED = "continues the speaker before"
SUBJECT = "the one told of just before"
ANSWER = "the answer to the question before"

# A label before a colon has no more words than this: From Hugh Hill of the Harbour Trust: …
_LONGEST_LABEL = 14
# Words of the one named before them: Owen Pratt’s answer: “Rubbish.”
_UTTERANCES = DOCUMENTS | frozenset(
    "answer response retort verdict view opinion advice explanation comment conclusion excuse motto question words "
    "prediction".split()
)


@dataclass(frozen=True, slots=True)
class Loose:
    """A speaker, and the source phrase that names them, if one does."""

    speaker: Speaker
    source: Range | None = None


def speaker_without_cue(
    tokens: Sequence[Token], at: int, cast: Cast, discourse: Discourse, *, begins_paragraph: bool
) -> Loose | None:
    """Find who speaks the stretch in marks at token `at`; None where it is no speech.

    “Ana Lopez: “No.””, ““No.” — Ana Lopez” and “She is blunt: “No.”” name her, as does ““No.” (Ana Lopez)”; ““No.””
    alone is hers who spoke or was told of before. Marks in the middle of a sentence, without a colon before them,
    enclose no speech.
    """
    if at and tokens[at - 1].is_point(":"):
        return _behind_colon(tokens, at, cast, discourse)
    if any(token.sort is not Sort.POINT and not token.is_quoted for token in tokens[:at]):
        return None
    behind = tokens[at + 1 :]
    if not any(token.sort is not Sort.POINT and not token.is_quoted for token in behind):
        return Loose(_before(discourse, cast, begins_paragraph=begins_paragraph))
    source = signature(tokens, at + 1)
    return signed(tokens, source, cast, discourse) if source else None


def signature(tokens: Sequence[Token], start: int = 0) -> Range | None:
    """Who signs a quotation, from the dash or bracket at `start` to the end of a sentence; None where nobody does.

    Of “— Ana Lopez, baker” and “(Ana Lopez, baker).” it is what stands behind the first point.
    """
    end = len(tokens) - tokens[-1].is_point(".")
    if tokens[start].is_point("("):
        if not tokens[end - 1].is_point(")"):
            return None
        end -= 1
    elif not tokens[start].is_point("—–-"):
        return None
    phrase = tokens[start + 1 : end]
    is_clause = any(may_be_finite(token) or token.is_quoted for token in phrase)
    return (start + 1, end) if any(token.is_name for token in phrase[:3]) and not is_clause else None


def signed(tokens: Sequence[Token], source: Range, cast: Cast, discourse: Discourse) -> Loose:
    """The speaker that a `signature` names."""
    return Loose(Speaker(speaker_of(tokens, source, cast, discourse).index, LABELLED), source)


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
    label = _owner(tokens, label) or label
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


def _owner(tokens: Sequence[Token], label: Range) -> Range | None:
    """Whose words a label says that they are: Owen Pratt’s answer; None for a label that says no such thing."""
    owner = next((at for at in range(label[0] + 1, label[1]) if tokens[at].word == "'s"), None)
    if owner is None or not any(tokens[at].word in _UTTERANCES for at in range(owner, label[1])):
        return None
    return label[0], owner


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
