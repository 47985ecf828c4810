from __future__ import annotations

import pytest

from articles.extraction.coreference import resolve_names
from articles.extraction.types import Gender, Kind, Mention
from articles.text.spans import Span

LETTERS = {"p": Kind.PERSON, "o": Kind.ORGANISATION, "l": Kind.LOCATION}


def resolve(marked):
    """Read “p[Ann Li] met o[Acme]” and resolve it; returns the text and the entities."""
    text, mentions = "", []
    for part in marked.split("]"):
        before, bracket, name = part.rpartition("[")
        if bracket:
            kind, before = LETTERS[before[-1]], before[:-1]
            start = len(text) + len(before)
            mentions.append(Mention(Span(start, start + len(name)), kind, "a rule"))
        text += before + name
    return text, resolve_names(text, tuple(mentions))


def clusters(marked):
    text, entities = resolve(marked)
    return [[span.of(text) for span in entity.mentions] for entity in entities]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("p[Tove Raske] ran. p[Raske] won.", [["Tove Raske", "Raske"]]),
        ("p[Raske] won. p[Tove Raske] ran.", [["Raske", "Tove Raske"]]),
        ("p[Haider al-Amin] ran. p[Amin] won, p[al-Amin] said.", [["Haider al-Amin", "Amin", "al-Amin"]]),
        ("p[Jan van Dorn], p[Van Dorn] and p[Dorn]", [["Jan van Dorn", "Van Dorn", "Dorn"]]),
        ("p[ANN LI] and p[Ann Li]", [["ANN LI", "Ann Li"]]),
        ("p[José Núñez] or p[Jose Nunez]", [["José Núñez", "Jose Nunez"]]),
        ("p[Ann B. Li] or p[Ann Li] or p[A. Li]", [["Ann B. Li", "Ann Li", "A. Li"]]),
        ("p[Ana Ruiz Soto] ran. p[Ruiz] won.", [["Ana Ruiz Soto", "Ruiz"]]),
        ("p[Ana Ruiz] ran. p[Ana] won.", [["Ana Ruiz", "Ana"]]),
        ("p[Park Min-jae] ran. p[Park] won.", [["Park Min-jae", "Park"]]),
        ("p[Ann James] met p[James Berg]. p[James] spoke.", [["Ann James", "James"], ["James Berg"]]),
        ("p[Ana Ruiz Soto] ran. p[Ruiz Soto] won.", [["Ana Ruiz Soto", "Ruiz Soto"]]),
        ("p[Eoin Ó Briain] ran. p[Ó Briain] won.", [["Eoin Ó Briain", "Ó Briain"]]),
        ("p[Rita de Sá Leite] ran. p[De Sá Leite] won.", [["Rita de Sá Leite", "De Sá Leite"]]),
        ("p[Rita de Sá Leite] ran. p[Sá Leite] won.", [["Rita de Sá Leite", "Sá Leite"]]),
        ("p[Ben van den Bosch] ran. p[Van den Bosch] won.", [["Ben van den Bosch", "Van den Bosch"]]),
    ],
    ids=[
        "surname",
        "surname first",
        "article",
        "particle",
        "capitals",
        "accents",
        "initials",
        "two surnames",
        "first name",
        "family name first",
        "surname before first name",
        "both surnames",
        "Irish particle",
        "particle and two surnames",
        "two surnames without the particle",
        "two particles",
    ],
)
def test_forms_of_one_person_are_one(marked, expected):
    assert clusters(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("p[Ann Li] and p[Omar Li] ran. p[Li] won.", [["Ann Li"], ["Omar Li"], ["Li"]]),
        ("p[Ann Li] and p[Omar Li] ran. Mr p[Li] won.", [["Ann Li"], ["Omar Li", "Li"]]),
        ("p[Ann Li] and p[Omar Li] ran. p[Omar] won.", [["Ann Li"], ["Omar Li", "Omar"]]),
        ("p[Ann Li] ran. p[Li] won. p[Omar Li] sat.", [["Ann Li", "Li"], ["Omar Li"]]),
        ("p[Ann Li] ran. p[Li] won. p[Omar Li] sat. p[Li] spoke.", [["Ann Li", "Li", "Li"], ["Omar Li"]]),
        ("p[Ann Li] ran. p[Omar Li] sat. Mr p[Li] won. p[Li] spoke.", [["Ann Li"], ["Omar Li", "Li"], ["Li"]]),
        ("p[Ana Ruiz Soto] and p[Eva Ruiz Soto]; p[Ruiz Soto]", [["Ana Ruiz Soto"], ["Eva Ruiz Soto"], ["Ruiz Soto"]]),
        ("p[Ben Omar Haddad] met p[Omar Haddad].", [["Ben Omar Haddad"], ["Omar Haddad"]]),
        ("p[Omar Li] ran. Mrs p[Li] won.", [["Omar Li"], ["Li"]]),
        ("Mr p[Li] and Mrs p[Li] ran.", [["Li"], ["Li"]]),
        ("p[Ann Li] and p[Amy Li] ran. p[A. Li] won.", [["Ann Li"], ["Amy Li"], ["A. Li"]]),
        ("p[Jo Li Jr.] ran. p[Jo Li III] sat. p[Li Jr.] won.", [["Jo Li Jr.", "Li Jr."], ["Jo Li III"]]),
        ("p[Maria Petrova] and her son p[Ivan Petrov]. p[Petrov] ran.", [["Maria Petrova"], ["Ivan Petrov", "Petrov"]]),
    ],
    ids=[
        "two of one surname",
        "honorific",
        "first name",
        "before the second is told of",
        "who was called so before",
        "only called so with an honorific",
        "two of two surnames",
        "given name of another",
        "his wife",
        "a couple",
        "initial",
        "suffix",
        "mother and son",
    ],
)
def test_two_people_of_one_surname_stay_apart(marked, expected):
    assert clusters(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("the o[River Trust] (o[RT]) and o[RT]", [["River Trust", "RT", "RT"]]),
        ("o[Ministry of Water] … the o[MoW]", [["Ministry of Water", "MoW"]]),
        (
            "o[Vellum Holdings Ltd.], later o[Vellum Holdings], then o[Vellum]",
            [["Vellum Holdings Ltd.", "Vellum Holdings", "Vellum"]],
        ),
        (
            "the o[Kenyan Ministry of Water]; the o[Ministry of Water]",
            [["Kenyan Ministry of Water", "Ministry of Water"]],
        ),
        ("o[The Courier] and o[Courier]", [["The Courier", "Courier"]]),
        ("o[River Trust] or o[Rail Trust]? o[RT] …", [["River Trust"], ["Rail Trust"], ["RT"]]),
        ("o[Bank of Peru] and o[Bank of Chile]", [["Bank of Peru"], ["Bank of Chile"]]),
        ("the l[U.S.], the l[US] and the l[United States]", [["U.S.", "US", "United States"]]),
        ("l[Britain] is the l[UK]", [["Britain", "UK"]]),
        ("o[Jordan] beat l[Jordan]", [["Jordan"], ["Jordan"]]),
        ("the o[Elbe Farmers' Party] (o[PKP]) and the o[PKP]", [["Elbe Farmers' Party", "PKP", "PKP"]]),
        ("the o[Elbe Rivers Watch] (o[Eliwa])", [["Elbe Rivers Watch", "Eliwa"]]),
        ("the o[Elbe Watch] (o[Reuters])", [["Elbe Watch"], ["Reuters"]]),
        ("the o[United States Mint], the o[U.S. Mint]", [["United States Mint", "U.S. Mint"]]),
        ("the o[Water Court of Peru]; the o[Water Court]", [["Water Court of Peru", "Water Court"]]),
        ("the o[House Water Committee]; the o[Water Committee]", [["House Water Committee", "Water Committee"]]),
        (
            "the o[U.S. House of Representatives], its o[House Water Committee], the o[House]",
            [["U.S. House of Representatives", "House"], ["House Water Committee"]],
        ),
        ("the o[UN Water Council] and the o[UN]", [["UN Water Council"], ["UN"]]),
        ("the o[Cork Harbour Agency] and o[Cork]", [["Cork Harbour Agency"], ["Cork"]]),
        ("the o[Cork Harbour Agency] in l[Cork]", [["Cork Harbour Agency"], ["Cork"]]),
        ("o[Cork City] won; o[Cork] lead", [["Cork City", "Cork"]]),
        ("the l[Arctic Ocean]; the l[Arctic]", [["Arctic Ocean", "Arctic"]]),
    ],
    ids=[
        "brackets",
        "initials",
        "legal form",
        "country before",
        "article",
        "two long forms",
        "one head",
        "United States",
        "Britain",
        "team and country",
        "foreign letters in brackets",
        "syllables in brackets",
        "an agency in brackets",
        "United States before",
        "country after",
        "chamber before",
        "House of Representatives",
        "well-known name",
        "town as a name",
        "town as a place",
        "club",
        "ocean",
    ],
)
def test_forms_of_one_organisation_or_place_are_one(marked, expected):
    assert clusters(marked) == expected


