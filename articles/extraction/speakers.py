"""Who a source phrase is: the ladder from a name down to nobody.

Each rung is a function from the phrase to an entity or None, with the words that an editor reads as evidence. A rung that
has no answer passes on to the next; where all fail the quotation has no speaker.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from articles.extraction.discourse import Discourse
from articles.extraction.sources import Range
from articles.extraction.tokens import Token
from articles.extraction.types import Entity, Gender, Kind, RoleHeld
from articles.extraction.words import DETERMINERS, RELATIVES

NAMED = "named beside the cue"
SPOKESPERSON = "spoken or written for the organisation named"
PRONOUN = "a pronoun for the one told of last"
DESCRIPTION = "a description of someone named in the story"
BODY = "a description of an organisation named in the story"
ISSUER = "the statement of the one told of last"

# What an organisation says through: a report in the Globe, a spokesman for the ministry, the club's website.
VOICES = frozenset(
    "spokesman spokeswoman spokesperson spokespersons spokespeople statement report study survey analysis review release "
    "website site account page post tweet letter email notice bulletin advisory warning article editorial investigation "
    "announcement document filing paper memo communique communiqué update poll guidance data figures estimates app "
    "newsletter dispatch leaflet brochure programme message".split()
)
_DOCUMENTS = VOICES - frozenset(
    "spokesman spokeswoman spokesperson spokespersons spokespeople data figures estimates".split()
)
_GOVERNMENTS = frozenset("government administration".split())
# “the lawyer for Hill”, “a friend of Hill”: the name behind these is not the one who speaks.
_LINKS = frozenset("of for to with by from on about against at in behind under over near between and".split())
# Words for a body, and those of its own name: “the ministry”, “the club”.
_BODIES = frozenset(
    "company firm corporation group ministry department agency council club party union association federation league "
    "university college school hospital bank court commission committee board authority office bureau institute "
    "foundation charity organisation organization newspaper paper magazine broadcaster network station airline "
    "manufacturer maker carmaker retailer operator developer startup start-up force police team body watchdog regulator "
    "tribunal parliament senate church museum theatre theater festival brewery publisher studio carrier lender insurer "
    "utility society trust service coalition alliance movement body brand business co-operative cooperative journal "
    "outlet supermarket chain studio label gallery".split()
)
_AGE = re.compile(r"(\d{1,3})-year-old\Z")


@dataclass(frozen=True, slots=True)
class Speaker:
    """An entity, or nobody, and the rung that found out."""

    index: int | None = None
    rule: str = ""


@dataclass(slots=True)
class Cast:
    """The entities of a story as the ladder asks for them."""

    entities: Sequence[Entity]
    titles: dict[int, list[frozenset[str]]] = field(default_factory=dict)
    ages: dict[str, list[int]] = field(default_factory=dict)


_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
_AGE_BEHIND_NAME = re.compile(r",? \(?(\d{1,3})(?:,|\)|\.|\n|$)")
_SMALL = DETERMINERS | frozenset("of for at in on to and from with by".split())


def cast_of(text: str, entities: Sequence[Entity], roles: Sequence[RoleHeld]) -> Cast:
    """Note what describes each person: the words of the roles, and the age behind the name."""
    cast = Cast(entities)
    for role in roles:
        words = frozenset(_words(role.title)) - _SMALL
        cast.titles.setdefault(role.person, []).append(words)
        for word in words:
            if age := _AGE.match(word):
                cast.ages.setdefault(age.group(1), []).append(role.person)
    for index, entity in enumerate(entities):
        for span in entity.mentions if entity.kind is Kind.PERSON else ():
            if age := _AGE_BEHIND_NAME.match(text, span.end):
                cast.ages.setdefault(age.group(1), []).append(index)
    return cast


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
    for at in range(*source):
        token = tokens[at]
        if at > source[0] and token.word in RELATIVES:
            return None
        if not token.is_name or cast.entities[token.index].kind is not Kind.PERSON:
            continue
        is_owner = at + 1 < source[1] and tokens[at + 1].word == "'s"
        is_linked = at > source[0] and _link_before(tokens, source[0], at)
        if not is_owner and not is_linked:
            return Speaker(token.index, NAMED)
    return None


def _link_before(tokens: Sequence[Token], start: int, at: int) -> bool:
    """Whether a name belongs to what stands before it: a friend of Mayor Ana Lopez."""
    position = at - 1
    while position >= start and (tokens[position].is_capitalised or tokens[position].word in {"the", "late"}):
        position -= 1
    return position > start and tokens[position].word in _LINKS - {"and"}


def _named_body(tokens: Sequence[Token], source: Range, cast: Cast, discourse: Discourse) -> Speaker | None:
    """The National Trust; Trust spokesman; a report in the Globe; Ottawa; not Trust officials, a worker at the Trust."""
    start, end = source
    comma = next((at for at in range(start, end) if tokens[at].is_point(",(")), end)
    for at in range(start, end):
        token = tokens[at]
        if at > start and token.word in RELATIVES:
            return None
        if not token.is_name or cast.entities[token.index].kind is Kind.PERSON:
            continue
        before = [t.word for t in tokens[start:at]]
        after = [t.word for t in tokens[at + 1 : comma]] if at < comma else []
        is_place = cast.entities[token.index].kind is Kind.LOCATION
        if set(before) & _LINKS:
            if not is_place and set(before[:6]) & VOICES:
                return Speaker(token.index, SPOKESPERSON)
            if is_place and _GOVERNMENTS & set(before):
                return Speaker(token.index, NAMED)
            continue
        if after and after[0] == "'s":
            after = after[1:]
            if not after or not (set(after) & (VOICES | _GOVERNMENTS)) or (is_place and not set(after) & _GOVERNMENTS):
                continue
            return Speaker(token.index, SPOKESPERSON)
        if not after or after[0] in _LINKS or (at >= comma):
            is_bare = all(word in DETERMINERS | {"'s"} or word.endswith(("based", "owned")) for word in before)
            if is_place and not is_bare:
                continue
            return Speaker(token.index, NAMED)
        if set(after) & VOICES and not is_place:
            return Speaker(token.index, SPOKESPERSON)
        if is_place and set(after) & _GOVERNMENTS:
            return Speaker(token.index, NAMED)
        if not is_place and tokens[at + 1].is_name:
            return Speaker(token.index, NAMED)
    return None


def _pronoun(tokens: Sequence[Token], source: Range, cast: Cast, discourse: Discourse) -> Speaker | None:
    if source[1] - source[0] != 1:
        return None
    word = tokens[source[0]].word
    if word in {"he", "she"}:
        gender = Gender.FEMALE if word == "she" else Gender.MALE
        return Speaker(discourse.last({Kind.PERSON}, gender=gender), PRONOUN)
    if word == "it":
        return Speaker(discourse.last({Kind.ORGANISATION}), PRONOUN)
    if word == "they":
        before = discourse.speaker_before()
        is_body = before is not None and cast.entities[before].kind is Kind.ORGANISATION
        return Speaker(before, PRONOUN) if is_body else Speaker()
    return Speaker() if word in {"i", "we", "you"} else None


def _description(tokens: Sequence[Token], source: Range, cast: Cast, discourse: Discourse) -> Speaker | None:
    """The treasurer; the NATO official; the 34-year-old; the elder Hill: exactly one person it fits, else none."""
    words = [token.word for token in tokens[source[0] : source[1]]]
    if words[0] in {"a", "an", "one", "two", "three", "some", "several", "many", "another"}:
        return None
    for word in words:
        if age := _AGE.match(word):
            people = set(cast.ages.get(age.group(1), ()))
            return Speaker(people.pop(), DESCRIPTION) if len(people) == 1 else Speaker()
    described = _core(tokens, source)
    if not described:
        return None
    head = described[-1]
    extra = set(described[:-1])
    fitting = [p for p, titles in cast.titles.items() if any(head in t and extra <= t for t in titles)]
    if not fitting and extra:
        fitting = [p for p, titles in cast.titles.items() if any(head in t for t in titles)]
        if not fitting and head in _GENERIC_PEOPLE:
            fitting = [p for p, titles in cast.titles.items() if any(extra <= t for t in titles)]
    if len(fitting) == 1:
        return Speaker(fitting[0], DESCRIPTION)
    return None


# “the NATO official”: these say no more than that it is a person of that body.
_GENERIC_PEOPLE = frozenset(
    "official leader chief head boss politician figure representative executive man woman".split()
)


def _core(tokens: Sequence[Token], source: Range) -> list[str]:
    """The words of a description up to “of”, a comma or a clause, small words left out."""
    core: list[str] = []
    for at in range(*source):
        token = tokens[at]
        if (
            token.is_point(",(")
            or token.word in {"of", "for", "at", "in", "from", "with", "on"}
            or token.word in RELATIVES
        ):
            break
        core += [word for word in _words(token.text) if word not in _SMALL and word not in {"'s", "s"}]
    return core


def _body(tokens: Sequence[Token], source: Range, cast: Cast, discourse: Discourse) -> Speaker | None:
    """The ministry; the company; the club: the one named with that word, else the one told of last."""
    if tokens[source[0]].word not in {"the", "its", "their", "his", "her"}:
        return None
    core = _core(tokens, source)
    if not core or core[-1] not in _BODIES or (tokens[source[0]].word != "the"):
        return None
    bodies = {i for i, entity in enumerate(cast.entities) if entity.kind is Kind.ORGANISATION}
    fitting = {
        index
        for index in bodies
        if any(core[-1] in _words(name) for name in (cast.entities[index].name, *cast.entities[index].aliases))
    }
    if len(fitting) == 1:
        return Speaker(fitting.pop(), BODY)
    return Speaker(discourse.last({Kind.ORGANISATION}), BODY)


def _issuer(tokens: Sequence[Token], source: Range, cast: Cast, discourse: Discourse) -> Speaker | None:
    """The statement; a statement; its report: the body that the story told of last."""
    core = _core(tokens, source)
    if not core or core[-1] not in _DOCUMENTS:
        return None
    before = discourse.speaker_before()
    if before is not None and cast.entities[before].kind is not Kind.PERSON:
        return Speaker(before, ISSUER)
    body = discourse.last({Kind.ORGANISATION}, memory=3)
    return Speaker(body if body is not None else before, ISSUER)


def _words(text: str) -> list[str]:
    return [match.group().lower().replace("’", "'") for match in _WORD.finditer(text)]


_Rung = Callable[[Sequence[Token], Range, Cast, Discourse], Speaker | None]
_LADDER: tuple[_Rung, ...] = (_named_person, _named_body, _pronoun, _description, _body, _issuer)
