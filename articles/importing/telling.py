"""What a story itself tells of a person whose record is looked for: pronoun and offices."""

from __future__ import annotations

from collections.abc import Mapping

from articles.extraction.genders import gender_of_name
from articles.extraction.types import Extraction
from articles.importing.nations import nation_in
from articles.importing.signals import Facts, Office

# “She said” as the source of a quotation tells the pronoun of whoever speaks there.
PRONOUNS = {"she": "female", "he": "male"}


def facts_told(extraction: Extraction, number: int, text: str, *, year: int, records: Mapping[int, int]) -> Facts:
    """The facts of the entity at an index; `records` are the numbers of records by the index of their entities."""
    offices = []
    for role in extraction.roles:
        if role.person == number:
            place = extraction.entities[role.location].place if role.location is not None else None
            offices.append(
                Office(
                    title=role.title,
                    organisation=records.get(role.organisation) if role.organisation is not None else None,
                    location=records.get(role.location) if role.location is not None else None,
                    country=nation_in(role.title) or (place.country if place else ""),
                    first=year,
                    last=year,
                )
            )
    name = extraction.entities[number].name
    return Facts(
        gender=gender_told(extraction, number, text) or (gender_of_name(name) or ""),
        offices=tuple(offices),
    )


def gender_told(extraction: Extraction, number: int, text: str) -> str:
    """What honorifics and pronouns tell of a person, "" where they tell no more than the given name does."""
    entity = extraction.entities[number]
    if entity.gender and entity.gender != gender_of_name(entity.name):
        return entity.gender
    sources = [each.source for each in extraction.quotations if each.speaker == number and each.source]
    said = {PRONOUNS.get(source.of(text).casefold(), "") for source in sources} - {""}
    return said.pop() if len(said) == 1 else ""
