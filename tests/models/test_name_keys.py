"""What the variants of a name have in common."""

import pytest

from articles.models import Alias
from articles.models.name_keys import plain_key
from tests.factories import make_organisation


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("person", ["José Muñoz", "Jose Munoz", "JOSÉ MUÑOZ", "José “Pepe” Muñoz", "José Muñoz Jr."]),
        ("person", ["Ana van den Berg", "Ana Van Den Berg", "Ana M. van den Berg"]),
        ("person", ["Omar al-Abadi", "Omar Al-Abadi", "Omar Al Abadi", "Omar el‑Abadi", "Omar bin Said al-Abadi"]),
        ("person", ["J. R. Ewing", "J.R. Ewing", "J Ewing"]),
        ("organisation", ["Acme", "the Acme", "Acme Ltd", "Acme, Inc.", "ACME GmbH & Co. KG"]),
        ("organisation", ["Acme", "Acme Pty Ltd", "Acme S.p.A.", "Acme S.A."]),
        ("organisation", ["Finch & Sons", "Finch and Sons plc"]),
        ("organisation", ["U.S. Harbour Board", "US Harbour Board"]),
        ("location", ["Gambia", "The Gambia"]),
        ("location", ["São Tomé", "Sao Tome"]),
    ],
)  # fmt: skip
def test_variants_of_a_name_share_its_plain_form(kind, names):
    assert len({plain_key(kind, name) for name in names}) == 1
    assert plain_key(kind, names[0])


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("person", "Mara Finch", "Jonas Finch"),
        ("person", "Mara Finch", "Mara Fink"),
        ("organisation", "Acme", "Acme Holdings"),
        ("organisation", "Company", "Limited"),
        ("location", "Cork", "County Cork"),
    ],
)
def test_other_names_do_not(kind, one, other):
    assert plain_key(kind, one) != plain_key(kind, other)


@pytest.mark.parametrize("name", ["Finch", "Finch Jr.", "Pelé", ""])
def test_one_word_of_a_person_has_no_plain_form(name):
    assert plain_key("person", name) == ""


@pytest.mark.django_db
def test_alias_that_an_editor_types_is_found_by_its_plain_form():
    alias = Alias.objects.create(entity=make_organisation("Acme"), name="The Acme Co., Ltd.")
    assert alias.plain == "acme"
