"""Plain text that mail programs broke into lines and say how to join again (RFC 3676, `format=flowed`)."""

from __future__ import annotations

import re

QUOTED = re.compile(r"(>*)( ?)(.*)")


def unflowed(text: str, *, delete_space: bool = False) -> str:
    r"""Join the lines that end with a space with those below them, where both are quoted as deep.

    Args:
        delete_space: whether the space at the end was put there to break the line (`delsp=yes`).

    >>> unflowed("It rained \nall day.\n-- \nAna")
    'It rained all day.\n-- \nAna'
    """
    joined: list[str] = []
    depth, is_open = "", False
    for line in text.split("\n"):
        match = QUOTED.match(line)
        quoted, _, words = match.groups() if match else ("", "", line)
        if is_open and quoted == depth and words != "-- ":
            last = joined[-1][:-1] if delete_space else joined[-1]
            joined[-1] = last + words
        else:
            joined.append(f"{quoted} {words}" if quoted else words)
        depth, is_open = quoted, words.endswith(" ") and words != "-- "
    return "\n".join(joined)
