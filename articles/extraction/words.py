"""Small words that tell where a phrase begins and ends."""

from __future__ import annotations

from articles.extraction.tokens import Sort, Token

PREPOSITIONS = frozenset(
    "in on at during after before from by with without to via through under over amid despite following since for "
    "about against as outside inside near between among within upon across throughout until till because besides "
    "beyond alongside behind beside above below along around like unlike per regarding concerning".split()
)
DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
TIMES = DAYS | frozenset(
    "yesterday today tonight tomorrow earlier later meanwhile now then once recently afterwards afterward previously "
    "again immediately last this next early late".split()
)
CONNECTIVES = frozenset(
    "and but or nor yet so however still moreover also finally instead nevertheless nonetheless although though "
    "while whereas when if unless because since as once where therefore thus hence besides otherwise furthermore "
    "additionally similarly likewise indeed perhaps asked reached pressed told contacted".split()
)
# A clause begins here: what stands before it is not part of the source.
BEFORE_NOUN_PHRASE = frozenset(
    "that which because although though while whereas when if unless until as so but than where whether how what why "
    "who whom whose".split()
)
DETERMINERS = frozenset(
    "the a an this that these those its his her their our my your one two three four five six some several many most "
    "another other each no both few all".split()
)
PRONOUNS = frozenset("he she it they we i you".split())
# What an organisation or a person says something through: a report in the Globe, a spokesman for the ministry.
DOCUMENTS = frozenset(
    "statement report study survey analysis review release website site account page post tweet letter email "
    "e-mail notice bulletin advisory warning article editorial investigation announcement document filing paper "
    "memo communique communiqué update poll guidance app newsletter dispatch leaflet brochure message note "
    "petition banner sign diary caption text summary reply affidavit complaint lawsuit indictment decision ruling "
    "verdict judgment judgement opinion proclamation resolution motion manifesto description obituary memoir".split()
)
VOICES = DOCUMENTS | frozenset(
    "spokesman spokeswoman spokesperson spokespersons spokespeople data figures estimates".split()
)
RELATIVES = frozenset("who whom whose which that where when".split())


# Content that begins with one of these is a clause whatever the verb: asked whether, explained how.
QUESTION_WORDS = frozenset("whether if how what why who when where".split())
FINITE = frozenset(
    "is are was were be been am has have had will would can could may might must should shall do does did 's 're "
    "'ve 'll n't".split()
)


# Contractions that hold a verb; in other words an ending 's is a possessive.
_CONTRACTED = frozenset("it's he's she's that's there's who's what's here's i'm".split())


def may_be_finite(token: Token) -> bool:
    """Whether a word looks like the verb of a clause: was, would, closed, can't; not: on May 4."""
    word = token.word
    if token.sort is not Sort.WORD or token.text == "May":
        return False
    is_past = word.endswith("ed") and len(word) > 3 and not token.is_capitalised
    return is_past or word in FINITE | _CONTRACTED or word.endswith(("n't", "'re", "'ll", "'ve", "'d"))


def is_adjunct_start(token: Token) -> bool:
    """Whether a word begins when, where or how something was said: in a statement, on Tuesday, quietly."""
    return token.sort is Sort.WORD and (
        token.word in PREPOSITIONS | TIMES or token.word.endswith("ly") or token.word in {"when", "while", "if"}
    )


def is_fronting(token: Token) -> bool:
    """Whether a word at the head of a clause says when, where or how, and is not its subject: Speaking in Leeds, …"""
    if token.sort is not Sort.WORD:
        return False
    word = token.word
    return (
        word in PREPOSITIONS | TIMES | CONNECTIVES
        or word.endswith(("ly", "ward", "wards"))
        or (word.endswith(("ing", "ed")) and len(word) > 4)
    )
