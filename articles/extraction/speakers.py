"""Who a source phrase is: the ladder from a name down to nobody.

Each rung is a function from the phrase to a speaker, with the words that an editor reads as evidence. A rung that has
no answer passes on to the next; where all fail the quotation has no speaker.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from articles.extraction.cast import Cast
from articles.extraction.descriptions import described_body, described_person, issuer, relative
from articles.extraction.discourse import Discourse, names_in
from articles.extraction.genders import agree
from articles.extraction.geonames import country_of
from articles.extraction.lexicons import load_table
from articles.extraction.sources import Range, leading_subject
from articles.extraction.tokens import Sort, Token
from articles.extraction.types import Gender, Kind
from articles.extraction.words import RELATIVES, VOICES

NAMED = "named beside the cue"
VOICE = "spoken or written for the organisation named"
PRONOUN = "a pronoun for the one told of last"
DESCRIPTION = "a description of someone named in the story"
BODY = "a description of an organisation named in the story"
SHARED = "the subject of the cue before"
ISSUER = "words of the one told of last"

_GOVERNMENTS = frozenset("government administration".split())
# “the lawyer for Hill”, “a friend of Hill”: the name behind these is not the one who speaks.
_LINKS = frozenset("of for to with by from on about against at in behind under over near between".split())


@dataclass(frozen=True, slots=True)
class Speaker:
    """An entity as an index, or nobody, and the rung that found out."""

    index: int | None = None
    rule: str = ""


def speaker_of(tokens: Sequence[Token], source: Range, cast: Cast, discourse: Discourse) -> Speaker:
    """Climb down the ladder for a source phrase; `Speaker()` where nobody that the story names is meant.

    “Ana Lopez, a lawyer” is the person; “a spokesman for Oxfam” the organisation; “she” whom the story told of last;
    “the lawyer” the one person with that role; “witnesses” nobody.
    """
    for rung in _LADDER:
        speaker = rung(tokens, source, cast, discourse)
        if speaker is not None:
            return speaker
    return Speaker()


def _named_person(tokens: Sequence[Token], source: Range, cast: Cast, discourse: Discourse) -> Speaker | None:
    """Ana Lopez, a lawyer; his widow, Effie Gillis; not Ana Lopez’s lawyer, a friend of Ana Lopez."""
    is_clause = False
    for at in range(*source):
        token = tokens[at]
        is_clause = is_clause or (at > source[0] and token.word in RELATIVES)
        if not token.is_name or cast.entities[token.index].kind is not Kind.PERSON:
            continue
        if is_clause and not (at + 1 == source[1] and tokens[at - 1].is_point(",")):
            # The man who hit Tom Hill; but: the woman who hit him, Ana Lopez
            continue
        if _is_owner(tokens, at, source[1]) or _is_linked(tokens, source[0], at, cast):
            continue
        if not _stands_before_name(tokens, at, source[1], cast):
            return Speaker(token.index, NAMED)
    return None


def _is_owner(tokens: Sequence[Token], at: int, end: int) -> bool:
    return at + 1 < end and tokens[at + 1].word == "'s"


def _stands_before_name(tokens: Sequence[Token], at: int, end: int, cast: Cast) -> bool:
    """Whether a name only says whose somebody is who is named behind it: Hill aide Ana Lopez."""
    for token in tokens[at + 1 : end]:
        if token.is_name:
            return token.index != tokens[at].index and cast.entities[token.index].kind is Kind.PERSON
        if token.sort is not Sort.WORD or token.word in _LINKS | RELATIVES | {"and", "or", "'s"}:
            return False
    return False


def _is_linked(tokens: Sequence[Token], start: int, at: int, cast: Cast) -> bool:
    """Whether a name belongs to what stands before it: a friend of Mayor Ana Lopez; not Minister of State Ana Lopez."""
    position = at - 1
    while position >= start and (tokens[position].is_capitalised or tokens[position].word in {"the", "late"}):
        position -= 1
    if position <= start or tokens[position].word not in _LINKS:
        return False
    return not any(
        role.contains(tokens[position].span) and role.end <= tokens[at].span.start
        for role in cast.roles.get(tokens[at].index, ())
    )


def _named_body(tokens: Sequence[Token], source: Range, cast: Cast, discourse: Discourse) -> Speaker | None:
    """The National Trust; a Trust spokesman; a report in the Globe; Ottawa; not a Trust worker, people at the Trust."""
    comma = next((at for at in range(*source) if tokens[at].is_point(",(")), source[1])
    for at in range(*source):
        token = tokens[at]
        if at > source[0] and token.word in RELATIVES:
            return None
        kind = cast.entities[token.index].kind if token.is_name else None
        if kind is Kind.ORGANISATION:
            speaker = _organisation(tokens, source, comma, at)
        elif kind is Kind.LOCATION:
            speaker = _place(tokens, source, comma, at)
        else:
            speaker = None
        if speaker is not None:
            return speaker
    return None


def _organisation(tokens: Sequence[Token], source: Range, comma: int, at: int) -> Speaker | None:
    before = {token.word for token in tokens[source[0] : at]}
    after = [token.word for token in tokens[at + 1 : comma]]
    if before & _LINKS and not (at > comma and not {t.word for t in tokens[comma:at]} & _LINKS):
        return Speaker(tokens[at].index, VOICE) if before & VOICES else None
    if set(after) & VOICES:
        return Speaker(tokens[at].index, VOICE)
    is_head = not after or after[0] in _LINKS or after[0] == "and" or at >= comma or tokens[at + 1].is_name
    return Speaker(tokens[at].index, NAMED) if is_head else None


def _place(tokens: Sequence[Token], source: Range, comma: int, at: int) -> Speaker | None:
    """Ottawa; the government of Canada; Canada’s government; not residents of Ottawa, Ottawa police."""
    before = [token.word for token in tokens[source[0] : at]]
    after = [token.word for token in tokens[at + 1 : comma]]
    if _GOVERNMENTS & {*before, *after}:
        return Speaker(tokens[at].index, NAMED)
    is_bare = all(word == "the" for word in before) and (not after or at >= comma)
    return Speaker(tokens[at].index, NAMED) if is_bare else None


def _government(tokens: Sequence[Token], source: Range, cast: Cast, discourse: Discourse) -> Speaker | None:
    """The Canadian government: Canada, if the story names it; the government: that of the only country it names."""
    words = [token.text for token in tokens[slice(*source)]]
    if not _GOVERNMENTS & {word.lower() for word in words}:
        return None
    if [word.lower() for word in words] == ["the", "government"]:
        countries = [i for i in cast.of_kind(Kind.LOCATION) if any(map(country_of, cast.names_of(i)))]
        return Speaker(countries[0], NAMED) if len(countries) == 1 else None
    for word in words:
        country = load_table("demonyms").get(word)
        for index in cast.of_kind(Kind.LOCATION):
            if country and any(country_of(name) == country for name in cast.names_of(index)):
                return Speaker(index, NAMED)
    return None


def _antecedent(tokens: Sequence[Token], source: Range, cast: Cast, discourse: Discourse) -> Speaker | None:
    """Who: the person named before, as in “his death was confirmed by Ana Lopez, who said”; not: a son of Ana Lopez."""
    if source[1] - source[0] != 1 or tokens[source[0]].word != "who":
        return None
    for at in range(source[0] - 1, -1, -1):
        token = tokens[at]
        if token.is_quoted or token.is_point(".?!;:"):
            break
        if token.is_name and cast.entities[token.index].kind is Kind.PERSON:
            is_other = _is_owner(tokens, at, source[0]) or (at and tokens[at - 1].word in {"of", "for"})
            return None if is_other else Speaker(token.index, NAMED)
    return None


def _pronoun(tokens: Sequence[Token], source: Range, cast: Cast, discourse: Discourse) -> Speaker | None:
    """She, he: whom the story told of last, if the pronoun fits; it, they: the organisation told of last.

    Where nobody was told of before, the only one before it in its own sentence: The Harbour Trust will close, it said.
    """
    if source[1] - source[0] != 1:
        return None
    word = tokens[source[0]].word.partition("'")[0]
    if word in {"he", "she"}:
        gender = Gender.FEMALE if word == "she" else Gender.MALE
        subject = leading_subject(tokens[: source[0]])
        for index in names_in(tokens, subject) if subject else ():
            if cast.entities[index].kind is Kind.PERSON and agree(cast.entities[index].gender, gender):
                # Ana Lopez broke the news when she said
                return Speaker(index, PRONOUN)
        person = discourse.last_person(gender)
        fits = [i for i in _before(tokens, source, cast, Kind.PERSON) if agree(cast.entities[i].gender, gender)]
        return Speaker(fits[0] if person is None and not discourse.told and len(fits) == 1 else person, PRONOUN)
    if word == "it":
        bodies = _before(tokens, source, cast, Kind.ORGANISATION)
        body = discourse.last_body()
        return Speaker(bodies[0] if body is None and len(bodies) == 1 else body, PRONOUN)
    if word == "they":
        before = discourse.speaker_before()
        is_body = before is not None and cast.entities[before].kind is Kind.ORGANISATION
        return Speaker(before, PRONOUN) if is_body else Speaker()
    return Speaker() if word in {"i", "we", "you"} else None


def _before(tokens: Sequence[Token], source: Range, cast: Cast, kind: Kind) -> list[int]:
    """The things of a kind that a sentence names before a source, each once."""
    return [i for i in dict.fromkeys(names_in(tokens, (0, source[0]))) if cast.entities[i].kind is kind]


def _description(tokens: Sequence[Token], source: Range, cast: Cast, discourse: Discourse) -> Speaker | None:
    person = relative(tokens, source, cast, discourse)
    if person is None:
        person = described_person(tokens, source, cast, discourse)
    return Speaker(person, DESCRIPTION) if person is not None else None


def _body(tokens: Sequence[Token], source: Range, cast: Cast, discourse: Discourse) -> Speaker | None:
    body = described_body(tokens, source, cast, discourse)
    return Speaker(body, BODY) if body is not None else None


def _issuer(tokens: Sequence[Token], source: Range, cast: Cast, discourse: Discourse) -> Speaker | None:
    who = issuer(tokens, source, cast, discourse)
    return Speaker(who, ISSUER) if who is not None else None


_Rung = Callable[[Sequence[Token], Range, Cast, Discourse], Speaker | None]
_LADDER: tuple[_Rung, ...] = (
    _named_person,
    _named_body,
    _government,
    _antecedent,
    _pronoun,
    _description,
    _body,
    _issuer,
)
