"""Cleaners of text, `str -> str`, applied before any offset exists.

Read them through the module: `normalize.line_ends(text)`. Each does one thing and leaves everything else as printed;
quotation marks, dashes and no-break spaces are the story's own characters and stay.
"""

from __future__ import annotations

import re
import unicodedata

# C0 and C1 but for tab, newline and carriage return; U+0085 is a line end and goes before these do.
CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
# Marks that take no room and order no glyphs: soft hyphen, zero-width space, word joiner, byte order mark, Mongolian
# vowel separator, invisible operators, interlinear annotation; noncharacters and halves of surrogate pairs with them.
INVISIBLE_CHARACTERS = re.compile("[\u00ad\u180e\u200b\u2060-\u2064\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]")
# Left-to-right and right-to-left marks, embeddings, overrides, isolates and their deprecated kin.
BIDI_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f]")
JOINERS = re.compile("[\u200c\u200d]")
# Blocks whose writing needs joiners: Arabic and its kin, the Indic scripts to Myanmar, Khmer, Mongolian, Arabic's
# presentation forms; and U+200D between emoji.
NEEDS_JOINERS = re.compile("[\u0600-\u08ff\u0900-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefe]")
# What no cleaner changes: most of most texts.
PRINTED = re.compile(r"[\t\n\x20-\x7e]*")
EMOJI = re.compile("[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]")


def line_ends(text: str) -> str:
    r"""Write every kind of line end as one newline, a paragraph separator as a blank line.

    >>> line_ends("one\r\ntwo\u2029three")
    'one\ntwo\n\nthree'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2029", "\n\n")
    return re.sub("[\u0085\u2028\x0b\x0c]", "\n", text)


def control_characters(text: str) -> str:
    r"""Remove NUL and the other control characters, tab and newline apart.

    >>> control_characters("Gda\x00nsk\tport")
    'Gdansk\tport'
    """
    return CONTROL_CHARACTERS.sub("", text)


def invisible_characters(text: str) -> str:
    r"""Remove soft hyphens, zero-width spaces and byte order marks.

    >>> invisible_characters("head\u00adline\u200b")
    'headline'
    """
    return INVISIBLE_CHARACTERS.sub("", text)


def bidi_controls(text: str) -> str:
    r"""Remove the marks that turn the writing direction: they can make a text read otherwise than it is stored.

    >>> bidi_controls("\u202eParis\u202c")
    'Paris'
    """
    return BIDI_CONTROLS.sub("", text)


def joiners(text: str) -> str:
    r"""Remove zero-width joiners and non-joiners where no script needs them.

    Persian "می‌خواهد", Indic conjuncts and joined emoji keep theirs; between Latin letters they hide a word.

    >>> joiners("Pa\u200dris")
    'Paris'
    """

    def kept(match: re.Match[str]) -> str:
        before, after = text[max(match.start() - 1, 0) : match.start()], text[match.end() : match.end() + 1]
        if NEEDS_JOINERS.match(before) or (match.group() == "\u200d" and EMOJI.match(before) and EMOJI.match(after)):
            return match.group()
        return ""

    return JOINERS.sub(kept, text)


def composed(text: str) -> str:
    r"""Write letters and their accents as one character where Unicode has it (NFC).

    >>> composed("Malmo\u0308")
    'Malmö'
    """
    return unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """Apply every cleaner, in the order in which one makes the next one's work plain."""
    if PRINTED.fullmatch(text):
        return text
    for cleaner in (line_ends, control_characters, invisible_characters, bidi_controls, joiners, composed):
        text = cleaner(text)
    return text
