from __future__ import annotations

import pytest

from articles.extraction.coreference import resolve_names
from articles.extraction.mentions import find_mentions
from articles.extraction.roles import find_roles
from articles.extraction.types import Gazetteer
from tests.extraction.marked import read_marked


def roles(marked):
    """The entities of a marked text and their roles, as “name: title”."""
    text, names, tags = read_marked(marked)
    entities = resolve_names(text, find_mentions(text, Gazetteer(), names))
    found = find_roles(text, entities, tags)
    assert all(role.span.of(text) == role.title for role in found)
    assert not any(role.span.overlaps(name) for role in found for name in entities[role.person].mentions)
    return entities, found


def printed(marked):
    entities, found = roles(marked)
    return [f"{entities[role.person].name}: {role.title}" for role in found]


@pytest.mark.parametrize(
    ("marked", "title"),
    [
        ("r⟨Norwegian Prime Minister⟩ p⟨Tove Raske⟩ spoke.", "Norwegian Prime Minister"),
        ("Then r⟨the former mayor⟩ p⟨Tove Raske⟩ spoke.", "former mayor"),
        ("He met his r⟨wife⟩ p⟨Tove Raske⟩.", "his wife"),
        ("r⟨l⟨Kenya⟩’s Foreign Minister⟩ p⟨Tove Raske⟩ spoke.", "Kenya’s Foreign Minister"),
        ("The trust’s r⟨chief executive⟩, Dr p⟨Tove Raske⟩, spoke.", "chief executive"),
        ("They met r⟨founder⟩ and r⟨chairwoman⟩ p⟨Tove Raske⟩.", "founder and chairwoman"),
        ("US r⟨singer⟩, r⟨actor⟩, and r⟨painter⟩ p⟨Tove Raske⟩ spoke.", "singer, actor, and painter"),
        ("r⟨Mayor p⟨Tove Raske⟩⟩ spoke.", "Mayor"),
        ("o⟨Tolq FM⟩ r⟨reporter⟩ “p⟨Tove Raske⟩” spoke.", "reporter"),
        ("p⟨Tove Raske⟩, r⟨a lawyer for the family⟩, spoke.", "lawyer for the family"),
        ("p⟨Tove Raske⟩, 34, a r⟨nurse⟩, spoke.", "nurse"),
        ("p⟨Tove Raske⟩ (the r⟨34-year-old nurse⟩) spoke.", "34-year-old nurse"),
        ("p⟨Tove Raske⟩, formerly the r⟨director of o⟨Tolq FM⟩⟩, spoke.", "formerly the director of Tolq FM"),
        ("p⟨Tove Raske⟩, r⟨mayor of l⟨Antioch⟩⟩, l⟨Illinois⟩, spoke.", "mayor of Antioch, Illinois"),
        ("p⟨Tove Raske⟩, r⟨head of o⟨Ysgol Pen-y⟩⟩-Bryn, spoke.", "head of Ysgol Pen-y"),
        ("p⟨Tove Raske⟩, r⟨head of Ysgol⟩ Hen, spoke to o⟨Ysgol⟩.", "head of Ysgol"),
        ("p⟨Tove Raske⟩ KC, r⟨for the board⟩, spoke.", "for the board"),
    ],
    ids=[
        "before the name",
        "article",
        "kinship",
        "place that owns it",
        "honorific",
        "two offices",
        "three offices",
        "name in it",
        "marks",
        "after the name",
        "after an age",
        "age in it",
        "formerly",
        "state of a town",
        "name cut short",
        "repeated name",
        "letters after the name",
    ],
)
def test_role_is_whole_and_the_persons_beside(marked, title):
    assert printed(marked) == [f"Tove Raske: {title}"]


@pytest.mark.parametrize(
    "marked",
    [
        "The r⟨port operator⟩, o⟨Tolq Quays⟩, spoke.",
        "The r⟨lawyer⟩ left. p⟨Tove Raske⟩ spoke.",
        "p⟨Tove Raske⟩ left the r⟨nurse⟩ there.",
        "r⟨The⟩ p⟨Tove Raske⟩ spoke.",
        "Mr p⟨Raske⟩ and Dr p⟨Berg⟩ spoke.",
        "Aunt p⟨Tove⟩ spoke.",
        "Born in l⟨Oslo⟩, the r⟨child of a butcher⟩, p⟨Raske⟩ left.",
        "",
    ],
    ids=[
        "organisation",
        "sentence before",
        "far from the name",
        "article alone",
        "honorifics",
        "aunt",
        "parent",
        "empty",
    ],
)
def test_role_of_nobody_beside_is_none(marked):
    assert printed(marked) == []


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Cllr p⟨Raske⟩ spoke.", ["Raske: Cllr"]),
        ("It was Det Sgt p⟨Tove Raske⟩.", ["Tove Raske: Det Sgt"]),
        ("Violinist p⟨Tove Raske⟩ played.", ["Tove Raske: Violinist"]),
        ("r⟨Deputy Mayor⟩ p⟨Tove Raske⟩ spoke.", ["Tove Raske: Deputy Mayor"]),
    ],
    ids=["abbreviation", "two words", "occupation", "seen by the tagger"],
)
def test_plain_title_before_a_name_is_a_role(marked, expected):
    assert printed(marked) == expected


def test_role_names_its_organisation_and_place():
    entities, (role,) = roles("p⟨Tove Raske⟩, r⟨director of the o⟨Bank of Peru⟩ in l⟨Oslo⟩⟩, spoke.")
    assert entities[role.organisation].name == "Bank of Peru"
    assert entities[role.location].name == "Oslo"


def test_each_person_has_their_own_role():
    marked = (
        "r⟨Mayor⟩ p⟨Tove Raske⟩ met p⟨Omar Haddad⟩, a r⟨baker⟩, p⟨Ann Li⟩, r⟨a nurse⟩, and r⟨Governor⟩ p⟨Ingrid Berg⟩."
    )
    assert printed(marked) == ["Tove Raske: Mayor", "Omar Haddad: baker", "Ann Li: nurse", "Ingrid Berg: Governor"]


@pytest.mark.parametrize(
    ("marked", "rule"),
    [
        ("r⟨Mayor⟩ p⟨Tove Raske⟩ spoke.", "stands before the name"),
        ("The trust’s r⟨chief executive⟩, p⟨Tove Raske⟩, spoke.", "stands before the name and a comma"),
        ("p⟨Tove Raske⟩, r⟨a lawyer for the family⟩, spoke.", "stands in apposition behind the name"),
        ("Cllr p⟨Raske⟩ spoke.", "a title, right before the name"),
    ],
    ids=["before", "before with a comma", "behind", "title"],
)
def test_role_says_where_it_stands(marked, rule):
    _, (role,) = roles(marked)
    assert role.rule == rule
