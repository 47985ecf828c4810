"""Word lists as data: one file a list, its source and licence in the first lines.

A file `<name>.txt` begins with comment lines (`# source: …`, `# licence: …`), then has one entry a line, sorted by
code point, none twice. An entry may have columns, split by tabs; the first is the entry, the rest is said of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@cache
def load(name: str) -> frozenset[str]:
    """The entries of a list, as written, without what its other columns say of them.

    >>> "prime minister" in load("titles")
    True

    Raises:
        FileNotFoundError: there is no list of that name.
    """
    return frozenset(load_table(name))


@cache
def load_table(name: str) -> Mapping[str, str]:
    """The entries of a list with the rest of their line: the other columns, joined by tabs; empty where there are none.

    >>> load_table("given_names")["Ingrid"]
    'f'

    Raises:
        FileNotFoundError: there is no list of that name.
    """
    lines = (files(__package__) / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.partition("\t") for line in lines if line and not line.startswith("#"))
    return MappingProxyType({entry: rest for entry, _, rest in rows})
