from __future__ import annotations

import pytest

from articles.extraction.name_parts import find_name_parts
from articles.extraction.places import locate
from articles.extraction.types import Entity, Kind
from articles.text.spans import Span

KINDS = {"p": Kind.PERSON, "o": Kind.ORGANISATION, "l": Kind.LOCATION}


def parts_of(text, *names):
    """Parts as “owner: part, kind”, with “the story” where the part is a name of it; names as “o:Pilot Guild”."""
    entities = tuple(
        Entity(KINDS[name[0]], name[2:], (Span(text.index(name[2:]), text.index(name[2:]) + len(name[2:])),), "")
        for name in names
    )
    entities = locate(entities, text, dateline=None)
    found = find_name_parts(entities, text)
    assert all(part.span.of(text) == part.name for part in found)
    assert all(any(mention.contains(part.span) for mention in entities[part.owner].mentions) for part in found)
    return [
        (entities[part.owner].name, part.name, part.kind.value, "story" if part.entity is not None else "gazetteer")
        for part in found
    ]


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        (
            "The University of Toronto hired her.",
            ["o:University of Toronto"],
            [("University of Toronto", "Toronto", "location", "gazetteer")],
        ),
        (
            "The Kenosha Police Department searched Kenosha again.",
            ["o:Kenosha Police Department"],
            [("Kenosha Police Department", "Kenosha", "location", "gazetteer")],
        ),
        (
            "Lena Vargas opened the Vargas Foundation.",
            ["p:Lena Vargas", "o:Vargas Foundation"],
            [("Vargas Foundation", "Vargas", "person", "story")],
        ),
        (
            "In Cobh, the Cobh Harbour Board met.",
            ["l:Cobh", "o:Cobh Harbour Board"],
            [("Cobh Harbour Board", "Cobh", "location", "story")],
        ),
        (
            "The Bank of Scotland lent to Bank of Scotland Trust.",
            ["o:Bank of Scotland"],
            [("Bank of Scotland", "Scotland", "location", "gazetteer")],
        ),
        ("The Jackson Laboratory hired her.", ["o:Jackson Laboratory"], []),
        ("Grace Washington reads the Washington Post.", ["p:Grace Washington", "o:Washington Post"],
         []),
        ("The Reading Society and the Guild of Time met.", ["o:Reading Society", "o:Guild of Time"], []),
        ("Jon Hall and Ann Hall left Hall & Quay.", ["p:Jon Hall", "p:Ann Hall", "o:Hall & Quay"], []),
        ("The Coburgh Trust met in Cobh.", ["o:Coburgh Trust", "l:Cobh"], []),
    ],
    ids=[
        "of a city",
        "city before a local body",
        "founder",
        "place of the story",
        "of a region",
        "founder nobody names",
        "surname that is a great city",
        "common words",
        "two of the name",
        "only within a word",
    ],
)  # fmt: skip
def test_names_inside_names(text, names, expected):
    assert parts_of(text, *names) == expected
