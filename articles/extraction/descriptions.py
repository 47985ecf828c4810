"""Whom a description means: the treasurer, the 34-year-old, the ministry, the statement.

Decides only where the story leaves one candidate; “residents” and “a neighbour” are nobody that it names.
"""

from __future__ import annotations

from collections.abc import Sequence

from articles.extraction.cast import SMALL_WORDS, Cast, age_of, words_of
from articles.extraction.discourse import Discourse, names_in
from articles.extraction.lexicons import load
from articles.extraction.sources import Range
from articles.extraction.tokens import Sort, Token
from articles.extraction.types import Gender, Kind
from articles.extraction.words import DOCUMENTS, RELATIVES, VOICES

# “the NATO official”: these say no more than that it is a person of that body.
_GENERIC_PEOPLE = frozenset(
    "official leader chief head boss politician figure representative executive man woman".split()
)
# Words for a body: “the ministry”, “the club”.
_BODIES = frozenset(
    "company firm corporation group ministry department agency council club party union association federation "
    "league university college school hospital bank court commission committee board authority office bureau "
    "institute mall foundation charity organisation organization newspaper paper magazine broadcaster network "
    "station airline producer manufacturer maker carmaker retailer operator developer startup start-up force team "
    "body watchdog regulator tribunal parliament senate church museum theatre theater festival brewery publisher "
    "studio carrier lender insurer utility society trust service coalition alliance movement brand business co- "
    "operative cooperative journal outlet supermarket chain label gallery".split()
)
# “A statement said”: of the one told of just before.
_ISSUED = frozenset("statement release letter post tweet message email e-mail notice note reply announcement".split())
_PERSON_NOUNS = frozenset("boy girl mother father son daughter brother sister widow native veteran man woman".split())
_RELATIVES = {
    **dict.fromkeys("mother wife daughter sister widow grandmother aunt niece girlfriend".split(), Gender.FEMALE),
    **dict.fromkeys("father husband son brother widower grandfather uncle nephew boyfriend".split(), Gender.MALE),
}
_OWNERS = {"his": Gender.MALE, "her": Gender.FEMALE}
_PERSON_ENDINGS = ("er", "or", "ist", "man", "woman", "ian", "ee", "eer")
_OTHERS = frozenset("first second third other latter former elder younger".split())
_UNNAMED = frozenset("a an one two three some several many another other most both few all no".split())


def described_person(tokens: Sequence[Token], source: Range, cast: Cast, discourse: Discourse) -> int | None:
    """The one person that a definite description fits, by age, by role, or as the only one told of just before.

    “The treasurer” is the one with that word in a role; “the NATO official” the one with “NATO” in it; “the
    34-year-old” the one of that age; “the Leeds native”, of whom the story says no more, the only one that the sentence
    before tells of.
    """
    words = [token.word for token in tokens[slice(*source)]]
    if words[0] in _UNNAMED or "'s" in words:
        return None
    for age in filter(None, map(age_of, words)):
        people = set(cast.ages.get(age, ()))
        return people.pop() if len(people) == 1 else discourse.only_person()
    core = _core(tokens, source)
    if not core or core[-1] in _BODIES | VOICES or _has_unknown_name(tokens, source):
        return None
    fitting = _by_role(core, cast)
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        only = discourse.only_person()
        return only if only in fitting else None
    is_definite = words[0] == "the" and _is_person_noun(core[-1]) and "of" not in words
    if not _OTHERS.isdisjoint(words) or any(word.endswith(("'s", "s'")) for word in words):
        # The second man, the girl’s father: somebody else than the one told of.
        return None
    return discourse.only_person() if is_definite else None


def _has_unknown_name(tokens: Sequence[Token], source: Range) -> bool:
    """Whether a capitalised word is no office and no name that was found: the promoter, Big Lantern."""
    return any(
        token.is_capitalised and not token.is_name and {token.text, token.word}.isdisjoint(load("titles"))
        for token in tokens[source[0] + 1 : source[1]]
        if token.sort is Sort.WORD
    )


def _is_person_noun(word: str) -> bool:
    """Whether a word in the singular says what a person is: teacher, striker, boy; not: railway, families."""
    return word in load("titles") or word in _PERSON_NOUNS or word.endswith(_PERSON_ENDINGS)


def _by_role(core: Sequence[str], cast: Cast) -> list[int]:
    """The people with the last word of a description in a role, and the others as well if that helps."""
    head, extra = core[-1], set(core[:-1])
    for is_fitting in (
        lambda title: head in title.heads and extra <= title.words,
        lambda title: bool(extra) and head in _GENERIC_PEOPLE and extra <= title.words,
        lambda title: head in title.heads,
    ):
        fitting = [person for person, titles in cast.titles.items() if any(map(is_fitting, titles))]
        if fitting:
            return fitting
    return []


