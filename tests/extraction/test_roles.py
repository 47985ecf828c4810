from __future__ import annotations

import pytest

from articles.extraction.coreference import resolve_names
from articles.extraction.mentions import find_mentions
from articles.extraction.roles import find_roles
from articles.extraction.types import Gazetteer


def roles(text):
    """The entities of a text and their roles, as “name: title”."""
    entities = resolve_names(text, find_mentions(text, Gazetteer()))
    found = find_roles(text, entities)
    assert all(role.span.of(text) == role.title for role in found)
    assert not any(role.span.overlaps(name) for role in found for name in entities[role.person].mentions)
    return entities, found


def printed(text):
    entities, found = roles(text)
    return [f"{entities[role.person].name}: {role.title}" for role in found]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Norwegian Prime Minister Tove Raske spoke.", "Norwegian Prime Minister"),
        ("NATO Secretary-General Tove Raske spoke.", "NATO Secretary-General"),
        ("Then the former mayor Tove Raske spoke.", "former mayor"),
        ("Gov. Tove Raske spoke.", "Gov."),
        ("He told Reuters correspondent Tove Raske.", "Reuters correspondent"),
        ("He met the British television presenter Tove Raske.", "British television presenter"),
        ("He met his wife Tove Raske.", "his wife"),
        ("Kenya’s Foreign Minister Tove Raske spoke.", "Kenya’s Foreign Minister"),
        ("Deputy Prime Minister Tove Raske spoke.", "Deputy Prime Minister"),
        ("They told harbour master Tove Raske.", "harbour master"),
        ("They told glaciologist Tove Raske.", "glaciologist"),
        ("On the floor, menswear manager Tove Raske spoke.", "menswear manager"),
        ("It left Oslo captain Tove Raske weeping.", "Oslo captain"),
        ("They met founder and chairwoman Tove Raske.", "founder and chairwoman"),
        ("They met two parents and librarian Tove Raske.", "librarian"),
        ("It was the Rev. Tove Raske.", "Rev."),
        ("It was Det Sgt Tove Raske.", "Det Sgt"),
    ],
    ids=[
        "country",
        "organisation",
        "article outside",
        "short",
        "agency",
        "description",
        "kinship",
        "possessive",
        "deputy",
        "two small words",
        "occupation that no list has",
        "whole after a comma",
        "verb outside",
        "two offices",
        "several and one",
        "clergy",
        "police rank",
    ],
)
def test_role_before_the_name(text, title):
    assert printed(text) == [f"Tove Raske: {title}"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Tove Raske, a lawyer for the family, spoke.", "lawyer for the family"),
        ("Tove Raske, head of the Harbour Council, spoke.", "head of the Harbour Council"),
        ("Tove Raske, 34, a nurse, spoke.", "nurse"),
        ("Tove Raske, the town’s mayor, spoke.", "town’s mayor"),
        ("Tove Raske, his sister, spoke.", "his sister"),
        ("Tove Raske, chair of the board who resigned, spoke.", "chair of the board"),
        ("Tove Raske, a shipowner from Oslo, spoke.", "shipowner from Oslo"),
        ("Tove Raske, a third-generation seller of ham, spoke.", "third-generation seller of ham"),
        ("Tove Raske, secretary of the River Trust (RT), spoke.", "secretary of the River Trust (RT)"),
        ("Tove Raske, secretary of the River Trust (RT) in Oslo, spoke.", "secretary of the River Trust (RT) in Oslo"),
        ("It was founded by Tove Raske, a former signalman, in 2022.", "former signalman"),
    ],
    ids=[
        "with for",
        "with of",
        "after an age",
        "possessive",
        "kinship",
        "relative clause",
        "occupation that no list has",
        "compound",
        "acronym at the end",
        "acronym inside",
        "after founded by",
    ],
)
def test_role_after_the_name(text, title):
    assert printed(text) == [f"Tove Raske: {title}"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Town manager, Tove Raske, spoke.", "Town manager"),
        ("His lawyer, Tove Raske, spoke.", "His lawyer"),
        ("He said the company’s director, Tove Raske, spoke.", "company’s director"),
        ("The runner's trainer, Tove Raske, spoke.", "runner's trainer"),
        ("The trust’s chief executive, Dr Tove Raske, spoke.", "trust’s chief executive"),
        ("A historian at the Archive of Peru, Tove Raske, spoke.", "historian at the Archive of Peru"),
        ("A fishmonger, Tove Raske, spoke.", "fishmonger"),
    ],
    ids=[
        "no article",
        "owner",
        "article",
        "straight apostrophe",
        "honorific",
        "name inside",
        "occupation that no list has",
    ],
)
def test_role_before_a_comma_and_the_name(text, title):
    assert printed(text) == [f"Tove Raske: {title}"]


@pytest.mark.parametrize(
    "text",
    [
        "Mr Raske and Dr. Tove Berg spoke.",
        "Tove Raske, 34, spoke.",
        "Tove Raske is a lawyer.",
        "Tove Raske, then in Oslo, spoke.",
        "The lawyer left. Tove Raske spoke.",
        "As a lawyer spoke, Tove Raske wept.",
        "Born in Oslo, the child of a butcher, Tove Raske left.",
        "It pleased neither of his pupils, Raske said. Tove Raske left.",
        "Tove Raske, praised by her teacher, left.",
        "Tove Raske, hugging her teacher, left.",
        "In early September Tove Raske left.",
        "Their sons, Tove and Jan, left Tove Raske and Jan Raske.",
        "",
    ],
    ids=[
        "honorifics",
        "age",
        "predicate",
        "adverb",
        "sentence before",
        "clause before",
        "parent",
        "surname of the clause after",
        "participle",
        "somebody else",
        "month",
        "several",
        "empty",
    ],
)
def test_what_is_no_role(text):
    assert printed(text) == []


def test_role_names_its_organisation_and_place():
    entities, (role,) = roles("Tove Raske, director of the Bank of Peru in Oslo, spoke.")
    assert entities[role.organisation].name == "Bank of Peru"
    assert entities[role.location].name == "Oslo"


def test_each_person_has_their_own_role():
    text = "Mayor Tove Raske met Omar Haddad, a baker, and Governor Ingrid Berg."
    assert printed(text) == ["Tove Raske: Mayor", "Omar Haddad: baker", "Ingrid Berg: Governor"]