def test_entity_bears_its_fullest_name():
    _, (entity,) = resolve("p[RASKE] won, p[Raske] said. p[Tove Raske] is 50.")
    assert (entity.name, entity.aliases) == ("Tove Raske", ("RASKE", "Raske"))


@pytest.mark.parametrize(
    ("marked", "gender"),
    [
        ("p[Ingrid Berg] ran", Gender.FEMALE),
        ("p[Berg] ran", None),
        ("Mr p[Berg] ran", Gender.MALE),
        ("the actress p[Robin Vale] ran", Gender.FEMALE),
        ("his wife, p[Robin Vale], ran", Gender.FEMALE),
        ("Mrs p[Vale] … p[Jean Vale]", Gender.FEMALE),
        ("p[Jean Vale] ran", None),
    ],
    ids=["given name", "surname", "honorific", "gendered work", "kinship", "honorific elsewhere", "name of both"],
)
def test_gender_is_what_the_story_tells(marked, gender):
    _, entities = resolve(marked)
    assert gender in {entity.gender for entity in entities}
    assert len({entity.gender for entity in entities}) == 1


def test_every_mention_is_somebodys_and_entities_are_in_order():
    marked = "o[River Trust] told p[Ann Li], l[Oslo], p[Li] and the o[RT]."
    text, entities = resolve(marked)
    assert [entity.name for entity in entities] == ["River Trust", "Ann Li", "Oslo"]
    spans = sorted(span for entity in entities for span in entity.mentions)
    assert [span.of(text) for span in spans] == ["River Trust", "Ann Li", "Oslo", "Li", "RT"]