def relative(tokens: Sequence[Token], source: Range, cast: Cast, discourse: Discourse) -> int | None:
    """The person that “his mother” or “her husband” means, where the story names exactly one such person.

    By that word in a role; else by a surname that one whom “his” or “her” can mean bears too; else as the only one in
    a sentence just before that tells of both.
    """
    words = [token.word for token in tokens[slice(*source)]]
    if len(words) != 2 or words[0] not in _OWNERS or words[1] not in _RELATIVES:
        return None
    whose, gender = _OWNERS[words[0]], _RELATIVES[words[1]]
    fitting = _of_gender(cast, gender)
    by_role = [i for i in fitting if any(words[1] in title.heads for title in cast.titles.get(i, ()))]
    families = {i: words_of(cast.entities[i].name)[-1] for i in cast.of_kind(Kind.PERSON)}
    of_family = [i for i in fitting if any(families[i] == families[j] for j in _of_gender(cast, whose) if j != i)]
    found = by_role or of_family or discourse.beside(whose, gender)
    if len(found) != 1:
        return None
    discourse.learned[found[0]] = gender
    return found[0]


def _of_gender(cast: Cast, gender: Gender) -> list[int]:
    return [i for i in cast.of_kind(Kind.PERSON) if cast.entities[i].gender is gender]


def described_body(tokens: Sequence[Token], source: Range, cast: Cast, discourse: Discourse) -> int | None:
    """The organisation that “the ministry” or “the company” means: by that word in its name, else the last.

    “The academy” is the only one whose name has that word; “her office” none whose name does not have it. The last may
    stand in the same sentence: The Harbour Trust will close, the company said.
    """
    core = _core(tokens, source)
    first = tokens[source[0]].word
    if not core or first not in {"the", "his", "her", "their"}:
        return None
    fitting = [
        index
        for index in cast.of_kind(Kind.ORGANISATION)
        if any(core[-1] in words_of(name) for name in cast.names_of(index))
    ]
    if len(fitting) == 1 and (core[-1] in _BODIES or (first == "the" and len(core) == 1)):
        return fitting[0]
    if core[-1] not in _BODIES or (first in _OWNERS and not fitting):
        return None
    told = (i for i in names_in(tokens, (0, source[0])) if cast.entities[i].kind is Kind.ORGANISATION)
    recent = discourse.recent({Kind.ORGANISATION})
    return next((index for index in (*told, *recent) if index in fitting or not fitting), None)


def issuer(tokens: Sequence[Token], source: Range, cast: Cast, discourse: Discourse) -> int | None:
    """Whose words a statement, letter or message is, and whom a spokesman without a name speaks for.

    “His letter” is the man’s told of last, “its report” the organisation’s; “the statement” belongs to whoever the
    story told of just before.
    """
    core = _core(tokens, source)
    if not core or core[-1] not in VOICES:
        return None
    first = tokens[source[0]].word
    if first in {"his", "her"}:
        return discourse.last_person(Gender.MALE if first == "his" else Gender.FEMALE)
    link = next((at for at in range(*source) if tokens[at].word in {"for", "of", "from"}), None)
    if link is not None:
        # A spokeswoman for the state office: not for the one told of last.
        return described_body(tokens, (link + 1, source[1]), cast, discourse) if link + 1 < source[1] else None
    if core[-1] not in DOCUMENTS and not _BODIES.issuperset(core[:-1]):
        # A police spokeswoman
        return None
    if first in {"its", "their"} or core[-1] not in DOCUMENTS:
        return discourse.last({Kind.ORGANISATION}, memory=3)
    if first not in {"the", "a", "an", "one"} or source[1] - source[0] > 3:
        return None
    if first != "the" and core[-1] not in _ISSUED:
        # A petition, a survey: new to the story.
        return None
    return discourse.last({Kind.ORGANISATION, Kind.PERSON}, memory=3)


def _core(tokens: Sequence[Token], source: Range) -> list[str]:
    """The words of a description up to “of”, a comma or a clause, small words left out."""
    core: list[str] = []
    for at in range(*source):
        token = tokens[at]
        if token.is_point(",(") or token.word in {"of", "for", "at", "in", "from", "with", "on", "to"}:
            break
        if token.word in RELATIVES:
            break
        core += [word for word in words_of(token.text) if word not in SMALL_WORDS and word not in {"'s", "s"}]
    return core
