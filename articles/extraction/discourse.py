"""Who a story has been about, sentence by sentence, up to where it is read.

What pronouns and “the statement” look back to. Names inside quotation marks are left out: they are not told of, but
spoken of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from articles.extraction.sources import Range, leading_subject
from articles.extraction.tokens import Token
from articles.extraction.types import Entity, Gender, Kind

# A pronoun that looks back further than this many sentences is left without a speaker.
_MEMORY = 12
# A description that fits nobody by role looks back no further than this.
_NEAR = 3


_GENDERS = {"he": Gender.MALE, "she": Gender.FEMALE}


@dataclass(frozen=True, slots=True)
class Told:
    """What one sentence tells of: entities by weight, speakers first, then its subject, then the others.

    `is_stranger` says that someone speaks in it whom the story does not name, `leads_in` that a quotation follows its
    colon, `is_question` that one in it asks, `begins` that it is the first of its paragraph.
    """

    entities: tuple[int, ...]
    speaker: int | None = None
    is_stranger: bool = False
    leads_in: bool = False
    is_question: bool = False
    begins: bool = True


@dataclass(slots=True)
class Discourse:
    """The sentences read so far. `begins` says that the one read now is the first of its paragraph.

    `learned` holds the genders that kinship told: “her husband”.
    """

    entities: Sequence[Entity]
    told: list[Told] = field(default_factory=list)
    absent: int | None = None
    people: set[int] = field(default_factory=set)
    learned: dict[int, Gender] = field(default_factory=dict)
    begins: bool = True

    def until(self, number: int, *, absent: int | None) -> Discourse:
        """The sentences before one, as far as they are remembered; no pronoun means `absent`, who speaks."""
        return Discourse(self.entities, self.told[max(0, number - _MEMORY) : number], absent)

    def tell(self, tokens: Sequence[Token], speakers: Sequence[int], *, is_stranger: bool = False) -> None:
        """Take in a sentence that has been read, with who speaks in it."""
        subject = leading_subject(tokens)
        # Of two who speak in a sentence the next pronoun means the latter.
        weights = [
            *reversed(speakers),
            *self._meant(tokens, subject),
            *(names_in(tokens, subject) if subject else ()),
            *names_in(tokens, (0, len(tokens))),
        ]
        self.people.update(index for index in weights if self.entities[index].kind is Kind.PERSON)
        self.told.append(
            Told(
                tuple(dict.fromkeys(weights)),
                speakers[-1] if speakers else None,
                is_stranger and not speakers,
                tokens[-1].is_point(":"),
                any(token.ends_with("?") for token in tokens),
                self.begins,
            )
        )

    def _meant(self, tokens: Sequence[Token], subject: Range | None) -> list[int]:
        """The person that a sentence goes on about: Ana Lopez is a lawyer. She met Tom Hill. She said …"""
        gender = _GENDERS.get(tokens[subject[0]].word) if subject else None
        person = self.last_person(gender) if gender else None
        return [] if person is None else [person]

    def last(self, kinds: set[Kind], *, gender: Gender | None = None, memory: int = _MEMORY) -> int | None:
        """The thing of one of these kinds told of last; of people, one that the pronoun can mean."""
        return next(self._back(kinds, gender, memory), None)

    def last_body(self) -> int | None:
        """The organisation told of last; within a paragraph none that only another one tells of."""
        for told in reversed(self.told[-_MEMORY:]):
            body = next((i for i in told.entities if self._fits(i, {Kind.ORGANISATION}, None)), None)
            if body is not None or (told.begins and not self.begins):
                return body
        return None

    def beside(self, whose: Gender, gender: Gender) -> list[int]:
        """The people of a gender in the last sentence nearby that tells of such and of one known to be `whose`."""
        for told in reversed(self.told[-_NEAR:]):
            owners = {i for i in told.entities if self.entities[i].gender is whose}
            others = [i for i in told.entities if i not in owners and self._fits(i, {Kind.PERSON}, gender)]
            if owners and others:
                return others
        return []

    def last_person(self, gender: Gender) -> int | None:
        """The person told of last whom “he” or “she” can mean; if none can, the only one there is."""
        for told in reversed(self.told[-_MEMORY:]):
            if told.is_stranger:
                return None
            fitting = (i for i in told.entities if self._fits(i, {Kind.PERSON}, gender))
            if (person := next(fitting, None)) is not None:
                return person
        return next(iter(self.people)) if len(self.people) == 1 else None

    def only_person(self) -> int | None:
        """The person told of in the last sentence that tells of one, if it tells of no other."""
        for told in reversed(self.told[-_NEAR:]):
            people = [index for index in told.entities if self.entities[index].kind is Kind.PERSON]
            if people:
                return people[0] if len(people) == 1 else None
        return None

    def recent(self, kinds: set[Kind]) -> Iterator[int]:
        """The things of these kinds that the story told of, the last first."""
        return self._back(kinds, None, len(self.told))

    def other_speaker(self) -> int | None:
        """Who spoke last before the one who spoke last, not long ago."""
        speakers = [told.speaker for told in self.told[-_MEMORY:] if told.speaker is not None]
        return next((speaker for speaker in reversed(speakers) if speaker != speakers[-1]), None)

    def speaker_before(self) -> int | None:
        """Who spoke last, if the sentence before or one near it reports speech."""
        return next((told.speaker for told in reversed(self.told[-_MEMORY:]) if told.speaker is not None), None)

    def _back(self, kinds: set[Kind], gender: Gender | None, memory: int) -> Iterator[int]:
        for told in reversed(self.told[-memory:]):
            for index in told.entities:
                if self._fits(index, kinds, gender):
                    yield index

    def _fits(self, index: int, kinds: set[Kind], gender: Gender | None) -> bool:
        entity = self.entities[index]
        known = entity.gender or self.learned.get(index)
        return index != self.absent and entity.kind in kinds and (gender is None or known in (None, gender))


def names_in(tokens: Sequence[Token], span: Range) -> list[int]:
    """The entities named in a range of tokens, whoever owns something there last."""
    named = [(at, tokens[at].index) for at in range(*span) if tokens[at].is_name]
    owners = {at for at, _ in named if at + 1 < len(tokens) and tokens[at + 1].word == "'s"}
    return [index for at, index in named if at not in owners] + [index for at, index in named if at in owners]
