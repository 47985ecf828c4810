"""Who wrote a story, from the line that says so.

What is decided: whether a line is a byline, the names in it as printed, and who is credited with something else than
writing ("photographs by Bo Ek"). Undecided: who these people are. A line that names an office only ("From our
correspondent") is a byline without names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from articles.documents.datelines import lone_dateline
from articles.documents.dates import is_month, is_weekday
from articles.documents.places import is_place
from articles.documents.story import Credit
from articles.documents.words import words

# Two writers with offices and papers fill a line; what is longer tells something else.
LONGEST = 140
INTRODUCTION = re.compile(
    r"(?:(?:exclusive|analysis|report|review|comment|interview|special report)\s*:?\s+)?"
    r"(?:written\s+by|reported\s+by|by|words(?:\s+and\s+\w+)?\s+by|words|text(?:\s+and\s+\w+)?\s+by|text"
    r"|from|par|von|por|door)(?:\s*:\s*|\s+)",
    re.IGNORECASE,
)
# "…, photographs by Bo Ek", "… Additional reporting: Cem Aksoy"; plain reporting is what the byline itself says.
CREDITED = re.compile(
    r"(?:^|[,;.|/–—-]\s*|\s+(?:and|with)\s+)"
    r"((?:additional|extra|further)\s+reporting|photographs?|photography|photos?|pictures?|edit(?:ing|ed)"
    r"|translat(?:ion|ed))(?:\s+by\b\s*:?|\s*:)\s*",
    re.IGNORECASE,
)
ROLES = {"photo": "photographs", "pictu": "photographs", "editi": "editing", "edite": "editing", "trans": "translation"}
# "Text and photographs by Ana Lopez": she did both.
WITH_PICTURES = re.compile(r"\b(?:and|&)\s+(?:photo\w*|pictures?)\s+by", re.IGNORECASE)
# "Ana Lopez | Political Editor", "Ana Lopez / Puerto Leguízamo", "Ana Lopez - Correspondent"
TAIL = re.compile(r"\s+[|/•·–—-]+\s+|\s*\|\s*")
BETWEEN_NAMES = re.compile(r",?\s+(?:and|AND|et|und|with|WITH)\s+|\s*&\s*|\s*;\s*")
# "Ana Lopez in Paris", "Nicole Moss reports for The Weekly"
WHEREABOUTS = re.compile(r"\s+(?:in|at|IN|AT|for|reports|reporting|writes|of)\s+(?=\S).*$")
ASIDE = re.compile(r"\s*\([^()]*\)")
NAME_WORD = re.compile(r"(?:[^\W\d_a-z]|[dlo]['’](?=[A-Z]))(?:[^\W\d_]|['’.-](?=[^\W\d_]))*\.?")
SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
# At least one of these must stand in a line of office words, so that "Home Education" is none.
OFFICES = frozenset(
    "agencies bureau columnist correspondent correspondents critic desk editor photographer reporter reporters staff "
    "writer writers".split()
)
# Words with which headings begin and names never do.
NO_NAMES = frozenset(
    "a an and at by for from how in no not of on or our the this to we what when where who why with".split()
)


@dataclass(frozen=True, slots=True)
class Byline:
    """The names of the writers, and the place in capitals behind them ("By Litia Vuki, SUVA")."""

    names: tuple[str, ...]
    place: str = ""


def find_byline(line: str) -> Byline | None:
    """Read a line that says by whom the story is.

    Names in capitals become title case; everything else stays as printed.

    Returns:
        None where the line is none. No names where it tells an office only.

    >>> find_byline("By Ana Lopez, Political Editor, and TOM HILL").names
    ('Ana Lopez', 'Tom Hill')
    >>> find_byline("From our correspondent").names
    ()
    """
    line = _without_credits(line.strip())
    introduction = INTRODUCTION.match(line)
    if len(line) > LONGEST or not introduction:
        return None
    said = (
        line[introduction.end() :].removesuffix(".") if not re.search(r"[JS]r\.$", line) else line[introduction.end() :]
    )
    if _is_office(said):
        return Byline(())
    if is_agency(said):
        return Byline((said,))
    return _read(said)


def find_credits(line: str) -> tuple[Credit, ...]:
    """Read who is credited with something else than writing, in a byline or in a line of nothing but credits.

    >>> [(credit.name, credit.role) for credit in find_credits("By Ana Lopez, photographs by Bo Ek")]
    [('Bo Ek', 'photographs')]
    >>> find_credits("Pictures: Bo Ek")[0].role
    'photographs'
    """
    line = line.strip()
    introduction = INTRODUCTION.match(line)
    if len(line) > 2 * LONGEST:
        return ()
    before, *credited = CREDITED.split(line[introduction.end() if introduction else 0 :])
    if before.strip() and not introduction and not bare_byline(before):
        return ()
    credits = [
        Credit(name, ROLES.get(what[:5].casefold(), "additional"))
        for what, said in zip(credited[::2], credited[1::2], strict=True)
        for name in _credited_names(said.strip(" ,;.|"))
    ]
    if introduction and WITH_PICTURES.search(introduction.group()):
        byline = find_byline(line)
        credits[:0] = [Credit(name, "photographs") for name in (byline.names if byline else ())]
    return tuple(dict.fromkeys(credits))


def _credited_names(said: str) -> tuple[str, ...]:
    byline = Byline((said,)) if is_agency(said) else _read(said)
    return byline.names if byline else ()


def _without_credits(line: str) -> str:
    introduction = INTRODUCTION.match(line)
    start = introduction.end() if introduction else 0
    credited = CREDITED.search(line, start)
    return line[: credited.start()].rstrip() if credited and credited.start() > start else line


def bare_byline(line: str) -> Byline | None:
    """Read a line under a headline that is a name, or a name with an office, a paper or a place, and nothing else.

    What this takes for a name may be a heading ("Grand Slam"): whoever calls must know that a byline can stand there.

    >>> bare_byline("Health correspondent Ruth Moss").names
    ('Ruth Moss',)
    >>> bare_byline("Connacht 23 Ospreys 24")
    """
    line = _without_credits(line.strip())
    if len(line) > LONGEST or (line.endswith((".", "!", "?", ":")) and not re.search(r"[JS]r\.$", line)):
        return None
    if _is_office(line):
        return Byline(())
    if is_place(line) or NO_NAMES & {line.split(" ")[0].casefold()}:
        return None
    byline = _read(line, is_bare=True)
    return byline if byline and byline.names else None


def is_affiliation(line: str) -> bool:
    """Whether a line under a byline says for whom or as what its writer writes: "For the Blue Mountain Sentinel".

    >>> is_affiliation("Rapidan Register Staff Writer")
    True
    """
    if len(line) > 60 or line.endswith((".", "!", "?", ":")):
        return False
    return bool(_words(line) & (OFFICES | words("media"))) or line.startswith(("For ", "Special to "))


def _read(said: str, *, is_bare: bool = False) -> Byline | None:
    said, *tail = TAIL.split(ASIDE.sub("", said).strip(), maxsplit=1)
    pieces = BETWEEN_NAMES.split(said)
    names: list[str] = []
    place = ""
    for number, piece in enumerate(pieces):
        first, *others = (part.strip() for part in piece.split(","))
        name = _name(WHEREABOUTS.sub("", first))
        if name is None:
            if number and _is_office(first):
                continue
            return None
        names.append(name)
        for other in others:
            is_place_name = other.isupper() and lone_dateline(other) is not None
            if is_place_name and number == len(pieces) - 1:
                place = other
            elif number < len(pieces) - 1 and not _is_office(other) and (another := _name(other)):
                names.append(another)
            elif is_bare and not any(map(is_affiliation, others)) and not (is_place(other) or is_place_name):
                return None
    if tail and not place and tail[0].isupper() and lone_dateline(tail[0]):
        place = tail[0]
    if is_bare and tail and not place and not (is_affiliation(tail[0]) or is_place(tail[0])):
        return None
    return Byline(tuple(dict.fromkeys(names)), place) if names else None


def _name(text: str) -> str | None:
    """The personal name that a text is, an office before it left out: "Health correspondent Ruth Moss" is Ruth Moss."""
    tokens = text.split()
    offices = [number for number, token in enumerate(tokens) if token.casefold() in OFFICES]
    if offices and all(token.casefold() in words("desks") or token.islower() for token in tokens[: offices[-1]]):
        tokens = tokens[offices[-1] + 1 :]
    if not 2 <= len(tokens) <= 6:
        return None
    kinds = [_kind(token) for token in tokens]
    if None in kinds or kinds[-1] == "particle" or kinds.count("name") < 2:
        return None
    if {token.casefold() for token in tokens} & (words("desks") | words("media") | words("institutions")) - {
        "sun",
        "star",
    }:
        return None
    if any(is_weekday(token) for token in tokens) or (is_month(tokens[0]) and len(tokens[0]) > 5):
        return None
    # "Yoo Mi-rae" has its capitals; "JEAN McDONALD" and "ADI Ben-Zvi" are printed in capitals.
    in_capitals = "".join(tokens).isupper()
    return " ".join(
        _title_case(token, is_first=not number) if in_capitals or _is_capitals(token) else token
        for number, token in enumerate(tokens)
    )


def _kind(token: str) -> str | None:
    if token.casefold() in SUFFIXES:
        return "suffix"
    if token in words("particles") or token.startswith(("al-", "el-", "d'", "d’")):
        return "particle" if token in words("particles") else "name"
    return "name" if NAME_WORD.fullmatch(token) else None


def _is_capitals(token: str) -> bool:
    return len(token) > 3 and "." not in token and re.sub("^(Mc|Mac|La|De|O['’])", "", token).isupper()


def _title_case(token: str, *, is_first: bool) -> str:
    """ "BEN-ZVI" → "Ben-Zvi", "O'NEIL" → "O'Neil", "DE" → "de" but for the first word."""
    small = token.casefold()
    if not is_first and small in words("particles"):
        return small
    if small in SUFFIXES or re.fullmatch(r"(?:\w\.)+", token):
        return token
    cased = re.sub(r"(?:^|(?<=-)|(?<=^[od]['’]))[^\W\d_]", lambda match: match.group().upper(), small)
    return re.sub(r"^Mc[^\W\d_]", lambda match: "Mc" + match.group()[-1].upper(), cased)


def _is_office(text: str) -> bool:
    """ "our court reporter", "Special Correspondent", "Our Correspondent, Bhola", "staff and agencies"."""
    said, _, rest = text.partition(",")
    tokens = _words(said)
    others = {"our", "own", "a", "the", "and", "to", "in"}
    return bool(tokens & OFFICES) and tokens <= words("desks") | words("media") | OFFICES | others and len(rest) < 30


def is_agency(text: str) -> bool:
    """Whether a name is an agency's or a paper's: "The Associated Press", "AFP"."""
    tokens = text.split()
    return (
        len(tokens) <= 5 and text[:1].isupper() and bool(_words(text) & words("media")) and not re.search("[,|]", text)
    )


def _words(text: str) -> set[str]:
    return {word.casefold() for word in re.findall(r"[^\W\d_]+", text)}
