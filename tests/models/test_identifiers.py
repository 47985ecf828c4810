"""Identifiers as catalogues write them, whatever is pasted."""

import doctest

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from articles.models import Entity, Identifier, identifiers
from articles.models.identifiers import CATALOGUES, clean_value, identify
from tests.factories import make_organisation, make_person


def test_the_examples_hold():
    assert doctest.testmod(identifiers).failed == 0


@pytest.mark.parametrize("scheme", CATALOGUES)
def test_a_catalogue_knows_its_own_example(scheme):
    catalogue = CATALOGUES[scheme]
    assert clean_value(scheme, catalogue.example) == catalogue.example
    address = catalogue.address.format(catalogue.example)
    assert identify(address) == (scheme, catalogue.example)


@pytest.mark.parametrize(
    ("scheme", "pasted", "value"),
    [
        ("wikidata", " http://www.wikidata.org/entity/Q42 ", "Q42"),
        ("geonames", "https://www.geonames.org/98182/baghdad.html", "98182"),
        ("isni", "0000-0000-8045-598x", "000000008045598X"),
        ("viaf", "https://viaf.org/en/viaf/113230702/", "113230702"),
        ("crunchbase", "https://www.crunchbase.com/person/ana-ruiz", "person/ana-ruiz"),
    ],
)
def test_an_address_that_is_pasted_becomes_the_identifier(scheme, pasted, value):
    assert clean_value(scheme, pasted) == value


@pytest.mark.parametrize(
    ("scheme", "value"),
    [
        ("wikidata", "42"),
        ("wikidata", "https://viaf.org/viaf/42"),
        ("isni", "0000"),
        ("web", "javascript:alert(1)"),
        ("web", "https://"),
        ("web", "https://no host/"),
        ("viaf", ""),
    ],
)
def test_what_a_catalogue_does_not_write_is_refused(scheme, value):
    with pytest.raises(ValidationError):
        clean_value(scheme, value)


@pytest.mark.django_db
def test_a_record_of_a_catalogue_is_about_one_entity():
    Identifier.objects.create(entity=make_person(), scheme="wikidata", value="Q42")
    with pytest.raises(IntegrityError), transaction.atomic():
        Identifier.objects.create(entity=make_organisation(), scheme="wikidata", value="Q42")
    assert Identifier.objects.get().url == "https://www.wikidata.org/wiki/Q42"


@pytest.mark.django_db
def test_a_record_with_an_identifier_is_no_orphan():
    known, unknown = (make_person(origin="extracted") for _ in range(2))
    Identifier.objects.create(entity_id=known.pk, scheme="wikidata", value="Q42")
    assert [entity.pk for entity in Entity.objects.orphans()] == [unknown.pk]
