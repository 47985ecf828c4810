"""Chains: stretches of words that are printed like one name, before anything is decided about them.

“He told Canadian Prime Minister Ann Li of the Bank of Canada” has two chains: “Canadian Prime Minister Ann Li”,
“Bank of Canada”.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from articles.extraction.lexicons import load, load_table
from articles.extraction.names import PARTICLES, Word

# No name is longer, but for the words that a connector adds. A page in capitals is cut into pieces, so that judging
# one costs the same everywhere.
LONGEST = 14
# The longest name that is looked up as a whole: “Academy of Motion Picture Arts and Sciences”.
LONGEST_KNOWN = 7
COMPLEMENT = frozenset({"of", "for", "on", "against"})
# Plural owners and office-holders stand inside names: People’s Party, Workers’ Union, Sheriff’s Office, St Mary’s.
OWNERS = frozenset(
    "people children women men workers farmers teachers veterans students girls boys writers artists players "
    "sheriff king queen prince governor bishop attorney prosecutor coroner district lord nurses doctors drivers "
    "traders lawyers directors mother father residents fishermen miners officers".split()
)
# What a plural owner has that is a body of its own, whoever its members are.
OWNED = frozenset("Association Union Federation Society League Guild Cooperative Co-operative Alliance".split())
# What may be joined by “and” after these: Ministry of Health and Social Services, Committee on Science and Technology.
JOINING = frozenset(
    "Ministry Department Center Centre Centers Centres Committee Office Institute Institutes School Faculty "
    "Commission Bank Fund Union Conference Academy Bureau Society Council Association Federation Board Agency "
    "Authority Directorate".split()
)
# And these are what two fields joined by “and” stand before: Food and Agriculture Organization.
JOINED = frozenset(
    "Organization Organisation Committee Administration Department Ministry Service Services Association "
    "Commission Agency Board Council Institute Department Authority Bureau Union Party Office Federation Company "
    "School".split()
)


def find_chains(words: tuple[Word, ...], is_known: Callable[[int, int], bool]) -> Iterator[tuple[int, int]]:
    """Find the chains of a text, in order, as half-open ranges of `words`; they do not overlap.

    `is_known` says whether a range of words is a name as it stands, so that “Bosnia and Herzegovina” stays whole.
    """
    i = 0
    while i < len(words):
        end = longest_known(words, i, is_known)
        if end or _can_begin(words[i]):
            end = _extend(words, i, end or i + 1, is_known)
            yield i, end
            i = end
        else:
            i += 1


def longest_known(words: tuple[Word, ...], i: int, is_known: Callable[[int, int], bool]) -> int:
    """Where the longest known name of several words that begins with word `i` ends; 0 where none does."""
    if not (words[i].is_capitalised or words[i].form in load("honorifics")):
        return 0
    longest = i + 1
    while longest < len(words) and longest - i < LONGEST_KNOWN and words[longest].follows:
        longest += 1
    return next((end for end in range(longest, i + 1, -1) if is_known(i, end)), 0)


def _can_begin(word: Word) -> bool:
    return word.is_capitalised and not word.is_function_word


def _continues(word: Word) -> bool:
    return word.follows and _can_begin(word)


def _extend(words: tuple[Word, ...], start: int, end: int, is_known: Callable[[int, int], bool]) -> int:
    """How far the chain goes that begins with words[start:end]."""
    while end < len(words) and end - start < LONGEST:
        if _continues(words[end]):
            end = longest_known(words, end, is_known) or end + 1
            continue
        further = _after_connector(words, start, end, is_known)
        if not further:
            break
        end = further
    return end


def _after_connector(words: tuple[Word, ...], start: int, end: int, is_known: Callable[[int, int], bool]) -> int:
    """The end of the chain with the connector at `end` and the word after it; 0 where they are not one name."""
    word, before = words[end], words[end - 1]
    after = end + 1
    if _is_owner(before, word) and _can_begin(word):
        return after
    if word.gap == " & " and _can_begin(word):
        return after
    if _is_nickname(words, end):
        return after + 1
    if not word.follows:
        return 0
    form = word.form
    clues = load_table("organisation_clues").get(before.form, ""), load_table("place_clues").get(before.form, "")
    takes_of = "of" in clues[0].split() or "of" in clues[1].split()
    named = {word.form for word in words[start:end]}
    if form == "of" and named & COMPLEMENT and named & JOINING:
        takes_of = True  # Committee on the Safety of Medicines
    if form == "at" and "University" in named and after < len(words) and _continues(words[after]):
        return after + 1  # University of Hawaii at Hilo
    if form in COMPLEMENT and takes_of and (form == "of" or "of" in clues[0].split()):
        if after < len(words) and words[after].form == "the" and words[after].follows:
            after += 1
        return after + 1 if after < len(words) and _continues(words[after]) else 0
    if form == "to" and "of" in clues[0].split() and after < len(words) and _continues(words[after]):
        return after + 1  # Coalition to Save the Bay
    if form == "and" and after < len(words) and _continues(words[after]):
        return after + 1 if _joins_fields(words, start, end, after, is_known) else 0
    while after < len(words) and form in PARTICLES and words[after].form in PARTICLES and words[after].follows:
        after += 1
    if form in PARTICLES and after < len(words) and _continues(words[after]):
        return after + 1
    if form == "24" and is_known(end - 1, end):
        return after  # a news channel by the hours of its day: France 24
    if form.isdigit() and before.form in {"Channel", "Route", "Highway", "Interstate", "Number", "Road"}:
        return after
    return 0


def _is_owner(before: Word, word: Word) -> bool:
    """Whether a possessive stands inside a name: People’s Party, but not Canada’s Parliament."""
    owner, gap = before.form.lower(), word.gap.strip().lower()
    if gap in {"'", "’"} and owner.endswith("s") and word.form in OWNED:
        return True  # Rail Users’ Association
    return gap in {"'s", "’s", "'", "’"} and (owner in OWNERS or owner.removesuffix("s") in OWNERS)


def _is_nickname(words: tuple[Word, ...], i: int) -> bool:
    """Whether words[i] is a nickname in quotation marks inside a name: Ann “Nan” Li."""
    if words[i].gap not in {' "', " “", " ‘", " '"} or not words[i].is_capitalised or i + 1 >= len(words):
        return False
    closing = {' "': '" ', " “": "” ", " ‘": "’ ", " '": "' "}[words[i].gap]
    return words[i + 1].gap == closing and words[i + 1].is_capitalised


def _joins_fields(
    words: tuple[Word, ...], start: int, end: int, after: int, is_known: Callable[[int, int], bool]
) -> bool:
    """Whether “and” stands inside a name: two fields of one office, not two names.

    “the Ministry of Health and Sport” is one name, “the Ministry of Health and President Li” is two; so is “the
    Food and Agriculture Organization” one, “Iran and the Health Organization” two.
    """
    stop = after
    while (
        stop < len(words)
        and stop - after < 5
        and (stop == after or _continues(words[stop]) or _is_owner(words[stop - 1], words[stop]))
    ):
        stop += 1
    last = words[stop - 1].form
    between = words[after : stop - (last in JOINED)]
    fields = [word.form for word in words[start:end]]
    if any(form in COMPLEMENT for form in fields) and any(form in JOINING for form in fields):
        return all(word.form.lower() in load("common_words") for word in between)
    if last not in JOINED or fields[-1] in JOINED or is_known(end - 1, end):
        return False
    return len(between) < 3 and not any(is_known(i, i + 1) for i in range(after, after + len(between)))
